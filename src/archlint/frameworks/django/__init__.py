"""Django: its models as the ORM will see them, and its settings."""

from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.settings.modules import Settings, SettingsModule

__all__ = ["DjangoModel", "DjangoModels", "Settings", "SettingsModule"]
