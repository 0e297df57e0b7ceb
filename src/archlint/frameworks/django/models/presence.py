"""Which models are there at run time: known ones only where their app may be installed."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archlint.facts.expressions import Literal
from archlint.frameworks.django.known.packages import SILENT_APPS
from archlint.frameworks.django.models.spelling import MODELS

if TYPE_CHECKING:
    from archlint.frameworks.django.apps import Apps
    from archlint.frameworks.django.models.declared import Blueprint
    from archlint.frameworks.django.settings.modules import Settings

DEFAULT_USER = "auth.User"
"""What AUTH_USER_MODEL is where nobody sets it."""

_SHARED = frozenset({"contenttypes.contenttype", "auth.group", "auth.permission", "sites.site"})
"""Models that apps from anywhere point at, besides the user model."""


class Presence:
    """Answers from the settings, as far as they tell."""

    def __init__(self, settings: Settings, apps: Apps, own: Collection[str]) -> None:
        self._apps = apps
        self._user = (settings.user_model or "").lower()
        self._settings = settings
        self._sees_all = settings.sees_all_apps
        self._installed = settings.installed
        self._strangers = {
            name
            for name in settings.installed
            if name.partition(".")[0] not in own
            and not name.startswith("django.contrib.")
            and name.partition(".")[0] not in SILENT_APPS
        }

    def of(self, blueprint: Blueprint) -> bool:
        """Whether a model may be there."""
        if blueprint.cls is not None or blueprint.is_abstract or not self._sees_all:
            return True
        package = blueprint.key.rpartition(".models.")[0]
        return any(name == package or name.startswith(f"{package}.") for name in self._installed)

    def is_swapped(self, blueprint: Blueprint) -> bool:
        """Whether the settings put another model in its place."""
        if blueprint.key == "django.contrib.auth.models.User":
            return self._user not in ("", "auth.user")
        setting = blueprint.option("swappable")
        if not isinstance(setting, Literal) or not isinstance(setting.value, str):
            return False
        if setting.value == "AUTH_USER_MODEL":
            return bool(self._user) and self._user != blueprint.label.lower()
        labels = {label.lower() for label in self._settings.labels(setting.value)}
        return bool(labels) and blueprint.label.lower() not in labels

    def is_extended(self, blueprint: Blueprint) -> bool:
        """Whether an app that nobody here knows may point at this model, and give it names."""
        label = blueprint.label.lower()
        if label not in _SHARED and label != self._user and not (not self._user and is_user(blueprint)):
            return False
        has_settings = bool(self._installed or self._settings.modules)
        return bool(self._strangers) or (not self._sees_all and (has_settings or blueprint.cls is None))

    def auto_field(self, blueprint: Blueprint) -> str:
        """The class of the key that Django adds."""
        if blueprint.cls is None and blueprint.key.startswith("django."):
            return f"{MODELS}.AutoField"
        own = self._apps.of(blueprint.cls.module).auto_field if blueprint.cls is not None else ""
        texts = [own] if own else sorted(self._settings.labels("DEFAULT_AUTO_FIELD"))
        if len(texts) == 1 and texts[0].startswith(f"{MODELS}."):
            return texts[0]
        return f"{MODELS}.AutoField"


def is_user(blueprint: Blueprint) -> bool:
    """Whether a model is made to be the user model."""
    return any(key.startswith("django.contrib.auth.models.Abstract") for key in blueprint.ancestors)
