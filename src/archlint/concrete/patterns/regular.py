"""Regular expressions in time that grows with the text and no faster, whatever somebody has written.

Python's own engine goes back and tries again, for `(a+)+b` longer than anybody waits. It is asked where one
look shows that it cannot; for the others all ways are followed at once, step by step.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, TypeAlias

_IS_NEW: Final = sys.version_info >= (3, 11)
codes: Any = import_module("re._constants" if _IS_NEW else "sre_constants")
compiler: Any = import_module("re._compiler" if _IS_NEW else "sre_compile")
parser: Any = import_module("re._parser" if _IS_NEW else "sre_parse")
Node: TypeAlias = Any
"""What the parser gives has no public names."""

_MOST_STEPS: Final = 20_000
"""Of an expression with its counted repeats written out."""

_MOST_REPEATS: Final = 2
"""Repeats after one another that Python's engine may try in all ways."""

Step: TypeAlias = tuple[Any, ...]
_REPEATS: Final = frozenset(
    each for each in (codes.MAX_REPEAT, codes.MIN_REPEAT, getattr(codes, "POSSESSIVE_REPEAT", None)) if each
)
_UNSEEN: Final = frozenset(
    each
    for each in (
        codes.GROUPREF,
        codes.GROUPREF_EXISTS,
        getattr(codes, "ATOMIC_GROUP", None),
        getattr(codes, "POSSESSIVE_REPEAT", None),
    )
    if each
)


class Endless(ValueError):  # noqa: N818 -- an adjective: it is said of an expression
    """An expression that may take for ever, and cannot be followed in another way."""


def spells(regex: str, text: str) -> bool:
    """Whether an expression matches the whole of a text. Raises Endless, and re.error."""
    return _matcher(regex)(text)


@lru_cache(maxsize=256)
def _matcher(regex: str) -> Callable[[str], bool]:
    pattern = re.compile(regex, re.DOTALL)
    tree = parser.parse(regex, re.DOTALL)
    if _nesting(tree) < 2 and _repeats(tree) <= _MOST_REPEATS:
        return lambda text: pattern.fullmatch(text) is not None
    program: list[Step] = []
    _compile(tree, pattern.flags, program)
    program.append(("end",))
    return lambda text: _run(program, text)


def _nesting(tree: Iterable[Node]) -> int:
    """How deep repeats without a bound, or with alternatives inside, lie in each other."""
    deepest = 0
    for code, value in tree:
        inside = max((_nesting(each) for each in _parts(code, value)), default=0)
        if code in _REPEATS and value[1] > 1:
            inside += 2 if _has(value[2], codes.BRANCH) else 1
        deepest = max(deepest, inside)
    return deepest


def _repeats(tree: Iterable[Node]) -> int:
    """How many repeats there are."""
    found = 0
    for code, value in tree:
        found += code in _REPEATS and value[1] > 1
        found += sum(_repeats(each) for each in _parts(code, value))
    return found


def _has(tree: Iterable[Node], wanted: object) -> bool:
    return any(
        code is wanted or any(_has(each, wanted) for each in _parts(code, value)) for code, value in tree
    )


def _parts(code: object, value: Node) -> tuple[Iterable[Node], ...]:
    if code in _REPEATS:
        return (value[2],)
    if code is codes.SUBPATTERN:
        return (value[3],)
    if code is codes.BRANCH:
        return tuple(value[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return (value[1],)
    return (value,) if code is getattr(codes, "ATOMIC_GROUP", None) else ()


def _compile(tree: Iterable[Node], flags: int, program: list[Step]) -> None:
    """Write the steps of an expression down: what takes a character, and where to go on."""
    for code, value in tree:
        if len(program) > _MOST_STEPS:
            raise Endless("it is too long")
        if code in _UNSEEN or (code in (codes.ASSERT, codes.ASSERT_NOT)):
            raise Endless("it nests repeats, beside what only Python's own engine can follow")
        if code in _REPEATS:
            _repeat(value, flags, program)
        elif code is codes.SUBPATTERN:
            _compile(value[3], (flags | value[1]) & ~value[2], program)
        elif code is codes.BRANCH:
            _branch(value[1], flags, program)
        elif code is codes.AT:
            program.append(("at", _place(value, flags)))
        else:
            program.append(("take", _character(code, value, flags)))


def _repeat(value: Node, flags: int, program: list[Step]) -> None:
    least, most, inside = value
    for _ in range(least):
        _compile(inside, flags, program)
    if most is codes.MAXREPEAT:
        start = len(program)
        program.append(("fork",))
        _compile(inside, flags, program)
        program.append(("go", start))
        program[start] = ("fork", start + 1, len(program))
        return
    forks = []
    for _ in range(most - least):
        forks.append(len(program))
        program.append(("fork",))
        _compile(inside, flags, program)
    for fork in forks:
        program[fork] = ("fork", fork + 1, len(program))


def _branch(ways: Iterable[Iterable[Node]], flags: int, program: list[Step]) -> None:
    ends = []
    for way in ways:
        fork = len(program)
        program.append(("fork",))
        _compile(way, flags, program)
        ends.append(len(program))
        program.append(("go",))
        program[fork] = ("fork", fork + 1, len(program))
    program.append(("never",))
    for end in ends:
        program[end] = ("go", len(program))


def _place(at: Node, flags: int) -> Callable[[str, int], bool]:
    """Whether an anchor holds at a place; asked of Python's engine, which looks at one place only."""
    written = {
        codes.AT_BEGINNING: "^",
        codes.AT_BEGINNING_STRING: r"\A",
        codes.AT_BOUNDARY: r"\b",
        codes.AT_NON_BOUNDARY: r"\B",
        codes.AT_END: "$",
        codes.AT_END_STRING: r"\Z",
    }
    pattern = re.compile(written[at], flags & (re.MULTILINE | re.ASCII))
    return lambda text, place: pattern.match(text, place) is not None


def _character(code: Node, value: Node, flags: int) -> Callable[[str], bool]:
    """Whether one character fits; asked of Python's engine, one character at a time."""
    state = parser.State()
    state.flags = flags
    one = parser.SubPattern(state, [(code, value)])
    pattern = compiler.compile(one, flags & ~re.DEBUG)
    known: dict[str, bool] = {}

    def fits(character: str) -> bool:
        found = known.get(character)
        if found is None:
            found = known[character] = pattern.fullmatch(character) is not None
        return found

    return fits


def _run(program: list[Step], text: str) -> bool:
    now = _reached(program, (0,), text, 0)
    for place, character in enumerate(text):
        taken = [at + 1 for at in now if program[at][0] == "take" and program[at][1](character)]
        if not taken:
            return False
        now = _reached(program, taken, text, place + 1)
    return any(program[at][0] == "end" for at in now)


def _reached(program: list[Step], start: Iterable[int], text: str, place: int) -> set[int]:
    """All steps that may come next without taking a character."""
    found: set[int] = set()
    waiting = list(start)
    while waiting:
        at = waiting.pop()
        if at in found:
            continue
        found.add(at)
        what, *where = program[at]
        if what in ("fork", "go"):
            waiting += where
        elif what == "at" and where[0](text, place):
            waiting.append(at + 1)
    return found
