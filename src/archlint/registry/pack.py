"""A pack: a package whose modules are rules."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.registry.wellformed import rule_of
from archlint.rule import Rule

if TYPE_CHECKING:
    from archlint.project import Project


@dataclass(frozen=True, slots=True)
class Pack:
    """A package of rules, as its distribution declares it."""

    name: str
    package: str
    """The dotted name of the package."""

    distribution: str
    """Name and version of what was installed."""

    text: str
    """The docstring of the package: what the pack is about."""

    rules: tuple[str, ...]
    """The ids of its rules, in order."""

    detect: Callable[[Project], bool]
    """Whether the pack is used on a project whose configuration does not say."""

    @property
    def summary(self) -> str:
        """What the pack is about, in a line."""
        return self.text.partition("\n")[0]


def read(entry: EntryPoint) -> tuple[Pack, tuple[type[Rule], ...]]:
    """Import a pack and its rule modules. Raises ArchlintError that names pack and distribution."""
    package = _import(entry.module, entry)
    last = entry.module.rpartition(".")[2].replace("_", "-")
    if last != entry.name or not hasattr(package, "__path__"):
        # Rules take their ids from where they lie, so that an id can always be found in the source.
        raise ArchlintError(f"{describe(entry)} must be a package whose last name is the pack's name")
    rules = tuple(sorted(_rules(package, entry), key=lambda rule: rule.id))
    pack = Pack(
        name=entry.name,
        package=entry.module,
        distribution=_distribution(entry),
        text=inspect.getdoc(package) or "",
        rules=tuple(rule.id for rule in rules),
        detect=getattr(package, "detect", _always),
    )
    return pack, rules


def describe(entry: EntryPoint) -> str:
    """A pack as errors name it."""
    return f"pack `{entry.name}` of {_distribution(entry)} (`{entry.value}`)"


def _rules(package: ModuleType, entry: EntryPoint) -> Iterator[type[Rule]]:
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.startswith("_"):
            continue  # what rules of a pack share
        module = _import(f"{package.__name__}.{found.name}", entry)
        try:
            yield rule_of(module)
        except ValueError as problem:
            raise ArchlintError(f"{describe(entry)}: {problem}") from problem


def _import(name: str, entry: EntryPoint) -> ModuleType:
    try:
        return import_module(name)
    except Exception as problem:  # whatever a stranger's module raises, the user needs to know whose it is
        reason = f"{type(problem).__name__}: {problem}"
        raise ArchlintError(f"{describe(entry)} cannot be loaded: `{name}` raised {reason}") from problem


def _distribution(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else "an unknown distribution"


def _always(project: Project) -> bool:
    return True
