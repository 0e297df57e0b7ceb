"""What names modules of a project without importing them, as frameworks read it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from archlint.project.imports.import_graph import Edge
from archlint.project.references import Referrers, reference

if TYPE_CHECKING:
    from archlint.frameworks.schema import Schema
    from archlint.project.project import Project


def _relations(project: Project) -> Iterator[Edge]:
    """From the model that declares a relation to the one it leads to, whatever the ORM."""
    from archlint.frameworks.django.models.registered import DjangoModels
    from archlint.frameworks.sqlalchemy.mappings import Mappings

    schemas: tuple[Schema, ...] = (project.view(DjangoModels), project.view(Mappings))
    for schema in schemas:
        for model in schema.declared():
            for relation in model.relations.values():
                target = schema.model(relation.target)
                place = relation.place
                if relation.is_reverse or relation.owner != model.key or place is None:
                    continue
                if target is not None and target.place is not None:
                    by = f"the relation `{model.name}.{relation.name}`"
                    yield reference(place.module, target.place.module, by, place.line, place.column)


def _models(project: Project) -> Iterator[Edge]:
    from archlint.frameworks.django.looked_up import looked_up_models

    for model, module, form in looked_up_models(project):
        if model.place is not None:
            by = f'`get_model("{model.label}")`'
            yield reference(module, model.place.module, by, form.line, max(form.column - 1, 0))


def _urls(project: Project) -> Iterator[Edge]:
    from archlint.frameworks.django.urls.calls import included_modules

    for module, included, form in included_modules(project):
        yield reference(module, included, "`include()`", form.line, form.column)


def _settings(project: Project) -> Iterator[Edge]:
    from archlint.frameworks.django.settings.named_modules import named_modules

    for module, setting, place in named_modules(project):
        yield reference(place.module, module, f"`{setting}`", place.line, place.column)


REFERRERS: Referrers = MappingProxyType(
    {"models": _models, "relations": _relations, "settings": _settings, "urls": _urls}
)
