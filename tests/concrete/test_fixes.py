"""The steps of remedies: «» is the place, and nothing but what is meant changes."""
# ruff: noqa: E501 -- each source stands on one line with what becomes of it

from __future__ import annotations

import pytest

from archlint.concrete.fixes.making import Maker
from archlint.finding import Act, Finding, Fix, Location, Remedy, Severity, Step
from archlint.fixing.editing import edited
from archlint.source import Text


def fix(source: str, act: Act, text: str = "", old: str = "", *imports: str) -> tuple[str, Fix | None]:
    """The source without its marks, and the fix of one step at the marked place."""
    plain = source.replace("«", "").replace("»", "").replace("¦", "")
    start, end = source.index("«"), source.index("»") - 1
    before = source.find("¦")
    if 0 <= before < start:
        start, end = start - 1, end - 1

    def place(offset: int) -> tuple[int, int]:
        return plain.count("\n", 0, offset) + 1, offset - (plain.rfind("\n", 0, offset) + 1) + 1

    at = Location("a.py", *place(start), *place(end))
    to = Location("a.py", *place(before), *place(before)) if before >= 0 else None
    step = Step(act, at, text, old, imports, to)
    finding = Finding("x/y", Severity.ERROR, at, "m", "h", remedy=Remedy((step,)))
    return plain, Maker(lambda path: Text(plain)).fix(finding)


def fixed(source: str, act: Act, text: str = "", old: str = "", *imports: str) -> str:
    plain, found = fix(source, act, text, old, *imports)
    assert found is not None
    return edited("a.py", plain.encode(), found.edits).decode()


ONE_STEP = [
    (Act.RESPELL, "city", "town", "q.filter(room__«town»__iexact=1)\n", "q.filter(room__city__iexact=1)\n"),
    (Act.RESPELL, "b", "a", "x = «[('a', \"c\")]»  # a\n", "x = [('b', \"c\")]  # a\n"),
    (Act.RESPELL, "x_y", "xy", 'f(«"xy.id"»)\n', 'f("x_y.id")\n'),
    (Act.AWAIT, "", "", "async def f():\n    «g(1)».h()\n", "async def f():\n    (await g(1)).h()\n"),
    (Act.AWAIT, "", "", "async def f():\n    «g(1)»  # x\n", "async def f():\n    await g(1)  # x\n"),
    (Act.AWAIT, "", "", "async def f():\n    («g(1)»).h\n", "async def f():\n    (await g(1)).h\n"),
    (Act.UNAWAIT, "", "", "async def f():\n    x = await «g(1)»\n", "async def f():\n    x = g(1)\n"),
    (
        Act.ASYNC,
        "",
        "",
        "async def f():\n    for x in «q()»: 0\n",
        "async def f():\n    async for x in q(): 0\n",
    ),
    (Act.UNCALL, "", "", "x = f(default=«now()»)\n", "x = f(default=now)\n"),
    (Act.OMIT, "", "b", "x = «f(a, b=1, c=2)»\n", "x = f(a, c=2)\n"),
    (Act.OMIT, "", "b", "x = «f(b=1,)»\n", "x = f()\n"),
    (Act.OMIT, "", "b", "x = «f(a, b=1)»\n", "x = f(a)\n"),
    (Act.ARGUMENT, "b=1", "", "«x» = f(\n    a,  # why\n)\n", "x = f(\n    a,  # why\n    b=1,\n)\n"),
    (Act.ARGUMENT, "b=1", "", "«x» = f(\n    a,\n    c)\n", "x = f(\n    a,\n    c,\n    b=1)\n"),
    (Act.ARGUMENT, "b=1", "", "«x» = f()\n", "x = f(b=1)\n"),
    (Act.CHAIN, '"a"', "with_", "x = 'y', «q.all()»\n", "x = 'y', q.all().with_('a')\n"),
    (Act.CHAIN, '"b"', "with_", '«q.with_("a").all()»\n', 'q.with_("a", "b").all()\n'),
    (Act.CHAIN, "", "unique", "for x in await «s()»: 0\n", "for x in (await s()).unique(): 0\n"),
    (Act.CHAIN, '"b"', "w", "x = (\n    q\n    .«a()»\n)\n", 'x = (\n    q\n    .a()\n    .w("b")\n)\n'),
    (Act.CONDITION, "", "and", "q.where(«»A.x and (A.y) and A.z)\n", "q.where(A.x, (A.y), A.z)\n"),
    (Act.CONDITION, "", "is", "q.where(«»A.x is not None)\n", "q.where(A.x.is_not(None))\n"),
    (Act.CONDITION, "", "is", "q.where(«»A.x is y)\n", "q.where(A.x == y)\n"),
    (Act.CONDITION, "", "in", "q.where(«»A.x + 1 not in [1])\n", "q.where((A.x + 1).not_in([1]))\n"),
    (
        Act.MOVE,
        "",
        "",
        "x = [\n    ¦a(1),\n    # b\n    «b(2)»  # c\n]\n",
        "x = [\n    # b\n    b(2),  # c\n    a(1),\n]\n",
    ),
    (
        Act.MOVE,
        "",
        "",
        "@get(¦'/{x}')\ndef a(): ...\n\n\n@get(«'/me'»)\ndef b(): ...\n",
        "@get('/me')\ndef b(): ...\n\n\n@get('/{x}')\ndef a(): ...\n",
    ),
    (
        Act.DELETE,
        "",
        "",
        "x = 1  # archlint: ignore[«a/b», c/d] -- why\n",
        "x = 1  # archlint: ignore[c/d] -- why\n",
    ),
    (Act.DELETE, "", "", "x = 1  # archlint: ignore[c/d, «a/b»]\n", "x = 1  # archlint: ignore[c/d]\n"),
    (Act.DELETE, "", "", "x = 1  # noqa  # archlint: ignore[«a/b»]\n", "x = 1  # noqa\n"),
    (Act.DELETE, "", "", "    # archlint: ignore[«a/b»]\nx = 1\n", "x = 1\n"),
]


