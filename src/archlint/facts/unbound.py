"""Names that are read where, as far as their file tells, nothing has bound them."""

from __future__ import annotations

import builtins
from enum import IntEnum

import msgspec

BUILTINS = frozenset(dir(builtins)) | {
    "BaseExceptionGroup",
    "EncodingWarning",
    "ExceptionGroup",
    "PythonFinalizationError",
    "WindowsError",
    "aiter",
    "anext",
    "copyright",
    "credits",
    "exit",
    "frozendict",
    "license",
    "quit",
    "reveal_type",
    "sentinel",
}
"""The names that some Python, on some system, has without an import, and the one that type checkers have."""


class Lack(IntEnum):
    """Why a name is not there."""

    NOWHERE = 0
    """Nothing in the file binds it. Star imports may bring it."""

    TYPING = 1
    """What binds it is seen by type checkers only."""

    LATER = 2
    """The module has not come to what binds it."""

    LOCAL = 3
    """The function that reads it has not come to what binds it, and the name is the function's own."""


class UnboundRead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The first place where a function, or the module's own run, reads such a name."""

    name: str
    lack: Lack
    is_annotation: bool
    """It stands in an annotation, which Pythons before 3.14 evaluate."""

    line: int
    column: int
