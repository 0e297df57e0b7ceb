"""Which reads of names the walk finds unbound, and what Python itself says of the same code."""

import sys
from textwrap import dedent

import pytest

from archlint.facts.extract import extract
from archlint.facts.unbound import Lack


def unbound(text):
    return [(read.name, read.lack) for read in extract("shop.py", "shop", dedent(text).encode()).unbound]


FAILING = {
    "total = totl": ("totl", Lack.NOWHERE),
    "total = limit\nlimit = 1": ("limit", Lack.LATER),
    "class Order:\n    first = Order()": ("Order", Lack.LATER),
    "def place(order=order): ...\norder = 1": ("order", Lack.LATER),
    "class Order:\n    rows = [1]\n    more = [row for row in rows if row in rows]": ("rows", Lack.NOWHERE),
    "class Order:\n    rows = 1\n    def first(self): return rows\nOrder().first()": ("rows", Lack.NOWHERE),
    "try:\n    1 / 0\nexcept ZeroDivisionError as error: ...\nerror": ("error", Lack.NOWHERE),
    "for row in [1]:\n    found += row": ("found", Lack.LATER),
    "[row for row in [1]]\nrow": ("row", Lack.NOWHERE),
    "(lambda row: row + other)(1)": ("other", Lack.NOWHERE),
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import os\nos": ("os", Lack.TYPING),
    "import os\ndef main():\n    os.sep\n    import os\nmain()": ("os", Lack.LOCAL),
    "seen = 0\ndef count():\n    seen += 1\ncount()": ("seen", Lack.LOCAL),
    "def main():\n    late: int\n    late\nmain()": ("late", Lack.LOCAL),
    "def main():\n    try:\n        1 / 0\n    except Exception as e: ...\n    e\nmain()": ("e", Lack.LOCAL),
    "def main():\n    for rows in rows: ...\nmain()": ("rows", Lack.LOCAL),
}

RUNNING = [
    "str = str",
    "def first(): return second()\ndef second(): return 1\nfirst()",
    "class Order:\n    name = 1\n    other = name",
    "class Order:\n    rows = [1]\n    more = [row for row in rows]",
    "x = 1\nclass Order:\n    x = x",
    "[row for row in [1] if (last := row)]\nlast",
    "rows = (later for _ in [])\nlater = 1\nlist(rows)",
    "def main():\n    global made\n    made = 1\nmain()\nmade",
    "try:\n    spam\nexcept NameError:\n    spam = 1\nspam",
    "from __future__ import annotations\ndef place(order: Order) -> Missing:\n    kept: Other = order",
    "class Order:\n    @property\n    def name(self): ...\n    @name.setter\n    def name(self, value): ...",
    "def main():\n    return [(lambda: row)() for row in [1]], (lambda a: lambda: a)(1)()\nmain()",
    "import sys\ntext = unicode if 'unicode' in dir() else str",
    "import os.path\nos.sep\n__file__ = 1\n__file__",
]


@pytest.mark.parametrize("code", FAILING, ids=range(len(FAILING)))
def test_what_fails_is_found(code):
    assert FAILING[code] in unbound(code)
    with pytest.raises(NameError):
        exec(code, {"__name__": "shop"})


@pytest.mark.parametrize("code", RUNNING, ids=range(len(RUNNING)))
def test_what_runs_is_not(code):
    assert unbound(code) == []
    exec(code, {"__name__": "shop"})


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="annotations are read late")
def test_an_annotation_is_read_at_once() -> None:
    code = "def place(order: Order): ...\nclass Order: ..."
    assert unbound(code) == [("Order", Lack.LATER)]
    with pytest.raises(NameError):
        exec(code, {})
