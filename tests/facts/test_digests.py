"""The digests of a file change with what somebody sees who looks so closely, and with nothing else."""

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


def digests(text):
    return extract("shop/orders.py", "shop.orders", dedent(text).encode()).digests


def interface(text):
    return digests(text).interface


def changed(old, new):
    """The names of the digests that change."""
    assert BEFORE.count(old) == 1
    before, after = digests(BEFORE), digests(BEFORE.replace(old, new))
    return {name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os\n", "\n\n# the system\nimport os\n"),
        ("    table =", "    # its table\n\n    table ="),
        ("        lines = self.lines\n", "        # theirs\n\n        lines = self.lines\n"),
    ],
)
def test_comments_and_empty_lines_change_places_only(old, new):
    assert changed(old, new) == {"places"}


def test_a_comment_at_the_end_changes_nothing():
    assert digests(BEFORE + "\n# the end\n") == digests(BEFORE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""All of it."""', '"""All of\n\n        it."""'),
        ("lines = self.lines\n", 'lines = """\n# 3\n"""\n'),
        ("lines = self.lines\n", "lines = other = self.lines or []\n"),
        ("return line.price", "return line.amount * 2"),
        ("return self.sum", "for x in lines:\n            print(x)\n        return 0"),
    ],
)
def test_insides_of_functions_are_substance_and_no_interface(old, new):
    assert changed(old, new) - {"places"} == {"substance"}


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
def test_what_others_can_see_changes_the_interface(old, new):
    assert changed(old, new) >= {"interface", "substance"}


def test_the_order_of_what_is_bound_inside_a_function_counts():
    first = "def f():\n    global x\n    x = 1\n    import y\n"
    second = "def f():\n    global x\n    import y\n    x = 1\n"
    assert interface(first) != interface(second)


def test_a_file_that_does_not_parse_is_all_interface():
    assert interface("def (") != interface("def (:")


def test_the_encoding_counts():
    assert interface("# coding: latin-1\nx = 1\n") != interface("# coding: utf-8\nx = 1\n")


def test_what_looks_like_a_comment_inside_a_string_is_code():
    def of(text):
        return digests(f'def f():\n    if g("""\n{text}\n"""):\n        return """\n{text}\n"""\n').substance

    assert len({of("# a"), of("# b"), of(""), of("\n")}) == 4
