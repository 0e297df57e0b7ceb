"""Reads the installed packs: imports every rule, and checks that it is one."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Collection, Iterator
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Final

import msgspec

from archlint.card import Card
from archlint.config.model import OWN_PACK
from archlint.errors import ArchlintError, UsageError
from archlint.facts.collecting import fact_of
from archlint.pack_folders import ROOT, package_of
from archlint.registry.pack import Pack
from archlint.registry.wellformed import rule_of

GROUP: Final = "archlint.packs"
"""The entry points by which a distribution says: this package of mine is a pack."""


def declared(only: Collection[str] | None = None) -> list[EntryPoint]:
    """The entry points of all installed packs, or of those named. Raises as `archlint.registry.load` does."""
    entries: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP)):
        known = entries.setdefault(entry.name, entry)
        if known.value != entry.value:
            raise ArchlintError(f"two packs have one name: {_described(known)} and {_described(entry)}")
    if OWN_PACK not in entries:
        raise ArchlintError(
            "archlint's own packs are missing; install archlint with pip, do not only copy it"
        )
    missing = sorted(set(only or ()) - entries.keys())
    if missing:
        raise UsageError(f"no pack `{missing[0]}` is installed; there are {', '.join(entries)}")
    return [entry for name, entry in entries.items() if only is None or name in only]


def read(entry: EntryPoint) -> Pack:
    """Import a pack and its rule modules. Raises ArchlintError that names pack and distribution."""
    package = _import(entry.module, entry)
    last = entry.module.rpartition(".")[2].replace("_", "-")
    if last != entry.name or not hasattr(package, "__path__"):
        # Rules take their ids from where they lie, so that an id can always be found in the source.
        raise ArchlintError(f"{_described(entry)} must be a package whose last name is the pack's name")
    return Pack(
        name=entry.name,
        package=entry.module,
        distribution=_distribution(entry),
        text=inspect.getdoc(package) or "",
        rules=tuple(sorted(_rules(package, entry), key=lambda card: card.id)),
        collectors=tuple(_collectors(package, entry)),
    )


def read_folder(folder: str) -> Pack:
    """Import a pack that is a folder. Raises ArchlintError as `read` does."""
    package = package_of(folder)
    name = package.rpartition(".")[2].replace("_", "-")
    pack = read(EntryPoint(name, package, GROUP))
    return msgspec.structs.replace(pack, distribution=folder, folder=folder)


def _collectors(package: ModuleType, entry: EntryPoint) -> Iterator[str]:
    for each in getattr(package, "COLLECTORS", ()):
        name = getattr(each, "__qualname__", "")
        if not callable(each) or not name.isidentifier():
            raise ArchlintError(f"{_described(entry)}: COLLECTORS may hold functions of a module only")
        fact_of(each)  # refuses one that does not say what it collects
        yield f"{each.__module__}:{name}"


def _rules(package: ModuleType, entry: EntryPoint) -> Iterator[Card]:
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.startswith("_"):
            continue  # what rules of a pack share
        module = _import(f"{package.__name__}.{found.name}", entry)
        try:
            yield Card.of(rule_of(module))
        except ValueError as problem:
            raise ArchlintError(f"{_described(entry)}: {problem}") from problem


def _import(name: str, entry: EntryPoint) -> ModuleType:
    try:
        return import_module(name)
    except Exception as problem:  # whatever a stranger's module raises, the user needs to know whose it is
        reason = f"{type(problem).__name__}: {problem}"
        raise ArchlintError(f"{_described(entry)} cannot be loaded: `{name}` raised {reason}") from problem


def _described(entry: EntryPoint) -> str:
    """A pack as errors name it."""
    return f"pack `{entry.name}` of {_distribution(entry)} (`{entry.value}`)"


def _distribution(entry: EntryPoint) -> str:
    if entry.dist:
        return f"{entry.dist.name} {entry.dist.version}"
    return "a folder" if entry.module.startswith(f"{ROOT}.") else "an unknown distribution"
