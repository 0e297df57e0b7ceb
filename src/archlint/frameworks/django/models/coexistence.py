"""Which models are there at the same time: in one project several sites, and models made by single tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.frameworks.django.apps import Apps
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.frameworks.django.settings.modules import Settings


class Coexistence:
    """Tells whether two models are ever loaded together."""

    def __init__(self, settings: Settings, apps: Apps) -> None:
        self._installed = [
            frozenset(apps.entry(text).label for text in one.certain("INSTALLED_APPS"))
            for one in settings.final
        ]

    def certain(self, one: DjangoModel, other: DjangoModel) -> bool:
        """Whether two models are surely loaded together somewhere."""
        if one.label == other.label and one.key != other.key:
            return False  # two definitions of one model: one or the other
        scopes = (_scope(one), _scope(other))
        if not all(inner.startswith(outer) for inner, outer in (sorted(scopes, key=len, reverse=True),)):
            return False
        if any(scopes) and not _share_module(one, other):
            return False
        if one.app_label == other.app_label:
            return True
        pair = {one.app_label, other.app_label}
        return any(pair <= labels for labels in self._installed)


def _scope(model: DjangoModel) -> str:
    """The function that makes a model, empty for models of modules."""
    if model.cls is None:
        return ""
    qualname = model.cls.fact.qualname
    return qualname[: qualname.rindex("()") + 2] if "()" in qualname else ""


def _share_module(one: DjangoModel, other: DjangoModel) -> bool:
    return one.cls is not None and other.cls is not None and one.cls.module is other.cls.module
