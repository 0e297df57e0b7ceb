"""The file of a baseline, and what is said of one that is damaged."""

from __future__ import annotations

import json

import pytest

from archlint.baseline import Entry
from archlint.baseline.document import load, parse, render
from archlint.errors import BaselineError

PRINT = "0123456789abcdef" * 2
ONE = Entry("imports/unresolved", "a.py", "", PRINT, 1)
TWO = Entry("layers/upward-import", "b c.py", "Shop.löschen", PRINT, 12, 'said "so"', "2027-01-31")
TEXT = """\
{
  "version": 1,
  "entries": [
    {"rule": "imports/unresolved", "path": "a.py", "symbol": "", "fingerprint": "%s", "count": 1},
    {"rule": "layers/upward-import", "path": "b c.py", "symbol": "Shop.löschen", "fingerprint": "%s", \
"count": 12, "reason": "said \\"so\\"", "expires": "2027-01-31"}
  ]
}
""" % (PRINT, PRINT)  # noqa: UP031 -- braces


def test_one_entry_a_line_in_order():
    assert render([TWO, ONE]).decode() == TEXT


def test_what_was_written_is_read():
    assert parse(render([TWO, ONE]), "b.json") == (ONE, TWO)
    assert parse(render([]), "b.json") == ()
    assert json.loads(render([])) == {"version": 1, "entries": []}


def test_the_layout_and_the_line_ends_do_not_matter():
    spread = json.dumps(json.loads(TEXT), indent=4).replace("\n", "\r\n").encode("utf-8-sig")
    assert parse(spread, "b.json") == (ONE, TWO)


def test_a_path_that_is_no_text():
    odd = Entry("p/r", "a\udcff.py", "", PRINT, 1)
    assert parse(render([odd]), "b.json") == (odd,)


def test_an_entry_that_stands_twice_counts_once():
    more = Entry("imports/unresolved", "a.py", "", PRINT, 3)
    assert parse(render([ONE, more, ONE]), "b.json") == (more,)


def changed(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (changed('"count": 1}', '"count": 1'), "b.json:5: this is not JSON: expecting"),
        (TEXT[:200].encode(), "b.json:5: this is not JSON"),
        (b"", "b.json:1: this is not JSON: expecting value"),
        (
            changed('    {"rule": "l', '<<<<<<< HEAD\n    {"rule": "l'),
            "b.json:5: a merge conflict is not resolved",
        ),
        (changed("  ]", "=======\n  ]"), "b.json:6: a merge conflict is not resolved"),
        (
            changed('"count": 12', '"count": 0'),
            "b.json:5: this is not an entry: expected `int` >= 1 - at `$.count`",
        ),
        (
            changed('"count": 12', '"count": "12"'),
            "b.json:5: this is not an entry: expected `int`, got `str`",
        ),
        (
            changed('"reason"', '"resaon"'),
            "b.json:5: this is not an entry: object contains unknown field `resaon`",
        ),
        (
            changed('"symbol": "", ', ""),
            "b.json:4: this is not an entry: object missing required field `symbol`",
        ),
        (changed(PRINT, "zz"), "b.json:4: this is not an entry: expected `str` matching regex"),
        (
            changed("2027-01-31", "2027-02-30"),
            "b.json:5: `2027-02-30` is not a date (write it as 2027-01-31)",
        ),
        (changed("2027-01-31", "soon"), "b.json:5: `soon` is not a date"),
        (
            changed('"version": 1', '"version": 2'),
            "b.json: a newer archlint has written it: it is of version 2",
        ),
        (changed('"version": 1', '"version": "1"'), "b.json: this is not a baseline of version 1"),
        (changed('"version": 1,', '"version": 1, "more": {},'), "b.json: unknown key `more`"),
        (b"[]", "b.json: this is not a baseline: it has no list `entries`"),
        (b'{"entries": 7}', "b.json: this is not a baseline"),
        (b"[" * 100_000, "b.json: this is not a baseline: it is nested too deeply"),
        (b'{"version": ' + b"9" * 5_000 + b', "entries": []}', "b.json: this is not a baseline: a number"),
        (b'{\n"a": "\xff"}', "b.json:2: this is not UTF-8"),
    ],
)
def test_damage(data, said):
    with pytest.raises(BaselineError) as caught:
        parse(data, "b.json")
    assert str(caught.value).startswith(said)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(BaselineError, match=r"^b\.json: cannot be read: "):
        load(tmp_path, "b.json")
