"""The names that a module or class body binds, and how."""

from __future__ import annotations

from enum import IntEnum

import msgspec


class Kind(IntEnum):
    """What binds a name."""

    VALUE = 0
    """Assignment, loop target, `with` target, pattern, `global` in a function."""

    FUNCTION = 1
    CLASS = 2
    IMPORT = 3
    DELETED = 4
    """`del name`, where nothing but the module's or the class's own run decides that it happens."""

    DECLARED = 5
    """An annotation without a value binds nothing at run time."""

    CAUGHT = 6
    """`except … as name`, which is unbound again at the end of the handler."""


UNBOUND = frozenset({Kind.DELETED, Kind.DECLARED, Kind.CAUGHT})
"""What leaves no name behind."""


class Binding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One binding of one name. A name that is bound twice has two, in the order of the source."""

    name: str
    kind: Kind
    index: int
    """Of the function, class or import fact; -1 for the others."""

    typing: bool
    """Only type checkers see it."""

    line: int
    column: int
