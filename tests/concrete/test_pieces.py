from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.concrete.heads import lowered_head
from archlint.concrete.lowering import _lowered, lower
from archlint.concrete.nesting import scanned
from archlint.concrete.pieces import Pieces
from archlint.concrete.sheet import accepts

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


HEADS = [
    "def f[T](): 0",
    "async  def f[T: int, *Ts, **P](x: T): 0",
    "class A[T: list[dict[str, int]] = int]: 0",
    "class A[T](B[T]): 0",
    "@a\n@b(1)\nclass A[T,](B): 0",
    "type A = X | Y",
    "type A[T]  = list[T]",
]


@pytest.mark.parametrize("head", HEADS)
def test_plain_heads_need_no_tree(head: str) -> None:
    """And become what the tree makes of them."""
    head += "\n"
    by_tree = _lowered(head)
    scan = scanned(head)

    def refuse(piece: str) -> str:
        raise AssertionError(piece)

    assert Pieces(head, scan.lines, refuse).whole() == (head if accepts(head.encode()) else by_tree)


@pytest.mark.parametrize(
    "source",
    [
        "def f[]( ): 0",
        "def f[a, /](): 0",
        "def f[*](): 0",
        "def f[*, a](): 0",
        "def f[**P: int](): 0",
        "def f[*T: int](): 0",
        "def f[1](): 0",
        "class A[T.x]: 0",
        "type A[$] = 1",
        "type A == 1",
        "def f[T: 'a]'](): 0",
        "def f[é](): 0",
        "def f[\nT](): 0",
    ],
)
def test_other_heads_are_left_to_the_tree(source: str) -> None:
    assert lowered_head(source, 0) is None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*"[](),:=*T ", "def f", "class A", "type A", "int", "**P", "x: T"])).map(
        "".join
    )
)
def test_heads_become_what_the_tree_makes_of_them(head: str) -> None:
    head += "\n"
    lowered = lowered_head(head, 0)
    if lowered is None or not accepts(lowered.encode()) or accepts(head.encode()):
        return
    assert lowered == _lowered(head)
