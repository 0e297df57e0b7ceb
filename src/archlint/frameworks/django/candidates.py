"""Which classes may be models: found by the names of their bases, so that few files are decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.class_heads import ClassHeads, aliases
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
    heads = project.view(ClassHeads)
    names = heads.going_by({"Model", *(name.rpartition(".")[2] for name in known_models())})
    for module, classes in heads:
        if not classes or module.is_stub:
            continue
        declares = any(_may_declare(fact) for fact in module.facts.imports)
        local = names | aliases(module, names)
        for index, head in enumerate(classes):
            if not local.isdisjoint(head.bases) or (declares and head.bases):
                yield module, index


def _may_declare(fact: Import) -> bool:
    return fact.module.startswith(_SOURCES) and (fact.name in _FIELDS or fact.name.endswith(_FIELDS[1:3]))
