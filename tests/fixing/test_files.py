"""What fixing leaves as it is: line ends, encodings, modes, and files that it had better not touch."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from archlint.finding import Edit, Finding, Fix, Location, Severity
from archlint.fixing.diffs import diff
from archlint.fixing.editing import Unfixable, edited
from archlint.fixing.mending import mend, with_fixes
from archlint.fixing.merging import Merged
from archlint.rewriting import Unwritable, rewrite

from .projects import apply, lint, write

MODELS = """from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
"""
SELECTOR = """# größer
from shop.models import Order


def of(name):  # who
    return Order.objects.filter(customer__nam=name)
"""


def shop(root: Path, selector: str | bytes = SELECTOR) -> None:
    write(root, {"shop/__init__.py": "", "shop/models.py": MODELS, "shop/selectors.py": selector})


def test_only_the_name_changes(tmp_path: Path) -> None:
    shop(tmp_path)
    apply(tmp_path, "django")
    text = (tmp_path / "shop/selectors.py").read_text(encoding="utf-8")
    assert text == SELECTOR.replace("customer__nam=", "customer__name=")
    assert lint(tmp_path, "django").findings == ()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SELECTOR.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(b"\xef\xbb\xbf" + SELECTOR.encode(), id="byte order mark"),
        pytest.param(b"# -*- coding: latin-1 -*-\n" + SELECTOR.encode("latin-1"), id="cookie"),
        pytest.param(SELECTOR.rstrip().encode(), id="no line end at the end"),
        pytest.param(SELECTOR.replace("    ", "\t").encode(), id="tabs"),
    ],
)
def test_all_else_stays_byte_for_byte(data: bytes, tmp_path: Path) -> None:
    shop(tmp_path, data)
    assert len(apply(tmp_path, "django").fixed) == 1
    expected = data.replace(b"customer__nam=", b"customer__name=")
    assert (tmp_path / "shop/selectors.py").read_bytes() == expected


def test_the_mode_stays(tmp_path: Path) -> None:
    shop(tmp_path)
    file = tmp_path / "shop/selectors.py"
    file.chmod(0o755)
    apply(tmp_path, "django")
    assert stat.S_IMODE(file.stat().st_mode) == 0o755
    assert [each.name for each in file.parent.iterdir() if each.name.startswith(".")] == []


def test_what_is_read_only_linked_or_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"x = 1\n")
    with pytest.raises(Unwritable, match="changed"):
        rewrite(file, b"x = 2\n", b"x = 3\n")
    file.chmod(0o444)
    with pytest.raises(Unwritable, match="read-only"):
        rewrite(file, b"x = 1\n", b"x = 3\n")
    link = tmp_path / "b.py"
    link.symlink_to(file)
    with pytest.raises(Unwritable, match="regular"):
        rewrite(link, b"x = 1\n", b"x = 3\n")
    assert file.read_bytes() == b"x = 1\n"


def test_suppressed_findings_are_not_fixed(tmp_path: Path) -> None:
    ignore = "  # archlint: ignore[django/unknown-lookup] -- known"
    shop(tmp_path, SELECTOR.replace("=name)", f"=name){ignore}"))
    assert apply(tmp_path, "django").fixed == ()


@pytest.mark.parametrize("key", ['unfixable = ["django/*"]', 'fixable = ["sqlalchemy/*"]', "fixable = []"])
def test_the_configuration_says_what_may_be_fixed(key: str, tmp_path: Path) -> None:
    shop(tmp_path)
    write(tmp_path, {"archlint.toml": f'packs = ["django"]\n{key}\n'})
    report = lint(tmp_path)
    assert [finding.remedy for finding in report.findings] == [None]
    assert mend(report, unsafe=True).files == {}


def test_a_file_that_would_not_parse_is_refused() -> None:
    at = Location("a.py", 1, 1, 1, 2)
    with pytest.raises(Unfixable, match="would not parse"):
        edited("a.py", b"x = 1\n", [Edit(at, "(")])
    with pytest.raises(Unfixable, match="cannot hold"):
        edited("a.py", b"# coding: latin-1\nx = 1\n", [Edit(Location("a.py", 2, 1, 2, 2), "\u20ac")])
    with pytest.raises(Unfixable, match="not valid"):
        edited("a.py", b"x = '\xff'\n", [Edit(at, "y")])


def test_of_overlapping_fixes_the_first_wins(tmp_path: Path) -> None:
    def finding(start: int, end: int, text: str) -> tuple[Finding, Fix]:
        at = Location("a.py", 1, start, 1, end)
        fix = Fix((Edit(at, text),), safe=True)
        return Finding("x/y", Severity.ERROR, at, "m", "h", fix=fix), fix

    merged = Merged()
    assert merged.add(*finding(1, 5, "abcd"))
    assert not merged.add(*finding(3, 8, "efgh"))
    assert merged.add(*finding(1, 5, "abcd"))  # the same edit: both are fixed by it
    assert merged.add(*finding(5, 6, "z"))
    assert len(merged.fixes) == 3


def test_a_diff_can_be_applied(tmp_path: Path) -> None:
    shop(tmp_path, SELECTOR.rstrip())
    text = diff(mend(lint(tmp_path, "django"), unsafe=False).files)
    assert text.startswith("--- a/shop/selectors.py\n+++ b/shop/selectors.py\n@@")
    assert text.count("\\ No newline at end of file") == 2
    assert (tmp_path / "shop/selectors.py").read_text(encoding="utf-8") == SELECTOR.rstrip()


def test_reporters_get_the_exact_edits(tmp_path: Path) -> None:
    shop(tmp_path)
    (finding,) = with_fixes(lint(tmp_path, "django")).findings
    assert finding.fix == Fix((Edit(finding.location, "name"),), safe=True)


def test_edits_in_another_file_and_imports(tmp_path: Path) -> None:
    repository = '"""Orders."""\n\nfrom sqlalchemy import select\n\nfrom shop.models import Order\n\n\n'
    repository += "def orders(session):\n    return session.scalars(select(Order)).all()\n"
    models = """from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()
"""
    views = """from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shop.repository import orders

engine = create_engine("sqlite://")


def view():
    with Session(engine) as session:
        return [order.customer.id for order in orders(session)]
"""
    files = {"shop/models.py": models, "shop/repository.py": repository, "shop/views.py": views}
    write(tmp_path, {"shop/__init__.py": "", **files})
    mended = apply(tmp_path, "sqlalchemy")
    assert [finding.location.path for finding in mended.fixed] == ["shop/views.py"]
    assert list(mended.files) == ["shop/repository.py"]
    text = (tmp_path / "shop/repository.py").read_text(encoding="utf-8")
    assert "from sqlalchemy import select\nfrom sqlalchemy.orm import selectinload\n" in text
    assert "select(Order).options(selectinload(Order.customer))" in text
    assert lint(tmp_path, "sqlalchemy").findings == ()
