"""The mark under the code."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.finding import Location
from archlint.reporters.excerpt import LONGEST, excerpt
from archlint.reporters.text import width


def at(line: str, column: int, end: int, end_line: int = 1):
    found = excerpt(Location("a.py", 1, column, end_line, end), [line])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "column", "end", "indent", "span"),
    [
        ("abc = 1", 1, 4, 0, 3),
        ("\tabc", 2, 5, 4, 3),
        ("ab\tc", 4, 5, 4, 1),
        ("名前 = x", 6, 7, 7, 1),
        ("名前 = x", 1, 3, 0, 4),
        ("e\u0301 = x", 6, 7, 4, 1),
        ("abc", 2, 2, 1, 1),
        ("abc", 9, 12, 3, 1),
        ("abc", 0, 0, 0, 1),
    ],
)
def test_mark(line, column, end, indent, span):
    found = at(line, column, end)
    assert (found.indent, found.span) == (indent, span)


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first():
    found = at("x = f(  ", 5, 2, end_line=3)
    assert (found.code, found.indent, found.span, found.last_line) == ("x = f(", 4, 2, 3)


@pytest.mark.parametrize("number", [0, 2, 99])
def test_no_such_line(number):
    assert excerpt(Location("a.py", number, 1, number, 1), ["abc"]) is None


def test_a_very_long_line_is_cut_around_the_place():
    found = at("a" * 5000 + "XYZ" + "b" * 5000, 5001, 5004)
    assert len(found.code) == LONGEST + 2
    assert found.code[found.indent :][: found.span] == "XYZ"
    assert (found.code[0], found.code[-1]) == ("…", "…")


@given(st.text(max_size=400), st.integers(-2, 420), st.integers(-2, 420))
def test_the_mark_never_leaves_the_code(line, column, end):
    found = at(line, column, end)
    assert found.indent + found.span <= width(found.code) + 1
    assert all(each.isprintable() or category(each) == "Zs" for each in found.code)
