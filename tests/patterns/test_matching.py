"""What a pattern matches, and what not."""

import pytest

from archlint.concrete.patterns.compiling import compiled
from archlint.concrete.patterns.names import Names
from archlint.concrete.tree import tree_of
from archlint.source import Text

MATCHES = {
    # expressions
    ("cache.get($K)", "cache.get(k)"): 1,
    ("cache.get($K)", "cache.get()"): 0,
    ("cache.get($K)", "cache.get(k, 1)"): 0,
    ("cache.get($K, ...)", "cache.get(k)\ncache.get(k, 1, timeout=2)"): 2,
    ("cache.get($K, ...)", "x.cache.get(k)"): 0,
    ("f(..., $X)", "f(1, 2, 3)"): 1,
    ("$X == $X", "a.b == a . b"): 1,
    ("$X == $X", "a.b == a.c"): 0,
    ("$_ == $_", "a == b"): 1,
    ("f($X, ..., $X)", "f(1, 2, 3, 1)"): 1,
    ("f(..., $X, ..., $X, ...)", "f(1, 2, 3, 2)"): 1,
    ("f(..., $X, ..., $X, ...)", "f(1, 2, 3, 4)"): 0,
    ("a + b", "(a) + (b)"): 1,
    ("$X. ... .delete()", "A.objects.filter(x=1).delete()"): 1,
    ("$X. ... .delete()", "delete()"): 0,
    ("$X[...]", "a[1]\na[1:2]"): 2,
    ("lambda ...: $X", "lambda a, b=1: a"): 1,
    ("f(<... secret ...>)", "f(g(secret).x)\nf(public)"): 1,
    ("await $X", "async def f():\n    await g()"): 1,
    # arguments
    ("f(debug=True)", "f(debug=True)"): 1,
    ("f(b=$B, a=$A)", "f(a=1, b=2)"): 1,
    ("f(..., debug=True, ...)", "f(1, x=2, debug=True, y=3)"): 1,
    ("f(..., debug=True, ...)", "f(1, debug=False)"): 0,
    ("f(*$A)", "f(*x)"): 1,
    ("f($A)", "f(*x)"): 0,
    ("f($A)", "f(a=1)"): 0,
    ("f($...ARGS)", "f()\nf(1, a=2)"): 2,
    # literals
    ("f('a')", 'f("a")'): 1,
    ("f('a')", 'f("" "a")'): 1,
    ('f("...")', "f('anything')"): 1,
    ('f("...")', "f(name)\nf(f'{x}')"): 0,
    ('f("$TEXT")', "f('abc')"): 1,
    ('f"...{$X}..."', "f'a {b} c'"): 1,
    ('f"...{$X}..."', "'a'"): 0,
    ("f(16)", "f(0x10)"): 1,
    ("f(1)", "f(1.0)\nf(True)"): 0,
    # displays
    ("[..., 'POST', ...]", "['GET', 'POST']"): 1,
    ("[..., 'POST', ...]", "['GET']"): 0,
    ("{..., 'a': $V, ...}", "{'b': 1, 'a': 2}"): 1,
    ("{'a': $V}", "{'b': 1, 'a': 2}"): 0,
    ("(..., $X)", "(1, 2)"): 1,
    # statements
    ("$X = f()", "x: int = f()"): 1,
    ("$X = f()", "a = b = f()"): 1,
    ("return $X", "def f():\n    return"): 0,
    ("return ...", "def f():\n    return"): 1,
    ("raise $E(...)", "raise ValueError('x') from e"): 0,
    ("import os", "import sys, os as o"): 1,
    ("from a import $X", "from a import b, c"): 1,
    ("from a import ...", "from a import b"): 1,
    ("from a import b", "from .a import b"): 0,
    ("del $X", "del a"): 1,
    ("assert $X == $Y", "assert a == b"): 1,
    # blocks
    ("$F = open(...)\n...\n$F.close()", "f = open(p)\nif x:\n    f.read()\n    f.close()"): 1,
    ("$F = open(...)\n...\n$F.close()", "f = open(p)\ng.close()"): 0,
    ("a()\nb()", "a()\nb()"): 1,
    ("a()\nb()", "a()\nx()\nb()"): 0,
    ("a()\n$...BETWEEN\nb()", "a()\nx()\ny()\nb()"): 1,
    ("if $C:\n    pass", "if a:\n    pass\nelse:\n    b()"): 1,
    ("if $C:\n    pass", "if a:\n    pass\n    b()"): 0,
    ("if $C:\n    ...\n    f()", "if a:\n    x()\n    f()\n    y()"): 1,
    ("if $C: return $X", "def f():\n    if a:\n        return b"): 1,
    ("for $X in $Y:\n    ...", "for a in b:\n    c()"): 1,
    ("while True:\n    ...", "while True: pass"): 1,
    ("with open(...) as $F:\n    ...", "with a() as x, open(p) as f:\n    pass"): 1,
    ("try:\n    ...\nexcept $E:\n    pass", "try:\n    a()\nexcept A:\n    b()\nexcept B:\n    pass"): 1,
    ("try:\n    ...\nexcept $E:\n    pass", "try:\n    a()\nexcept A:\n    b()"): 0,
    # definitions
    ("def $F(...):\n    ...", "async def f(a, *b, c=1, **d):\n    return 1"): 1,
    ("async def $F(...):\n    ...", "def f(): ..."): 0,
    ("def $F($A, ...):\n    ...", "def f(): ..."): 0,
    ("def $F(..., $X=[], ...):\n    ...", "def f(a, b=[], c=None): ..."): 1,
    ("def $F($X: int): ...", "def f(x: int): ...\ndef g(x): ..."): 1,
    ("def $F(...) -> str:\n    ...", "def f() -> str: return ''\ndef g(): ..."): 1,
    ("@app.route(...)\ndef $F(...):\n    ...", "@log\n@app.route('/')\ndef f(): ...\ndef g(): ..."): 1,
    ("@app.route(...)", "@app.route('/')\ndef f(): ...\napp.route('/')"): 1,
    ("class $C(Base):\n    ...", "class A(Base):\n    x = 1\nclass B(Base, Other): ..."): 1,
    ("class $C(..., Base, ...):\n    ...", "class A(Other, Base): ..."): 1,
    ("class $C:\n    ...", "class A(Base): ..."): 1,
    ("try:\n    ...\nexcept ...:\n    ...", "try: a\nexcept: b\ntry: a\nexcept E as e: b"): 2,
    ("try:\n    ...\nexcept E:\n    ...", "try: a\nexcept: b\ntry: a\nexcept E as e: b"): 1,
    ("eval('...')", "eval(f'x')\neval(f'{x}')\neval('y')"): 2,
    ("['...' '...']", "['a' 'b', 'c']\n['a' 'b']\n['ab']"): 1,
}


class NoNames:
    """Knows no name."""

    def stands_for(self, node, targets):
        return False

    def is_instance(self, node, classes):
        return False


def sightings(pattern, code):
    tree = tree_of("example.py", Text(code))
    assert tree is not None
    places = compiled(pattern).find(tree, Names(), NoNames())
    return tree, [way for ways in places if (way := next(ways, None))]


@pytest.mark.parametrize(("case", "count"), MATCHES.items(), ids=lambda each: repr(each)[:70])
def test_matches(case, count):
    assert len(sightings(*case)[1]) == count


def test_what_metavariables_stand_for():
    tree, (place,) = sightings("cache.$METHOD($KEY, $...REST)", "cache.get( a or b , 1, c=2 )")
    assert {name: tree.code_of(nodes) for name, nodes in place.captures.items()} == {
        "METHOD": "get",
        "KEY": "a or b",
        "REST": "1, c=2",
    }


def test_a_run_of_statements_ends_with_its_last():
    tree, (place,) = sightings("a()\n...\nb()", "x()\na()\ny()\nb()\nz()")
    location = tree.location(place.first, place.last)
    assert (location.line, location.end_line) == (2, 4)
