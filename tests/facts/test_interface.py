"""The interface of a file changes with what others can see of it, and with nothing else."""

from textwrap import dedent

import pytest

from archlint.facts.extract import extract

BEFORE = '''
"""Orders."""
import os
from shop import (
    prices,
)

LIMIT = """
# 3

"""


@decorated(1)
class Order(Base):
    table = "orders"

    def total(self, tax=0):
        """All of it."""
        lines = self.lines

        def inner(line):
            return line.price
        from shop import late
        class Local(Base):
            x = 1
        self.sum = sum(map(inner, lines))
        return self.sum

    def one(self): return 1


if os.name:
    def chosen(
        a,
        b=2,
    ): return a
'''


def interface(text):
    return extract("shop/orders.py", "shop.orders", dedent(text).encode()).interface


def changed(old, new):
    assert BEFORE.count(old) == 1
    return interface(BEFORE.replace(old, new)) != interface(BEFORE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os\n", "\n\n# the system\nimport os\n"),
        ("    table =", "    # its table\n\n    table ="),
        ('"""All of it."""', '"""All of\n\n        it."""'),
        ("lines = self.lines\n", "lines = other = self.lines or []\n"),
        ("return line.price", "return line.amount * 2"),
        ("return self.sum", "for x in lines:\n            print(x)\n        return 0"),
    ],
)
def test_insides_of_functions_and_comments_are_nobody_elses(old, new):
    assert not changed(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os\n", "import os, sys\n"),
        ("# 3", "# 4"),
        ("# 3\n\n", "# 3\n"),
        ("@decorated(1)", "@decorated(2)"),
        ("Order(Base)", "Order(Other)"),
        ('"orders"', '"order"'),
        ("tax=0", "tax=1"),
        ("def inner(line)", "def inner(line, other)"),
        ("import late", "import later"),
        ("            x = 1", "            x = 2"),
        ("Local(Base)", "Local"),
        ("self.sum = ", "self.other = "),
        ("lines = self.lines\n", "global seen\n        seen = lines = self.lines\n"),
        ("return line.price", "yield line.price"),
        ("lines = self.lines\n", "lines = globals()\n        lines['x'] = 1\n"),
        ("lines = self.lines\n", 'lines = "SELECT a FROM b"\n'),
        ("def one(self): return 1", "def one(self): return 2"),
        ("b=2", "b=3"),
        ("    def one", "    async def one"),
        (
            "        from shop import late\n",
            "        try:\n            from shop import late\n        except ImportError: pass\n",
        ),
    ],
)
def test_what_others_can_see_changes_it(old, new):
    assert changed(old, new)


def test_the_order_of_what_is_bound_inside_a_function_counts():
    first = "def f():\n    global x\n    x = 1\n    import y\n"
    second = "def f():\n    global x\n    import y\n    x = 1\n"
    assert interface(first) != interface(second)


def test_a_file_that_does_not_parse_is_all_interface():
    assert interface("def (") != interface("def (:")


def test_the_encoding_counts():
    assert interface("# coding: latin-1\nx = 1\n") != interface("# coding: utf-8\nx = 1\n")
