"""Steps that change the shape of code: blocks, decorators, functions, relationships."""
# ruff: noqa: E501 -- each source stands on one line with what becomes of it

from __future__ import annotations

import pytest

from archlint.finding import Act

from .test_fixes import fix, fixed

STEPS = [
    (
        Act.ENTER,
        "",
        "",
        "def f():\n    s = «S()»  # open\n    if x:\n        # why\n        return 1\n\n    s.close()\n    return 2\n",
        "def f():\n    with S() as s:  # open\n        if x:\n            # why\n            return 1\n\n        return 2\n",
    ),
    (
        Act.ENTER,
        "",
        "async",
        'async def f():\n\ts = «S(a)»\n\tt = """\n\tx\n"""\n\treturn s.q(t)\n',
        'async def f():\n\tasync with S(a) as s:\n\t\tt = """\n\tx\n"""\n\t\treturn s.q(t)\n',
    ),
    (
        Act.COMMIT,
        "",
        "",
        "def f(s, xs):\n    for x in xs:\n        «s.add(x)»\n    n = s.n\n    return s\n",
        "def f(s, xs):\n    for x in xs:\n        s.add(x)\n    n = s.n\n    s.commit()\n    return s\n",
    ),
    (
        Act.COMMIT,
        "",
        "",
        "async def f(s, x):\n    «s.add(x)»\n    await s.flush()\n",
        "async def f(s, x):\n    s.add(x)\n    await s.commit()\n",
    ),
    (
        Act.COMMIT,
        "",
        "",
        "def f(s, x):\n    «s.add(x)»\n    with open(x) as g:\n        g.read()\n",
        "def f(s, x):\n    s.add(x)\n    s.commit()\n    with open(x) as g:\n        g.read()\n",
    ),
    (
        Act.COMMIT,
        "",
        "",
        "async def f(s, x):\n    await s.get(1)\n    «s.add(x)»",
        "async def f(s, x):\n    await s.get(1)\n    s.add(x)\n    await s.commit()\n",
    ),
    (
        Act.DEFER,
        "",
        "RATES",
        "import a\nRATES = {x: 1 for x in «q.all()»}  # all\ndef f(RATE):\n    return RATES[RATE.RATES]\n",
        "import a\n\n\ndef rates():\n    return {x: 1 for x in q.all()}  # all\n\n\ndef f(RATE):\n    return rates()[RATE.RATES]\n",
    ),
    (
        Act.FOLLOW,
        "profile",
        "",
        "x = 1\n«p.contacts.add(a or b)»\n",
        "x = 1\np.contacts.add((a or b).profile)\n",
    ),
    (Act.FOLLOW, "profile", "", "P(«user»=get(1))\n", "P(user=get(1).profile)\n"),
    (Act.OMIT, "", "b", "x = g(f(a, «b»=1), b=2)\n", "x = g(f(a), b=2)\n"),
    (
        Act.SUGGEST,
        "city id",
        "town",
        "q.filter(room__«town»__iexact=form.city)\n",
        "q.filter(room__city__iexact=form.city)\n",
    ),
    (
        Act.SUGGEST,
        "stock id",
        "left",
        "q.update(stock=F(«'left'») - n)\n",
        "q.update(stock=F('stock') - n)\n",
    ),
    (
        Act.SUGGEST,
        "stock id",
        "left",
        "item.stock = F(«'left'») - n\n",
        "item.stock = F('stock') - n\n",
    ),
    (Act.ENLIST, "c", "", "X = ['a', [«'b'»]]\n", "X = ['a', ['b', 'c']]\n"),
    (
        Act.ENLIST,
        "c",
        "",
        'X = (\n    "a",  # x\n    «"b"»,\n)\n',
        'X = (\n    "a",  # x\n    "b",\n    "c",\n)\n',
    ),
    (
        Act.MOVE,
        "",
        "",
        "import os\n\n¦from a import b\n\n«db = D(os)»\n",
        "import os\n\ndb = D(os)\n\nfrom a import b\n",
    ),
]


