"""Settings whose texts are dotted names, of modules or of what is in them.

https://docs.djangoproject.com/en/5.2/ref/settings/ and
https://www.django-rest-framework.org/api-guide/settings/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.settings.values import (
    Listing,
    Scalar,
    SettingValue,
    Table,
    alternatives,
)

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule

_ANY = "*"
_PLAIN = (
    "ASGI_APPLICATION",
    "AUTHENTICATION_BACKENDS",
    "CSRF_FAILURE_VIEW",
    "DATABASE_ROUTERS",
    "DEFAULT_EXCEPTION_REPORTER",
    "DEFAULT_EXCEPTION_REPORTER_FILTER",
    "EMAIL_BACKEND",
    "FILE_UPLOAD_HANDLERS",
    "FORM_RENDERER",
    "INSTALLED_APPS",
    "MESSAGE_STORAGE",
    "MIDDLEWARE",
    "PASSWORD_HASHERS",
    "ROOT_URLCONF",
    "SESSION_ENGINE",
    "SESSION_SERIALIZER",
    "TEST_RUNNER",
    "WSGI_APPLICATION",
)
_OF_REST_FRAMEWORK = (
    "DEFAULT_AUTHENTICATION_CLASSES",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS",
    "DEFAULT_FILTER_BACKENDS",
    "DEFAULT_METADATA_CLASS",
    "DEFAULT_PAGINATION_CLASS",
    "DEFAULT_PARSER_CLASSES",
    "DEFAULT_PERMISSION_CLASSES",
    "DEFAULT_RENDERER_CLASSES",
    "DEFAULT_SCHEMA_CLASS",
    "DEFAULT_THROTTLE_CLASSES",
    "DEFAULT_VERSIONING_CLASS",
    "EXCEPTION_HANDLER",
)
_PATHS: tuple[tuple[str, ...], ...] = (
    *((name,) for name in _PLAIN),
    ("AUTH_PASSWORD_VALIDATORS", "NAME"),
    ("CACHES", _ANY, "BACKEND"),
    *(("REST_FRAMEWORK", key) for key in _OF_REST_FRAMEWORK),
    ("STORAGES", _ANY, "BACKEND"),
    ("TEMPLATES", "BACKEND"),
    ("TEMPLATES", "OPTIONS", "context_processors"),
)
"""Each setting with the keys of the dicts in it; lists between them are gone through."""


def dotted_settings(settings: SettingsModule) -> Iterator[tuple[str, Scalar]]:
    """The dotted names in the settings of a module, each with the setting as one writes it."""
    for name, *keys in _PATHS:
        written = name + "".join(f'["{key}"]' for key in keys[-1:])
        for text in _texts(settings.get(name), tuple(keys)):
            yield written, text


def _texts(value: SettingValue | None, keys: tuple[str, ...]) -> Iterator[Scalar]:
    for each in alternatives(value):
        if isinstance(each, Listing):
            for item in each.items:
                yield from _texts(item, keys)
        elif isinstance(each, Table) and keys:
            held = (inner for key, inner in each.entries if keys[0] in (key, _ANY))
            for inner in held:
                yield from _texts(inner, keys[1:])
        elif isinstance(each, Scalar) and isinstance(each.value, str) and not keys:
            yield each
