"""Which names are read before, or without, anything that binds them.

The walk meets names nearly in the order in which they are evaluated. So what a scope has read of a name when
the name is bound for the first time, it has read too early. What a function reads and does not bind is looked
for in the scopes around when these are over: it runs later.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.unbound import BUILTINS, Lack, UnboundRead

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.facts.walk.state import Scope, Walk


class Annotated(msgspec.Struct, frozen=True):
    """A name that is read in an annotation."""

    id: str
    lineno: int
    col_offset: int


Read: TypeAlias = "ast.Name | Annotated"
Reads: TypeAlias = dict[str, Read]
"""The first read of each name."""

Later: TypeAlias = tuple[Reads, Set[str]]
"""What is read when something is called, and which of these names are found within."""


class _Nowhere(Reads):
    """Where it does not matter what is read: it never runs, or somebody expects that it fails."""

    def setdefault(self, name: str, read: Read) -> Read:
        return read


NOWHERE: Final = _Nowhere()

AT_ONCE: Final = frozenset({Kind.VALUE, Kind.IMPORT, Kind.CAUGHT})
"""What binds a name as soon as it is met. A function's is bound after its head, a class's after its body."""


def inner(walk: Walk) -> Reads:
    """An empty record for what is read within, if anything of it matters."""
    return NOWHERE if walk.reads is NOWHERE else {}


def settle(walk: Walk, name: str) -> None:
    """From here on the scope has a name; what it has read of it before, it has read too early."""
    scope = walk.scope
    if name in scope.settled or walk.conditions.typing:
        return
    if name in scope.shared:
        if scope.shared[name] and walk.stack:
            walk.stack[0].settled.add(name)
        return
    scope.settled.add(name)
    if name in scope.reads:
        _note_early(scope, name)


def _note_early(scope: Scope, name: str) -> None:
    if scope.early is None:
        scope.early = {}
    scope.early[name] = scope.reads[name]


def unsettle(walk: Walk, name: str) -> None:
    """From here on the scope has a name no more; what was read of it was there."""
    walk.scope.settled.discard(name)
    walk.scope.reads.pop(name, None)


def hand_over(walk: Walk, left: Scope) -> None:
    """Give what a scope has read and not bound to the scope around it, which is the walk's again."""
    if not left.is_function:
        for name, read in left.reads.items():
            if name not in left.settled or (left.early and name in left.early):
                walk.reads.setdefault(name, read)
        walk.scope.later += left.later  # what methods read, a class does not lend them
        return
    own, reads = left.names.keys(), left.reads
    for name in (reads.keys() & own) - left.settled:
        _note_early(left, name)
    if left.early:
        walk.unbound += [_unbound(read, Lack.LOCAL) for read in left.early.values()]
    if reads:
        walk.scope.later.append((reads, own))
    walk.scope.later += [(others, own | names) for others, names in left.later]


class Within:
    """What a lambda or a comprehension reads, which has names of its own."""

    __slots__ = ("around", "found", "mark", "walk")

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.mark = len(walk.scope.later)
        self.around = walk.reads
        self.found = walk.reads = inner(walk)

    def end(self, names: Iterable[str], *, is_run: bool) -> None:
        """Give what is not one of its own names to the scope around.

        `is_run` says that it runs at once; in the body of a class it does not see all names even then.
        """
        walk, own = self.walk, frozenset(names)
        walk.reads = self.around
        later = walk.scope.later
        if self.mark < len(later):
            later[self.mark :] = [(reads, own | names) for reads, names in later[self.mark :]]
        if not is_run or walk.scope.owner >= 0:
            later.append((self.found, own))
            return
        for name, read in self.found.items():
            if name not in own:
                walk.reads.setdefault(name, read)


def note_annotation(walk: Walk, found: Reads) -> None:
    """Give what was read in an annotation to the scope, as that."""
    for name, read in found.items():
        walk.reads.setdefault(name, Annotated(name, read.lineno, read.col_offset))


def bound_by(generators: list[ast.comprehension]) -> list[str]:
    """The names that a comprehension binds."""
    names: list[str] = []
    for each in generators:
        if isinstance(each.target, ast.Name):
            names.append(each.target.id)
        else:
            names += [part.id for part in ast.walk(each.target) if isinstance(part, ast.Name)]
    return names


def unbound(walk: Walk) -> tuple[UnboundRead, ...]:
    """The reads of a file that nothing in it has bound. None where part of the file was not walked."""
    scope = walk.scope
    pending = [(read, Lack.LATER) for name, read in (scope.early or {}).items() if name not in BUILTINS]
    there = scope.settled | BUILTINS
    for reads, own in ((scope.reads, frozenset[str]()), *scope.later):
        missing = reads.keys() - own - there
        pending += [(reads[name], Lack.NOWHERE) for name in missing if not name.startswith("__")]
    if not walk.is_whole or not (pending or walk.unbound):
        return ()
    table: dict[str, list[Binding]] = {}
    for binding in scope.bindings:
        table.setdefault(binding.name, []).append(binding)
    found = list(walk.unbound)
    for read, lack in pending:
        bindings = table.get(read.id, [])
        if any(each.kind is Kind.DECLARED for each in bindings):
            continue  # somebody may fill it in
        is_typing = bool(bindings) and all(each.typing for each in bindings)
        found.append(_unbound(read, Lack.TYPING if is_typing else lack))
    return tuple(sorted(found, key=lambda each: (each.line, each.column)))


def _unbound(read: Read, lack: Lack) -> UnboundRead:
    return UnboundRead(read.id, lack, isinstance(read, Annotated), read.lineno, read.col_offset)
