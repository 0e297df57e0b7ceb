"""SQL from data, made into parameters: the text says the same, and the values come beside it."""

from __future__ import annotations

import sqlite3

import pytest

from archlint.finding import Act

from .test_fixes import fix, fixed

LISTED = [
    ("q(f\"x = '{a}' AND y = {b.c}\")", 'q("x = %s AND y = %s", [a, b.c])'),
    ('q("x = \'" + a + "\' AND y = " + str(b))', 'q("x = %s AND y = %s", [a, b])'),
    ('q("x = \'" + str(a) + "\'")', 'q("x = %s", [str(a)])'),
    ("q('x = %s AND y = 100%%' % a)", "q('x = %s AND y = 100%%', [a])"),
    ("q('x = %s AND y = %s' % (a, f(b)))", "q('x = %s AND y = %s', [a, f(b)])"),
    ("q('x = {} AND y = {}'.format(a, b))", "q('x = %s AND y = %s', [a, b])"),
    ("q('x = {n} AND {{y}}'.format(n=a))", "q('x = %s AND {y}', [a])"),
    ("q(f\"x LIKE 'a%' AND y = {b}\")", "q(\"x LIKE 'a%%' AND y = %s\", [b])"),
    ("q(f'z = %s AND x = {a} AND w = %s', [c, d])", "q('z = %s AND x = %s AND w = %s', [c, a, d])"),
    ("q('x = %s' + f' AND y = {b}', (a,))", "q('x = %s AND y = %s', [a, b])"),
    (
        "q(\n    'SELECT x '\n    f'FROM t WHERE y = {b} '\n    'AND z'\n)",
        "q(\n    'SELECT x '\n    'FROM t WHERE y = %s '\n    'AND z', [b]\n)",
    ),
    (
        "q(\n    'SELECT x ' +\n    'FROM t WHERE y = ' + b\n)",
        "q(\n    'SELECT x '\n    'FROM t WHERE y = %s', [b]\n)",
    ),
]
BOUND = [
    ("t(f'x = {a.b} AND y = {b}')", "t('x = :b AND y = :b_').bindparams(b=a.b, b_=b)"),
    ("t('x = ' + str(a))", "t('x = :a').bindparams(a=a)"),
    ("t('x = %s' % a['key'])", "t('x = :key').bindparams(key=a['key'])"),
    ("t('x = {}'.format(f(1)))", "t('x = :f').bindparams(f=f(1))"),
]


@pytest.mark.parametrize(("source", "expected"), LISTED)
def test_a_list_of_parameters(source: str, expected: str) -> None:
    assert fixed(f"«{source}»\n", Act.PARAMETRIZE, "%s") == f"{expected}\n"


@pytest.mark.parametrize(("source", "expected"), BOUND)
def test_bound_names(source: str, expected: str) -> None:
    assert fixed(f"«{source}»\n", Act.PARAMETRIZE, "bindparams") == f"{expected}\n"


UNFIT = [
    "q(f'x = {a!r}')",
    "q(f'x = {a:>3}')",
    "q('x = %d' % a)",
    "q('x = %s %s' % a)",
    "q('x = {0}'.format(a))",
    "q('x = {}'.format(*a))",
    "q(sql % a)",
    "q(a + ' = 1')",
    "q(f'x = {a} AND y = %s', given)",
    "q(f'x = {a} AND y = %s', [b, c])",
    "q(f'x = {a} AND y = %(b)s', [b])",
    "q(**a)",
]


@pytest.mark.parametrize("source", UNFIT)
def test_nothing_is_guessed(source: str) -> None:
    assert fix(f"«{source}»\n", Act.PARAMETRIZE, "%s")[1] is None


@pytest.mark.parametrize(
    "sql",
    [
        "f\"SELECT x FROM t WHERE y = '{a}' AND z = {b} AND x LIKE 'o%'\"",
        '"SELECT x FROM t WHERE y = \'" + a + "\' AND z = " + str(b)',
        "\"SELECT x FROM t WHERE y = '%s' AND z = %s AND x LIKE 'o%%'\" % (a, b)",
        "\"SELECT x FROM t WHERE y = '{}' AND z = {n}\".format(a, n=b)",
    ],
)
def test_the_database_answers_the_same(sql: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript("CREATE TABLE t(x, y, z); INSERT INTO t VALUES ('one', 'k', 1), ('two', 'k', 2)")

    def q(text: str, values: tuple[object, ...] | list[object] = ()) -> list[object]:
        marked = text.replace("%s", "?").replace("%%", "%") if values else text
        return connection.execute(marked, values).fetchall()

    code = fixed(f"«q({sql})»\n", Act.PARAMETRIZE, "%s")
    names = {"q": q, "a": "k", "b": 1, "str": str}
    assert eval(code, names) == eval(f"q({sql})", names) == [("one",)]
