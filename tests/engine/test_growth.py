"""Values that are put together from themselves: none grows until the memory or the day is over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MODELS = """\
from django.db import models


class Order(models.Model):
    code = models.CharField(max_length=9)


def kept(value):
    return Order.objects.filter(code=value)
"""

STEPS = {
    "texts": ("x = 'ab'", "x = x + x"),
    "templates": ("x = 'ab'", "x = f'{x}{x}'"),
    "lists": ("x = ['ab']", "x = x + x"),
    "unpacked": ("x = (Order, 1)", "x = (*x, *x)"),
    "pairs": ("x = (Order, 1)", "x = (x, x)"),
    "dicts": ("x = {'a': Order}", "x['a'] = x\nx['b'] = x"),
    "choices": ("x = Order", "x = (x, 1) if kept else (2, x)"),
    "branches": ("x = Order", "if kept:\n    x = (x, 1)\nelse:\n    x = (2, x)"),
    "conditions": ("x = Q(code=1)", "x = Q(x, x) & ~Q(x | x)"),
    "sums": ("x = F('code')", "x = x + x"),
    "cases": ("x = Value(1)", "x = Case(When(code=1, then=x), default=x)"),
    "query_sets": ("x = Order.objects.all()", "x = x.filter(code__in=x)"),
    "prefetched": (
        "x = Order.objects.all()",
        "x = x.prefetch_related(Prefetch('a', queryset=x), Prefetch('b', queryset=x))",
    ),
    "returned": ("def both(a):\n    return (a, a)\nx = Order", "x = both(x)"),
}
IMPORTS = """\
from django.db.models import Case, F, Prefetch, Q, Value, When

from shop.models import Order, kept

"""
SETTINGS = {
    "lists": "apps = apps + apps",
    "pairs": "apps = [apps, apps]",
    "extended": "apps.extend(apps)",
    "tables": "tables = {'a': tables, 'b': tables}",
}
MAPPED = """\
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    parent: Mapped["Item"] = relationship(remote_side=id)
"""
STATEMENTS = {
    "clauses": ("x = Item.id == 1", "x = or_(x, x)"),
    "unions": ("x = select(Item)", "x = union(x, x)"),
    "columns": ("x = select(Item.id)", "x = x.add_columns(x, x)"),
    "chains": ("x = joinedload(Item.parent)", "x = x.joinedload(Item.parent).options(x, x)"),
    "selects": ("x = select(Item)", "x = (x, x)"),
}
USES = """\
from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session, joinedload

from shop.mapped import Item


def kept(session: Session, value):
    return session.scalars(value).all()


def used(session: Session):
"""
END = "kept(x)\nOrder.objects.filter(cdoe=1)\n"


@pytest.fixture(name="shop")
def _shop(tmp_path: Path) -> Path:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(MODELS)
    (tmp_path / "manage.py").write_text(
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
    )
    return package


def test_every_place_is_still_judged(shop: Path) -> None:
    (shop / "settings.py").write_text("INSTALLED_APPS = ['shop']\n")
    for name, (begin, step) in STEPS.items():
        (shop / f"{name}.py").write_text(f"{IMPORTS}{begin}\n" + f"{step}\n" * 60 + END)
    said = _archlint(shop.parent)
    assert {line.partition(":")[0] for line in said if "cdoe" in line} == {f"shop/{n}.py" for n in STEPS}


def test_every_statement_is_still_judged(shop: Path) -> None:
    (shop / "mapped.py").write_text(MAPPED)
    for name, (begin, step) in STATEMENTS.items():
        steps = (begin, *[step] * 60, "kept(session, x)", "session.scalars(select(Item.nmae))")
        (shop / f"{name}.py").write_text(USES + "".join(f"    {line}\n" for line in steps))
    said = _archlint(shop.parent)
    found = {line.partition(":")[0] for line in said if "nmae" in line}
    assert found == {f"shop/{name}.py" for name in STATEMENTS}


def test_settings_are_still_read(shop: Path) -> None:
    steps = "".join(f"{step}\n" * 60 for step in SETTINGS.values())
    (shop / "settings.py").write_text(
        "INSTALLED_APPS = ['shop', 'shop.nowhere']\napps = ['a']\ntables = {'a': 1}\n"
        f"{steps}EXTRA = apps\nDATABASES = tables\n"
    )
    said = _archlint(shop.parent)
    assert [line for line in said if "nowhere" in line]


def _archlint(root: Path) -> list[str]:
    """What archlint says of a project, in a process that can be ended."""
    command = [sys.executable, "-m", "archlint", "check", "--no-cache", "--output-format", "concise"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout.splitlines()
