"""Places of keys and elements in TOML texts."""

from __future__ import annotations

import string

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from archlint.config.positions import DEPTH, positions

TEXT = '''\
# a comment with [brackets] and key = 1
title = "a = b # no comment"  # one behind
a.'b.c'."d\\u0041" = 1
empty = [] # nothing
dates = [1979-05-27 07:32:00, 1.5, -2e3]
deep = [[1, 2], [3, [4]], {x = 1, y.z = [5]}]

[table]
long = """
[no.table]
key = "quoted \\""" and on""""
raw = \'\'\'\'it's [[no]]\'\'\'\'\'
list = [
  "one", # first
  # [
  "two",
]
  [table.below]
  k = { }
[[rows]]
n = 1
[[rows.cells]]
[[rows.cells]]
x = 2
[rows.more]
y = 3
[[ rows ]]
n = 4
[[rows.cells]]
x = 5
[ spaced . "out" ]
last = 'z'
'''


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("title",), (2, 1)),
        (("a",), (3, 1)),
        (("a", "b.c"), (3, 3)),
        (("a", "b.c", "dA"), (3, 9)),
        (("empty",), (4, 1)),
        (("dates", 0), (5, 10)),
        (("dates", 1), (5, 31)),
        (("dates", 2), (5, 36)),
        (("deep", 0), (6, 9)),
        (("deep", 0, 1), (6, 13)),
        (("deep", 1, 1, 0), (6, 22)),
        (("deep", 2), (6, 27)),
        (("deep", 2, "x"), (6, 28)),
        (("deep", 2, "y", "z", 0), (6, 42)),
        (("table",), (8, 2)),
        (("table", "long"), (9, 1)),
        (("table", "raw"), (12, 1)),
        (("table", "list", 0), (14, 3)),
        (("table", "list", 1), (16, 3)),
        (("table", "below"), (18, 10)),
        (("table", "below", "k"), (19, 3)),
        (("rows",), (20, 3)),
        (("rows", 0), (20, 3)),
        (("rows", 0, "n"), (21, 1)),
        (("rows", 0, "cells", 0), (22, 8)),
        (("rows", 0, "cells", 1), (23, 8)),
        (("rows", 0, "cells", 1, "x"), (24, 1)),
        (("rows", 0, "more", "y"), (26, 1)),
        (("rows", 1), (27, 4)),
        (("rows", 1, "n"), (28, 1)),
        (("rows", 1, "cells", 0, "x"), (30, 1)),
        (("spaced", "out"), (31, 12)),
        (("spaced", "out", "last"), (32, 1)),
    ],
)
def test_finds_every_way_to_write_a_key(path, place):
    tomli.loads(TEXT)
    assert positions(TEXT)[path] == place


def test_names_nothing_that_is_not_there():
    assert set(positions(TEXT)) == set(_paths(tomli.loads(TEXT)))


def _paths(value, path=()):
    if path:
        yield path
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _paths(below, (*path, name))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _paths(below, (*path, index))


# A writer of TOML that chooses freely between all the ways to write the same data.

KEYS = st.text(string.ascii_letters + string.digits + "-_ .[]=#'\"\\{}é,", min_size=1, max_size=4)
SCALARS = st.one_of(
    st.integers(-999, 999),
    st.booleans(),
    st.text("ab\"'\\[]{}=#,.\n é", max_size=6),
)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
    max_leaves=8,
)
DATA = st.dictionaries(KEYS, VALUES, max_size=4)


def _basic(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _string(text, draw):
    ways = [_basic(text)]
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    ways.append(f'"""\n{escaped}"""')
    if "'" not in text:
        ways.append(f"'''\n{text}'''")
        if "\n" not in text:
            ways.append(f"'{text}'")
    return draw(st.sampled_from(ways))


def _key(name, draw):
    if set(name) <= set(string.ascii_letters + string.digits + "-_") and draw(st.booleans()):
        return name
    return f"'{name}'" if "'" not in name and draw(st.booleans()) else _basic(name)


def _inline(value, draw):
    if isinstance(value, str):
        return _string(value, draw)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k, draw)} = {_inline(v, draw)}" for k, v in value.items()) + "}"
    gap = draw(st.sampled_from(["", " ", "\n  ", " # note ]\n"]))
    return "[" + ",".join(gap + _inline(each, draw) for each in value) + gap + "]"


def _written(table, draw, header=()):
    """The lines of a table: plain keys first, then those written with headers."""
    lines, later = [], []
    for name, value in table.items():
        key = _key(name, draw)
        if isinstance(value, dict) and draw(st.booleans()):
            later += [f"[{'.'.join((*header, key))}]", *_written(value, draw, (*header, key))]
        elif (
            value
            and isinstance(value, list)
            and all(isinstance(e, dict) for e in value)
            and draw(st.booleans())
        ):
            for each in value:
                later += [f"[[ {' . '.join((*header, key))} ]]", *_written(each, draw, (*header, key))]
        elif isinstance(value, dict) and value and draw(st.booleans()):
            lines += [f"{key}.{_key(k, draw)}={_inline(v, draw)} # = [" for k, v in value.items()]
        else:
            lines.append(f"  {key} = {_inline(value, draw)}")
    return [*lines, *later]


@given(DATA, st.data())
def test_every_place_holds_its_key_or_element(data, source):
    text = "\n".join(_written(data, source.draw))
    parsed = tomli.loads(text)
    assert parsed == data
    places = positions(text)
    assert set(places) == set(_paths(data))
    lines = text.split("\n")
    for path, (line, column) in places.items():
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        _holds(rest, path[-1], data, path)


def _holds(rest, part, data, path):
    """The text from a place on begins with the key, or with the element where it is no table."""
    value = data
    for each in path:
        value = value[each]
    if isinstance(part, str):
        spellings = (part, f"'{part}'", _basic(part))
        assert rest.startswith(spellings)
    elif isinstance(value, (bool, int)):
        assert rest.startswith(str(value).lower())
    elif isinstance(value, str):
        assert rest[0] in "\"'"
    elif isinstance(value, list):
        assert rest[0] == "["


def test_hostile_nesting_stays_shallow_and_cheap():
    brackets = "a = " + "[" * 50_000 + "]" * 50_000
    dotted = "[" + "a." * 50_000 + "a]"
    assert max(map(len, positions(brackets))) == DEPTH
    assert max(map(len, positions(dotted))) == DEPTH
