"""Facts of packs: what functions of theirs say of the tree of a file, beside archlint's own facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from archlint.errors import ArchlintError
from archlint.source import Tree

F = TypeVar("F")


class Collector(msgspec.Struct, frozen=True, array_like=True):
    """One function of a pack, as it crosses process borders."""

    pack: str
    stamp: str
    """Changes with the version of the pack, and with its code."""

    module: str
    name: str
    folder: str = ""
    """Of a pack that is a folder."""

    @property
    def key(self) -> str:
        """What its facts are kept by."""
        return f"{self.pack}@{self.stamp}/{self.module}:{self.name}"

    def load(self) -> Callable[[Tree], Iterable[Any]]:
        """The function itself, imported now."""
        if self.folder:
            from archlint.pack_folders import package_of

            package_of(self.folder)
        found: Callable[[Tree], Iterable[Any]] = getattr(import_module(self.module), self.name)
        return found


class Collected(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one collector said of one file."""

    facts: bytes = b"\x90"
    """As MessagePack; none where the file has no tree."""

    error: str = ""
    """Why it said nothing: what it raised."""


class NotCollectedError(LookupError):
    """Facts that were not collected, or whose collector raised."""


def collect(collectors: Sequence[Collector], tree: Tree | None) -> dict[str, Collected]:
    """What collectors say of a file, by their keys. A collector that raises fails whoever asks for it."""
    return {each.key: _collected(each, tree) if tree is not None else Collected() for each in collectors}


def decoded(
    collector: Callable[[Tree], Iterable[F]], path: str, collected: Mapping[str, Collected]
) -> tuple[F, ...]:
    """What a collector said of a file. Raises NotCollectedError where it did not, or could not."""
    name = f"{collector.__module__}:{collector.__qualname__}"
    found = next((said for key, said in collected.items() if key.partition("/")[2] == name), None)
    if found is None:
        raise NotCollectedError(f"`{name}` is not among the COLLECTORS of a pack that runs")
    if found.error:
        raise NotCollectedError(f"`{name}` failed on {path}: {found.error}")
    facts: tuple[F, ...] = msgspec.msgpack.decode(found.facts, type=tuple[fact_of(collector), ...])  # type: ignore[misc]
    return facts


def fact_of(collector: Callable[..., Iterable[Any]]) -> Any:  # noqa: ANN401 -- a type, whatever it is
    """The type of the facts of a collector: what its annotated result is made of.

    Raises ArchlintError where it is not annotated.
    """
    arguments = get_args(get_type_hints(collector).get("return"))
    if not arguments:
        name = f"{collector.__module__}.{collector.__qualname__}"
        raise ArchlintError(f"the collector `{name}` must be annotated with its facts: `-> Iterator[Fact]`")
    return arguments[0]


def _collected(collector: Collector, tree: Tree) -> Collected:
    try:
        return Collected(msgspec.msgpack.encode(tuple(collector.load()(tree))))
    except Exception as problem:  # a stranger's function may raise what it likes
        return Collected(error=f"{type(problem).__name__}: {problem}")
