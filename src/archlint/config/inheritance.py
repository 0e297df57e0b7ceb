"""Reading a configuration together with all that it extends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from archlint.config.document import read
from archlint.config.merging import combined
from archlint.config.model import Origin
from archlint.config.positions import KeyPath
from archlint.config.reader import Problems, Reader
from archlint.config.records import Record
from archlint.config.references import Target, UnknownReferenceError, resolve
from archlint.config.sourced import Sourced
from archlint.config.wording import quoted
from archlint.errors import ConfigError

DEEPEST: Final = 32
"""Files that may extend one from another; more is a mistake or malice."""

Identity: TypeAlias = tuple[str, str]


class Inheritance(msgspec.Struct):
    """The files read so far, each once, and those that are being read."""

    grammar: Record
    root: Path
    problems: Problems
    trees: dict[Identity, Sourced] = msgspec.field(default_factory=dict)
    chain: dict[Identity, str] = msgspec.field(default_factory=dict)
    """The names of the files on the way from the first one to the present."""

    def tree(self, target: Target) -> Sourced:
        """What a file says, over all that it extends. Mistakes are gathered, not raised."""
        identity = _identity(target)
        if identity not in self.trees:
            self.chain[identity] = self._name(target)
            self.trees[identity] = self._read(target, self.chain[identity])
            del self.chain[identity]
        return self.trees[identity]

    @property
    def files(self) -> tuple[str, ...]:
        """The absolute paths of the files read so far."""
        return tuple(sorted({path for path, _ in self.trees}))

    def _read(self, target: Target, name: str) -> Sourced:
        try:
            document = read(target.file, name, is_preset=bool(target.preset))
        except ConfigError as error:
            for problem in error.problems:
                self.problems.add(problem)
            return Sourced({}, Origin(name))
        reader = Reader(document, Path(os.path.realpath(self.root)), self.problems)
        own = self.grammar.read(document.table, (), reader)
        extends = own.value.pop("extends", Sourced((), own.origin))
        bases = [
            self.tree(base)
            for at, reference in enumerate(extends.value or ())
            if (base := self._base(reference, ("extends", at), reader))
        ]
        return reduce(combined, (*bases, own))

    def _base(self, reference: Sourced, path: KeyPath, reader: Reader) -> Target | None:
        if not reference.value:
            return None
        try:
            target = resolve(reference.value, reader.document.file.parent)
        except UnknownReferenceError as error:
            reader.problem(path, error.message, error.hint)
            return None
        if _identity(target) in self.chain:
            cycle = " → ".join((*self._from(_identity(target)), self._name(target)))
            reader.problem(path, f"{quoted(reference.value)} extends itself: {cycle}")
            return None
        if len(self.chain) >= DEEPEST and _identity(target) not in self.trees:
            reader.problem(path, f"more than {DEEPEST} files extend one another")
            return None
        return target

    def _from(self, identity: Identity) -> Iterator[str]:
        started = False
        for each, name in self.chain.items():
            started = started or each == identity
            if started:
                yield name

    def _name(self, target: Target) -> str:
        if target.preset:
            return f"preset {target.preset}"
        try:
            return Path(os.path.relpath(target.file, self.root)).as_posix()
        except ValueError:  # another drive
            return target.file.as_posix()


def _identity(target: Target) -> Identity:
    return os.path.realpath(target.file), target.preset
