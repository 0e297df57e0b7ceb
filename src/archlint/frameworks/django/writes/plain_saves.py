"""Models whose objects are saved by Django alone, so that saving many at once does the same.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#bulk-create
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Literal
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.signals import Signals
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.project import Project

_OWN = frozenset({"save", "save_base", "asave", "__init__"})
_BARE = ("django.db.models.", "django.contrib.auth.", "typing.", "builtins.", "abc.")


class PlainSaves:
    """Answers for models."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._hierarchy = project.view(ClassHierarchy)
        self._signals = project.view(Signals)
        self._values = project.view(ClassValues)

    @classmethod
    def build(cls, project: Project) -> PlainSaves:
        """The view of a project."""
        return cls(project)

    def of(self, key: str) -> bool:
        """Whether nothing of the project's own happens when an object of a model is saved."""
        model = self._models.model(key)
        if not isinstance(model, DjangoModel) or self._signals.hear_saves(model):
            return False
        return self.is_done_by_django(key)

    def is_done_by_django(self, key: str) -> bool:
        """Whether the classes of a model leave it to Django to make and save its objects."""
        model = self._models.model(key)
        if not isinstance(model, DjangoModel) or model.is_open or model.cls is None:
            return False
        if any(
            not parent.is_abstract for parent in map(self._models.model, model.parents) if parent is not None
        ):
            return False  # a row in two tables, which `bulk_create` does not make
        return all(self._is_plain(model, one) for one in self._hierarchy.order(model.cls))

    def sets_itself(self, key: str) -> bool:
        """Whether saving sets a field by itself (`auto_now`), which `bulk_update` does not."""
        model = self._models.model(key)
        if model is None:
            return True
        flags = (field.options.get("auto_now") for field in model.fields.values())
        return any(flag is not None and flag != Literal(False, 0, 0) for flag in flags)

    def _is_plain(self, model: DjangoModel, one: object) -> bool:
        if isinstance(one, External):
            return one.name.startswith(_BARE)
        if not isinstance(one, ProjectClass):
            return False
        if any(member.name in _OWN for member in one.fact.members):
            return False
        own = (*model.fields, *model.relations, *model.managers)
        values = self._values.values(one).items()
        return not any(
            isinstance(value, Call) and name not in own for name, value in values
        )  # a tracker, a log
