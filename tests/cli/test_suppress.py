"""`archlint suppress`."""

from __future__ import annotations

import pytest

LINE = "from web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- moves in May"


def test_the_finding_is_gone(shop, archlint):
    result = archlint("suppress", "--rule", "layers/upward-import", "--reason", "moves in May")
    assert (result.status, result.out, result.err) == (0, "", "archlint: suppressed 1 finding in 1 file\n")
    assert (shop / "domain/orders.py").read_text(encoding="utf-8") == f"import os\n\n{LINE}\n"
    assert archlint().status == 0


def test_a_day_and_a_pack(shop, archlint):
    archlint("suppress", "--rule", "layers/*", "--reason", "later", "--expires", "2999-12-31", "domain")
    assert "-- later, expires: 2999-12-31\n" in (shop / "domain/orders.py").read_text(encoding="utf-8")
    assert archlint().status == 0


def test_a_dry_run_writes_nothing(shop, archlint):
    before = (shop / "domain/orders.py").read_bytes()
    result = archlint("suppress", "--rule", "layers/upward-import", "--reason", "moves in May", "--dry-run")
    assert "--- a/domain/orders.py\n+++ b/domain/orders.py\n" in result.out
    assert f"+{LINE}\n" in result.out
    assert result.err == "archlint: would have suppressed 1 finding in 1 file\n"
    assert (shop / "domain/orders.py").read_bytes() == before


def test_elsewhere_nothing_is_written(shop, archlint):
    result = archlint("suppress", "--rule", "layers/upward-import", "--reason", "why", "web")
    assert result.err == "archlint: suppressed 0 findings in 0 files\n"


def test_what_the_baseline_accepts_needs_none(shop, archlint):
    archlint("baseline", "write")
    arguments = ("suppress", "--rule", "layers/upward-import", "--reason", "why")
    assert archlint(*arguments).err == (
        "archlint: suppressed 0 findings in 0 files\n"
        "archlint: the baseline accepts 1 finding already; --no-baseline writes comments for them as well\n"
    )
    assert "suppressed 1 finding" in archlint(*arguments, "--no-baseline").err


def test_what_is_no_python_is_left(tree, archlint):
    tree({"archlint.toml": '[[rules."layout/forbidden-path"]]\npaths = ["*.txt"]\n', "a.txt": "", "b.py": ""})
    result = archlint("suppress", "--rule", "layout/forbidden-path", "--reason", "why")
    assert result.status == 1
    assert result.err.startswith("archlint: a.txt is left as it is: it is not Python")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "layer/upward-import", "--reason", "why"], "did you mean `layers/upward-import`?"),
        (["--rule", "layers/*", "--reason", "why", "--expires", "soon"], "`soon` is not a date"),
        (["--rule", "layers/*", "--reason", "why", "--expires", "2001-01-01"], "2001-01-01 is past"),
        (["--rule", "layers/*", "--reason", "why, expires: 2999-01-01"], "the reason would be misread"),
        (["--rule", "layers/*", "--reason", "a # archlint: ignore[b/c]"], "the reason would be misread"),
        (["--rule", "layers/*"], "--reason"),
    ],
)
def test_mistakes(shop, archlint, arguments, said):
    result = archlint("suppress", *arguments)
    assert result.status == 2
    assert said in result.err
