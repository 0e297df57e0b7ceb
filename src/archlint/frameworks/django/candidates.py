"""Which classes may be models: found by the names of their bases, so that few files are decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.outline import ClassHead, class_heads, last_name
from archlint.frameworks.django.known_models import known_models

if TYPE_CHECKING:
    from archlint.facts.imports import Import
    from archlint.project.module import Module
    from archlint.project.project import Project

_SOURCES = ("django.db", "django.contrib.gis.db")
_FIELDS = ("models", "Field", "ForeignKey", "", "*")
"""What a module has to take from there to declare fields, and so models whose base nobody can see."""


def candidates(project: Project) -> Iterator[tuple[Module, int]]:
    """The classes, by module and index, whose bases go by the name of a model, through others too.

    What is no candidate is surely no model. In stubs there are none.
    """
    heads = [(module, class_heads(module.facts.definitions)) for module in project.modules]
    names = _names(heads)
    for module, classes in heads:
        if not classes or module.is_stub:
            continue
        declares = any(_may_declare(fact) for fact in module.facts.imports)
        aliases = _aliases(module, names)
        for index, head in enumerate(classes):
            lasts = {last_name(base) for base in head.bases}
            if lasts & names or lasts & aliases or (declares and head.bases):
                yield module, index


def _may_declare(fact: Import) -> bool:
    return fact.module.startswith(_SOURCES) and (fact.name in _FIELDS or fact.name.endswith(_FIELDS[1:3]))


def _names(heads: list[tuple[Module, tuple[ClassHead, ...]]]) -> set[str]:
    """The names that models go by, found until no class brings another."""
    names = {"Model", *(name.rpartition(".")[2] for name in known_models())}
    below: dict[str, set[str]] = {}
    for module, classes in heads:
        renamed = {f.alias: f.name for f in module.facts.imports if f.alias != f.name and f.name}
        for head in classes:
            for base in head.bases:
                last = last_name(base)
                below.setdefault(renamed.get(last, last), set()).add(head.name)
    waiting = list(names)
    while waiting:
        for name in below.get(waiting.pop(), ()):
            if name not in names:
                names.add(name)
                waiting.append(name)
    return names


def _aliases(module: Module, names: set[str]) -> set[str]:
    return {fact.alias for fact in module.facts.imports if fact.name in names}
