"""Which classes may be models: found by the names of their bases, so that few files are decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.frameworks.class_heads import ClassHeads, Head, aliases
from archlint.frameworks.django.known.models import known_models

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
            may_be = not local.isdisjoint(head.bases) or (declares and head.bases)
            if may_be and not _is_for_checkers(module, head):
                yield module, index


def _is_for_checkers(module: Module, head: Head) -> bool:
    """Whether only type checkers see a class: `if TYPE_CHECKING:`."""
    found = [binding for binding in module.bindings.get(head.name, ()) if binding.kind is Kind.CLASS]
    return bool(found) and all(binding.typing for binding in found)


def _may_declare(fact: Import) -> bool:
    return fact.module.startswith(_SOURCES) and (fact.name in _FIELDS or fact.name.endswith(_FIELDS[1:3]))