@pytest.mark.parametrize(("act", "text", "old", "source", "expected"), STEPS)
def test_one_step(act: Act, text: str, old: str, source: str, expected: str) -> None:
    assert fixed(source, act, text, old) == expected
    assert fixed(source.replace("\n", "\r\n"), act, text, old) == expected.replace("\n", "\r\n")


def test_a_decorator_stands_below_the_others() -> None:
    source = "class C:\n    @staticmethod\n    def f():\n        «x()»\n"
    found = fixed(source, Act.DECORATE, "{0}.atomic", "", "django.db.transaction")
    assert found == (
        "from django.db import transaction\n\n"
        "class C:\n    @staticmethod\n    @transaction.atomic\n    def f():\n        x()\n"
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("«P.owner.name» == x", "P.owner.has(U.name == x)"),
        ("«P.owner.name».in_(x)", "P.owner.has(U.name.in_(x))"),
        ("and_(P.a, «P.owner.name».desc() != x)", "and_(P.a, P.owner.has(U.name.desc() != x))"),
    ],
)
def test_a_condition_behind_a_relationship(condition: str, expected: str) -> None:
    found = fixed(f"from m import U\nq.where({condition})\n", Act.THROUGH, "has", "", "m.U")
    assert found == f"from m import U\nq.where({expected})\n"


def test_an_import_for_what_it_does() -> None:
    names = "__all__ = ['A', 'C']\n"
    found = fixed(f"from p.a import A\n\n«»{names}", Act.BRING_IN, "", "", "p.b.B")
    assert found == "from p.a import A\nfrom p.b import B\n\n__all__ = ['A', 'B', 'C']\n"
    found = fixed("from p import a\n«»", Act.BRING_IN, "  # noqa: F401", "", "p.b")
    assert found == "from p import a\nfrom p import b  # noqa: F401\n"


UNFIT = [
    (Act.ENTER, "", "", "def f():\n    s = «S()»\n    x = s.merge(1)\n    return x\n"),
    (Act.ENTER, "", "", "def f():\n    if x:\n        s = «S()»\n        s.a()\n    return s\n"),
    (Act.ENTER, "", "", "def f():\n    s = t = «S()»\n    s.a()\n"),
    (Act.ENTER, "", "", "def f():\n    g(«S()»)\n    s.a()\n"),
    (Act.COMMIT, "", "", "def f(c):\n    «»c.n = 1\n"),
    (Act.COMMIT, "", "", "async def f(s):\n    «s.add(1)»\n"),
    (Act.DEFER, "", "R", "R = «q()»\nprint(R)\n"),
    (Act.DEFER, "", "R", "R = «q()»\nclass C:\n    r = R\n"),
    (Act.DEFER, "", "R", "R = «q()»\ndef f(a=R): ...\n"),
    (Act.DEFER, "", "R", "R = «q()»\ndef f():\n    global R\n    R = 1\n"),
    (Act.DEFER, "", "R", "R = S = «q()»\n"),
    (Act.DECORATE, "a", "", "async def f():\n    «x()»\n"),
    (Act.DECORATE, "a", "", "def f():\n    yield «x()»\n"),
    (Act.DECORATE, "a", "", "«x()»\n"),
    (Act.FOLLOW, "p", "", "c.set(«[a]»)\n"),
    (Act.FOLLOW, "p", "", "«c.add(a, b)»\n"),
    (Act.FOLLOW, "p", "", "«c.customer» = get(1)\n"),
    (Act.SUGGEST, "city", "town", "q.filter(city=1, «town»=city)\n"),
    (Act.SUGGEST, "stock", "left", "q.filter(stock=F(«'left'»))\n"),
    (Act.THROUGH, "has", "", "q.order_by(«P.owner.name».desc())\n"),
    (Act.ENLIST, "b", "", "X = ['b', «'a'»]\n"),
    (Act.MOVE, "", "", "¦from a import D\n\n«db = D()»\n"),
]


@pytest.mark.parametrize(("act", "text", "old", "source"), UNFIT)
def test_nothing_is_guessed(act: Act, text: str, old: str, source: str) -> None:
    assert fix(source, act, text, old, *(["m.U"] if act is Act.THROUGH else []))[1] is None
