"""Comments that are written into code: the finding is gone, and Python reads the same."""

from __future__ import annotations

import ast

import pytest

from archlint.finding import Finding, Location, Severity
from archlint.suppressions import parse
from archlint.suppressions.sheet import Unmarkable
from archlint.suppressions.writing import Terms, suppressed

RULE = "web/slow"
WHY = Terms("known")
NOTE = "# archlint: ignore[web/slow] -- known"


def at(line: int, end: int = 0, rule: str = RULE) -> Finding:
    return Finding(rule, Severity.ERROR, Location("a.py", line, 5, end or line, 9), "it is slow", "mend it")


def whole(rule: str = RULE) -> Finding:
    return Finding(rule, Severity.ERROR, Location("a.py", 1, 1, 1, 1), "it is slow", "mend it")


def check(source: str, findings: list[Finding], expected: str, terms: Terms = WHY) -> None:
    data = source.encode()
    new = suppressed(data, findings, terms)
    assert new.decode() == expected
    assert ast.dump(ast.parse(new)) == ast.dump(ast.parse(data))


CASES = {
    "after the line": ("x = slow()\n", [at(1)], f"x = slow()  {NOTE}\n"),
    "at the end of the file": ("x = slow()", [at(1)], f"x = slow()  {NOTE}"),
    "behind another comment": ("x = slow()  # noqa\n", [at(1)], f"x = slow()  # noqa  {NOTE}\n"),
    "in a call of many lines": (
        "x = f(\n    a,\n    b,\n)\n",
        [at(2)],
        f"x = f(\n    a,  {NOTE}\n    b,\n)\n",
    ),
    "about a call of many lines": ("x = f(\n    a,\n)\n", [at(1, 3)], f"x = f(  {NOTE}\n    a,\n)\n"),
    "on a backslash": (
        "if a and \\\n   b:\n    x = 1\n",
        [at(1)],
        f"{NOTE}\nif a and \\\n   b:\n    x = 1\n",
    ),
    "across a backslash": (
        "x = a + \\\n    b\n",
        [at(1, 2)],
        f"x = a + \\\n    b  {NOTE}\n",
    ),
    "in a string of many lines": (
        'x = f("""\na\nb\n""")\n',
        [at(2)],
        f'x = f("""\na\nb\n""")  {NOTE}\n',
    ),
    "where a string of many lines starts": (
        'x = f("""\na\n""", 1)\n',
        [at(1)],
        f'x = f("""\na\n""", 1)  {NOTE}\n',
    ),
    "under a decorator": (
        "@a\n@b\ndef f():\n    pass\n",
        [at(3)],
        f"@a\n@b\ndef f():  {NOTE}\n    pass\n",
    ),
    "in a block": ("if a:\n\tx = slow()\n", [at(2)], f"if a:\n\tx = slow()  {NOTE}\n"),
    "two rules": (
        "x = slow()\n",
        [at(1), at(1, rule="web/big")],
        "x = slow()  # archlint: ignore[web/big, web/slow] -- known\n",
    ),
    "windows": ("a = 1\r\nx = slow()\r\n", [at(2)], f"a = 1\r\nx = slow()  {NOTE}\r\n"),
    "two lines": ("x = slow()\ny = slow()\n", [at(1), at(2)], f"x = slow()  {NOTE}\ny = slow()  {NOTE}\n"),
    "the whole file": ("x = 1\n", [whole()], "# archlint: ignore-file[web/slow] -- known\nx = 1\n"),
    "an empty file": ("", [whole()], "# archlint: ignore-file[web/slow] -- known\n"),
    "below the encoding": (
        "#!/usr/bin/python\n# -*- coding: utf-8 -*-\nx = 1\n",
        [whole()],
        "#!/usr/bin/python\n# -*- coding: utf-8 -*-\n# archlint: ignore-file[web/slow] -- known\nx = 1\n",
    ),
    "names are added for the same reason": (
        "x = slow()  # archlint: ignore[web/big] -- known\n",
        [at(1)],
        "x = slow()  # archlint: ignore[web/big, web/slow] -- known\n",
    ),
    "another reason stands behind": (
        "x = slow()  # archlint: ignore[web/big] -- why\n",
        [at(1)],
        f"x = slow()  # archlint: ignore[web/big] -- why  {NOTE}\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_written(name):
    check(*CASES[name])


LONG = "x = slow(" + "a" * 80 + ")"

LONG_CASES = {
    "above the line": (f"if a:\n    {LONG}\n", [at(2)], f"if a:\n    {NOTE}\n    {LONG}\n"),
    "above with tabs": (f"if a:\n\t{LONG}\n", [at(2)], f"if a:\n\t{NOTE}\n\t{LONG}\n"),
    "above with windows": (f"a\r\n{LONG}\r\n", [at(2)], f"a\r\n{NOTE}\r\n{LONG}\r\n"),
    "above in brackets": (f"f(\n    {LONG[4:]},\n)\n", [at(2)], f"f(\n    {NOTE}\n    {LONG[4:]},\n)\n"),
    "above one of several lines": (
        f"f(\n    1,\n    {LONG[4:]},\n)\n",
        [at(3)],
        f"f(\n    1,\n    {NOTE}\n    {LONG[4:]},\n)\n",
    ),
    "between a decorator and its function": (
        f"@a\ndef f({'a' * 90}): pass\n",
        [at(2)],
        f"@a\n{NOTE}\ndef f({'a' * 90}): pass\n",
    ),
    "names are added above": (
        f"# archlint: ignore[web/big] -- known\n{LONG}\n",
        [at(2)],
        f"# archlint: ignore[web/big, web/slow] -- known\n{LONG}\n",
    ),
    "inside a string there is no above": (
        f'f(1,\n"""\n{LONG}\n""")\n',
        [at(3)],
        f'f(1,\n"""\n{LONG}\n""")  {NOTE}\n',
    ),
}


@pytest.mark.parametrize("name", LONG_CASES)
def test_where_the_line_would_be_too_long(name):
    check(*LONG_CASES[name])


@pytest.mark.parametrize("name", [*CASES, *LONG_CASES])
def test_the_findings_are_covered(name):
    source, findings, _ = {**CASES, **LONG_CASES}[name]
    new = suppressed(source.encode(), findings, WHY)
    old_lines, lines = source.splitlines(), new.decode().splitlines()
    for each in findings:
        start = each.location.line
        shift = next(
            n
            for n in range(len(lines) - start + 1)
            if not old_lines or lines[start - 1 + n].startswith(old_lines[start - 1].split("#")[0].rstrip())
        )
        place = Location("a.py", start + shift, 5, max(each.location.end_line, start) + shift, 9)
        assert any(
            each.rule in [name.text for name in comment.names] and comment.covers(place)
            for comment in parse(new)
        )


def test_an_expired_one_makes_room():
    terms = Terms("known", "2027-06-30", today="2027-02-01")
    new = "# archlint: ignore[web/slow] -- known, expires: 2027-06-30"
    old = "# archlint: ignore[web/slow] -- later, expires: 2027-01-31"
    check(f"x = slow()  {old}\n", [at(1)], f"x = slow()  {new}\n", terms)
    check(f"x = slow()  {old}  # noqa\n", [at(1)], f"x = slow()  {new}\n", terms)
    check(f"if a:\n    {old}\n    {LONG}\n", [at(3)], f"if a:\n    {new}\n    {LONG}\n", terms)


def test_the_encoding_is_kept():
    source = "# coding: latin-1\nx = 'ä'\n".encode("latin-1")
    new = suppressed(source, [at(2)], WHY)
    assert new == f"# coding: latin-1\nx = 'ä'  {NOTE}\n".encode("latin-1")
    marked = b"\xef\xbb\xbfx = 1\n"
    assert suppressed(marked, [at(1)], WHY) == b"\xef\xbb\xbf" + f"x = 1  {NOTE}\n".encode()


@pytest.mark.parametrize(
    ("data", "terms", "said"),
    [
        (b"# coding: latin-1\nx = 1\n", Terms("weil ☃"), "the reason cannot be written in latin-1"),
        (b"x = '\xff'\n", WHY, "it is not utf-8"),
        (b"x = (\n", WHY, "it does not parse"),
    ],
)
def test_what_cannot_be_marked(data, terms, said):
    with pytest.raises(Unmarkable, match=said):
        suppressed(data, [at(1)], terms)


def test_a_formatted_string_of_many_lines():
    source = "x = f(f'''\na {b} c\n{d}\n''', 1)\ny = f'a{b}'\n"
    check(source, [at(2), at(5)], f"x = f(f'''\na {{b}} c\n{{d}}\n''', 1)  {NOTE}\ny = f'a{{b}}'  {NOTE}\n")


def test_what_stands_inside_a_formatted_string_of_many_lines_is_covered():
    source = "y = f'''\n{slow(\n 1)}\n'''\n"
    new = suppressed(source.encode(), [at(2)], WHY)
    assert new.decode() == f"y = f'''\n{{slow(\n 1)}}\n'''  {NOTE}\n"
    (comment,) = parse(new)
    assert comment.covers(Location("a.py", 2, 2, 2, 6))
