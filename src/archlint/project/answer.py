"""What a question about a name may be answered with."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from archlint.facts.bindings import Kind
    from archlint.project.module import Module


class Unresolved(Enum):
    """The two ways of having no answer."""

    UNKNOWN = "unknown"
    """It may be there, but nobody can tell from the source."""

    MISSING = "missing"
    """It is not there."""


UNKNOWN = Unresolved.UNKNOWN
MISSING = Unresolved.MISSING


class External(msgspec.Struct, frozen=True):
    """Something outside the project, by its dotted name."""

    name: str


class Folder(msgspec.Struct, frozen=True):
    """A namespace package: a folder of the project without an `__init__.py`."""

    path: str
    name: str


class Definition(msgspec.Struct, frozen=True):
    """A name that a module of the project binds itself: a class, a function, a value."""

    module: Module
    kind: Kind
    qualname: str
    """Its name inside the module; see `FunctionFact.qualname`."""

    index: int
    """Of its class or function fact; -1 for values."""

    line: int
    member: str = ""
    """Further attributes that were asked of it: `total` in `app.cart.Cart.total`."""

    @property
    def name(self) -> str:
        """Its dotted name, with the module's in front."""
        return ".".join(filter(None, (self.module.name, self.qualname, self.member)))


Answer: TypeAlias = "Module | Folder | Definition | External | Unresolved"