@pytest.mark.parametrize(("act", "text", "old", "source", "expected"), ONE_STEP)
def test_one_step(act: Act, text: str, old: str, source: str, expected: str) -> None:
    assert fixed(source, act, text, old) == expected
    for newline in ("\r\n",):
        other = fixed(source.replace("\n", newline), act, text, old)
        assert other == expected.replace("\n", newline)


OR = "sqlalchemy.or_"
IMPORTS = [
    ("from sqlalchemy import select\n", "from sqlalchemy import or_, select\n", "or_"),
    ("from sqlalchemy import and_\n", "from sqlalchemy import and_, or_\n", "or_"),
    (
        "from sqlalchemy import (\n    and_,\n    select,\n)\n",
        "from sqlalchemy import (\n    and_,\n    or_,\n    select,\n)\n",
        "or_",
    ),
    (
        "from sqlalchemy import (\n    and_,  # a\n)\n",
        "from sqlalchemy import (\n    and_,  # a\n    or_,\n)\n",
        "or_",
    ),
    ("import sqlalchemy as sa\n", "import sqlalchemy as sa\n", "sa.or_"),
    ("from sqlalchemy import or_ as either\n", "from sqlalchemy import or_ as either\n", "either"),
    ('"""Doc."""\n', '"""Doc."""\n\nfrom sqlalchemy import or_\n', "or_"),
    (
        '"""D."""\nfrom __future__ import annotations\n',
        '"""D."""\nfrom __future__ import annotations\n\nfrom sqlalchemy import or_\n',
        "or_",
    ),
    ("#!/bin/python\n# (c)\n\n", "#!/bin/python\n# (c)\n\nfrom sqlalchemy import or_\n\n", "or_"),
    (
        "import os\n\nimport flask\n\nfrom app import x\n",
        "import os\n\nimport flask\nfrom sqlalchemy import or_\n\nfrom app import x\n",
        "or_",
    ),
    ("import a; import b\n", "import a; import b\nfrom sqlalchemy import or_\n", "or_"),
]


@pytest.mark.parametrize(("head", "expected", "name"), IMPORTS)
def test_imports_in_the_style_of_the_file(head: str, expected: str, name: str) -> None:
    source = f"{head}q = «f»()\n"
    assert fixed(source, Act.REPLACE, "{0}", "", OR) == f"{expected}q = {name}()\n"


UNFIT = [
    (Act.AWAIT, "", "", "def f():\n    «g()».h()\n"),
    (Act.AWAIT, "", "", "async def f():\n    await «g()»\n"),
    (Act.AWAIT, "", "", "async def f():\n    return lambda: «g()»\n"),
    (Act.RESPELL, "b", "a", "«f(a, a)»\n"),
    (Act.ARGUMENT, "b=1", "", "«f(**x)»\n"),
    (Act.ARGUMENT, "b=1", "", "«f(b=2)»\n"),
    (Act.UNCALL, "", "", "«f(1)»\n"),
    (Act.MOVE, "", "", "x = [¦a, «b»]\n"),
    (Act.ASYNC, "", "", "async def f():\n    return sum(x for x in «q()»)\n"),
    (Act.CONDITION, "", "in", "q.where(«»1 < A.x in [1])\n"),
    (Act.CHAIN, "", "b", "def f(:\n    «a()»\n"),
]


@pytest.mark.parametrize(("act", "text", "old", "source"), UNFIT)
def test_nothing_is_guessed(act: Act, text: str, old: str, source: str) -> None:
    assert fix(source, act, text, old)[1] is None


def test_a_name_that_is_something_else_is_not_imported() -> None:
    assert fix("def or_(): ...\nq = «f»()\n", Act.REPLACE, "{0}", "", OR)[1] is None


def test_a_type_of_another_module() -> None:
    dialect = "sqlalchemy.dialects.postgresql.ARRAY"
    found = fixed(
        "from sqlalchemy import ARRAY, Text\n«c» = C(ARRAY(Text))\n", Act.RETARGET, "", "ARRAY", dialect
    )
    lines = "from sqlalchemy import Text\nfrom sqlalchemy.dialects.postgresql import ARRAY\n"
    assert found == f"{lines}c = C(ARRAY(Text))\n"
    found = fixed("import sqlalchemy as sa\n«c» = C(sa.ARRAY(sa.Text))\n", Act.RETARGET, "", "ARRAY", dialect)
    assert (
        found
        == "import sqlalchemy as sa\nfrom sqlalchemy.dialects.postgresql import ARRAY\nc = C(ARRAY(sa.Text))\n"
    )
