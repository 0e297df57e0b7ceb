"""Which classes may be models: found by the names of their bases, so that few files are decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Expression, Name, Subscript
from archlint.facts.outline import ClassHead, class_heads
from archlint.frameworks.django.known_models import known_models
from archlint.project.classes import ProjectClass
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_SOURCES = ("django.db", "django.contrib.gis.db")
"""Who imports from here may declare fields, and so models whose base nobody can see."""


def candidates(project: Project) -> Iterator[ProjectClass]:
    """The classes whose bases go by the name of a model, directly or through other classes.

    What is no candidate is surely no model. In stubs and generated history there are none.
    """
    heads = [(module, class_heads(module.facts.definitions)) for module in project.modules]
    names = _names(heads)
    for module, classes in heads:
        if not classes or module.is_stub:
            continue
        declares = any(fact.module.startswith(_SOURCES) for fact in module.facts.imports)
        aliases = _aliases(module, names)
        for index, head in enumerate(classes):
            lasts = {last_name(base) for base in head.bases}
            if lasts & names or lasts & aliases or (declares and head.bases):
                yield ProjectClass(module, index)


def last_name(base: Expression) -> str:
    """The last name of a base: `Model` of `models.Model`; empty where it has none, as calls do."""
    if isinstance(base, Name):
        return base.id
    if isinstance(base, Attribute):
        return base.attr
    return last_name(base.value) if isinstance(base, Subscript) else ""


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
