"""Code that a formatter has been at says the same."""

from __future__ import annotations

import pytest

from archlint.essence import essence, is_open, logical_lines

SAME = [
    ("f( a,b )", "f(\n    a,\n    b,  # why\n)"),
    ("x = 'a'", 'x = (\n    "a"\n)'),
    ("return (x)", "return x"),
    ("f('a' \"b\")", "f('ab')"),
    ("f('it\\'s')", 'f("it\'s")'),
    ("0XFF + 1E5", "0xff + 1e5"),
    ("f'{x[\"a\"]}'", "f\"{x['a']}\""),
    ("a.b(c).d()", "(\n    a.b(c)\n    .d()\n)"),
    ("for (a, b) in(x)", "for a, b in x"),
    ("x = '''a\n  b'''", 'x = """a\n    b"""'),
    ("x = a + \\\n    b", "x = a + b"),
    ("a;", "a"),
    ("x[1:2, ]", "x[1 : 2]"),
    ('u"x"', '"x"'),
    ("bar(x), y)", "bar(x), y"),
]

DIFFERENT = [
    ("f(a)", "f(b)"),
    ("f(a)", "f(a, b)"),
    ("f('a')", "f(a)"),
    ("f(a)", "f[a]"),
    ("f(a)", "f.a"),
    ("f()", "f"),
    ("a.b", "ab"),
    ("None(a)", "None a"),
    ("'a b'", "'ab'"),
    ("a < b", "a <= b"),
    ("await f(x)", "f(x)"),
    ("'# a'", "'# b'"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one, other):
    assert essence(one) == essence(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one, other):
    assert essence(one) != essence(other)


@pytest.mark.parametrize("code", ["f(", "x = [1,", "x = a + \\", "f('(', {"])
def test_open(code):
    assert is_open(code)


@pytest.mark.parametrize("code", ["f()", "x", "'('", "x  # (", "f()) + (a)", ""])
def test_closed(code):
    assert not is_open(code)


def test_an_item_ends_with_its_comma():
    assert essence("default={}, nullable=False)", is_item=True) == essence("default={}", is_item=True)
    assert essence("f(a, b), c", is_item=True) == essence("f(a, b)")


def test_logical_lines():
    code = "# a\nx = f(\n    a,\n\n)\ny = 1; z = 2\n\nw = a + \\\n    b  # c\nv = '''(\n'''\nu"
    assert logical_lines(code) == [(2, 5), (6, 6), (8, 9), (10, 11), (12, 12)]
    assert logical_lines("") == []
