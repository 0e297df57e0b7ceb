from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.concrete.lowering import lower
from archlint.concrete.nesting import scanned
from archlint.concrete.pieces import Pieces

SOURCE = '''\
"""About it.

def f[T](): not code
"""
# -*- a comment -*-
import a

NEW = 1 $ 2


@decorated
# why
@again(
1)
class A(B):
    """Of A."""

    x = """
if 1 $ 2:
"""

    @property
    def old(self):
        return 1

    def new(self):
        y = (
            2)
        # so
        if y $ 1:
            pass
        else:
            return 3
        return 4

try:
    b $
except C:
    d
finally:
    e
if f: g; h
'''


def rewritten(source: str) -> list[str]:
    """What is given to be rewritten: with `$`, which stands for new syntax that no Python knows."""
    asked: list[str] = []

    def rewrite(piece: str) -> str:
        asked.append(piece)
        return piece

    scan = scanned(source)
    assert Pieces(source, scan.lines, rewrite).whole() == source
    return asked


def test_only_the_statements_that_need_it_are_rewritten() -> None:
    assert rewritten(SOURCE) == [
        "NEW = 1 $ 2\n\n\n",
        '@decorated\n# why\n@again(\n1)\nclass A(B):\n    """Of A."""\n\n',
        "if 1:\n    def new(self):\n        y = (\n            2)\n        # so\n",
        "if 1:\n        if y $ 1:\n            pass\n        else:\n            return 3\n",
        "try:\n    b $\nexcept C:\n    d\nfinally:\n    e\n",
    ]


@pytest.mark.parametrize(
    "source", ["class A[$]: 0", "def f($): 0\n", "x $\n\n", "  x $ 1\n", "class A$:\n", "@a $"]
)
def test_what_has_no_parts_is_rewritten_whole(source: str) -> None:
    (asked,) = rewritten(source)
    assert asked.removeprefix("if 1:\n") == source


WORDS = [
    "class A:\n",
    "def f():\n",
    "    ",
    "\t",
    "x\n",
    "$ ",
    "if y:\n",
    "else:\n",
    "@a\n",
    "'''",
    "(",
    ")",
    "\n",
    "#",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
def test_nothing_is_lost(source: str) -> None:
    rewritten(source)


def test_only_what_nests_deeply_takes_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    real = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        started.append(thread)
        real(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    shallow = b"x = [1, (2, {3: f'{y!r}'})]\nlazy import z\n"
    assert lower(shallow)
    assert started == []
    assert lower(shallow + b"x = " + b"-" * 900 + b"1\n")
    assert started
