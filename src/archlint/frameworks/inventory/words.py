"""Routes, tables and migrations in words, without facts behind them."""

from __future__ import annotations

import msgspec


class DeclaredRoute(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A route in words."""

    path: str
    methods: tuple[str, ...]
    """In capitals; empty for all, or where nobody can tell."""

    handler: str
    """The dotted name of what answers; empty where nobody can tell."""

    source: str
    """The path of the file that declares it."""

    line: int


class Table(msgspec.Struct, frozen=True, array_like=True):
    """A model as the database would know it."""

    model: str
    """Its dotted name."""

    orm: str
    """`django` or `sqlalchemy`."""

    columns: dict[str, str]
    """What each field says, in a form that stays the same while it does."""

    source: str
    """The path of the file that declares it."""

    line: int

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.model.rpartition(".")[2]


class Migration(msgspec.Struct, frozen=True, array_like=True):
    """One step."""

    source: str
    """The path of the file."""

    orm: str
    """`django` or `sqlalchemy`, as `Table.orm`."""

    digest: bytes
    """Of what it says."""

    @property
    def folder(self) -> str:
        """Where it lies, with its neighbours."""
        return self.source.rpartition("/")[0]
