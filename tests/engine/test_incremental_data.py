"""What is said of queries and sessions is the same with a cache and without, whatever was edited."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from archlint.project.reads import Reads

from .test_incremental import said

DJANGO = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    "shop/__init__.py": "",
    "shop/settings.py": "INSTALLED_APPS = ['shop']\n",
    "shop/models.py": (
        "from django.db import models\n\n\nclass Customer(models.Model):\n"
        "    name = models.CharField(max_length=9)\n\n\nclass Order(models.Model):\n"
        "    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)\n"
    ),
    "shop/selectors.py": (
        "from shop.models import Order\n\n\ndef orders(rows=None):\n    # one\n"
        "    return Order.objects.all()\n\n\ndef first(rows):\n    return rows.first()\n"
    ),
    "shop/services.py": (
        "from shop.selectors import first, orders\n\n\ndef named(name):\n    # two\n"
        "    return first(orders())\n"
    ),
    "shop/views.py": "from shop import services\n\n\ndef view(request):\n    # three\n    return 1\n",
}
SQLALCHEMY = {
    "shop/__init__.py": "",
    "shop/models.py": (
        "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship\n"
        "from sqlalchemy import ForeignKey\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\n"
        "class Customer(Base):\n    __tablename__ = 'customer'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    orders: Mapped[list['Order']] = relationship(back_populates='customer')\n\n\n"
        "class Order(Base):\n    __tablename__ = 'orders'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    customer_id: Mapped[int] = mapped_column(ForeignKey('customer.id'))\n"
        "    customer: Mapped[Customer] = relationship(back_populates='orders')\n"
    ),
    "shop/selectors.py": (
        "from sqlalchemy import select\nfrom sqlalchemy.orm import Session\n"
        "from shop.models import Customer, Order\n\n\ndef orders(session: Session):\n    # one\n"
        "    return session.scalars(select(Order)).all()\n"
    ),
    "shop/services.py": (
        "from sqlalchemy.orm import Session\nfrom shop.selectors import orders\n\n\n"
        "def named(session: Session):\n    # two\n    return orders(session)\n"
    ),
}
LINES = {
    "django": (
        "rows = Order.objects.filter(nmae=1)",
        "rows = Order.objects.filter(customer__nmae=1)",
        "rows = [row.customer.name for row in Order.objects.all()]",
        "rows = orders().filter(customer__naem=1)",
        "rows = first(orders()).custmer",
        "rows = services.named(1).total",
        "rows = 1",
        "rows = 1  # é",
    ),
    "sqlalchemy": (
        "rows = session.scalars(select(Order).where(Order.nmae == 1)).all()",
        "rows = [row.customer for row in session.scalars(select(Order))]",
        "rows = session.scalars(select(Order).filter_by(nmae=1)).first()",
        "rows = orders(session)[0].custmer",
        "rows = session.scalars(select(Customer).where(Customer.orders == 1)).all()",
        "rows = 1",
    ),
}


def edits(root: Path, lines: tuple[str, ...], seed: int) -> Iterator[str]:
    """Changes in functions, in their lines alone, and behind code, one file at a time."""
    draw = random.Random(seed)
    for _ in range(10):
        path = draw.choice(sorted(each for each in root.glob("shop/*.py") if "# " in each.read_text()))
        text = path.read_text().splitlines()
        at = draw.choice([number for number, line in enumerate(text) if line.startswith("    # ")])
        kind = draw.choice(["inside", "inside", "inside", "shift", "behind", "gone"])
        if kind == "inside":
            text.insert(at + 1, f"    {draw.choice(lines)}")
        elif kind == "gone" and text[at + 1].startswith("    rows ="):
            del text[at + 1]
        elif kind == "behind":
            text[at + 1] += "  # é"
        else:
            text.insert(draw.randrange(at + 1), "# further down")
        path.write_text("\n".join(text) + "\n")
        yield f"{kind} {path.name}"


def differing(tmp_path: Path, orm: str, seed: int, jobs: int = 1) -> tuple[list[str], int]:
    """The edits after which a run with a cache says something else, and how much was found in all."""
    root = tmp_path / f"{orm}{seed}"
    files = {"django": DJANGO, "sqlalchemy": SQLALCHEMY}[orm]
    for path, text in {**files, "archlint.toml": f'packs = ["{orm}"]\n'}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    cache = tmp_path / f"cache-{orm}{seed}"
    said(root, cache, jobs)
    found, different = 0, []
    for what in edits(root, LINES[orm], seed):
        without = said(root, None)
        if said(root, cache, jobs) != without:
            different.append(what)
        assert isinstance(without[0], tuple)
        found += len(without[0])
    return different, found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("orm", ["django", "sqlalchemy"])
def test_after_any_edit_the_same_is_said_with_a_cache_and_without(tmp_path, orm, seed):
    different, found = differing(tmp_path, orm, seed)
    assert different == []
    assert found


def test_that_would_not_pass_if_what_is_read_were_not_noted(tmp_path, monkeypatch):
    monkeypatch.setattr(Reads, "add", lambda *_: None)
    assert all(differing(tmp_path, orm, 0)[0] for orm in LINES)


def test_a_word_that_was_nowhere_counts_from_when_it_is_written(tmp_path: Path) -> None:
    """A file without the word was not decoded, and yet the answer rests on it."""
    root, cache = tmp_path / "root", tmp_path / "cache"
    (root / "team").mkdir(parents=True)
    files = {
        "pyproject.toml": "",
        "team/__init__.py": "",
        "team/rows.py": "class Rows:\n    def __init__(self):\n        self.rows = {}\n",
        "team/services.py": (
            "from team.rows import Rows\n\n\ndef profile(rows: Rows) -> dict:\n    return rows.shown()\n"
        ),
        "team/patches.py": "def patch(thing):\n    thing.other = print\n",
    }
    for name, text in files.items():
        (root / name).write_text(text)
    assert "has no `shown`" in str(said(root, cache))
    (root / "team/patches.py").write_text("def patch(thing):\n    thing.shown = print\n")
    assert said(root, cache) == said(root, None)
    assert "has no `shown`" not in str(said(root, cache))
