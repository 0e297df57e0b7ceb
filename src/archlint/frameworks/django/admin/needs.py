"""What the admin asks of the settings, as its system checks do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.django.settings.values import Listing, Scalar, SettingValue, Table, alternatives

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule

ADMIN = "django.contrib.admin"
_APPS = ("django.contrib.contenttypes", "django.contrib.auth", "django.contrib.messages")
_MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
_BACKEND = "django.template.backends.django.DjangoTemplates"
_PROCESSORS = (
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)


class Need(msgspec.Struct, frozen=True):
    """Something that a setting lacks."""

    setting: str
    name: str


def lacking(settings: SettingsModule) -> Iterator[Need]:
    """What the admin needs and surely does not find. Whatever may be there is not named."""
    apps = {str(text.value) for text in settings.texts("INSTALLED_APPS")}
    for app in _APPS if settings.is_closed("INSTALLED_APPS") else ():
        if not any(name == app or name.startswith(f"{app}.") for name in apps):
            yield Need("INSTALLED_APPS", app)
    if settings.is_closed("MIDDLEWARE"):
        middleware = {str(text.value) for text in settings.texts("MIDDLEWARE")}
        own = any(not name.startswith("django.") for name in middleware)
        for name in () if own else _MIDDLEWARE:  # a class from elsewhere may be a subclass
            if name not in middleware:
                yield Need("MIDDLEWARE", name)
    yield from _of_templates(settings)


def _of_templates(settings: SettingsModule) -> Iterator[Need]:
    value = settings.get("TEMPLATES")
    if settings.names.is_open or (value is not None and not _is_plain(value)):
        return
    engines = [one for each in alternatives(value) if isinstance(each, Listing) for one in each.items]
    tables = [engine for engine in engines if isinstance(engine, Table)]
    backends = [table for table in tables if _text(table.get("BACKEND")) == _BACKEND]
    if not backends:
        if all(_text(table.get("BACKEND")).startswith("django.") for table in tables):  # others may be heirs
            yield Need("TEMPLATES", _BACKEND)
        return
    for name in _PROCESSORS:
        if not any(name in _processors(table) for table in backends):
            yield Need("TEMPLATES", name)


def _processors(table: Table) -> set[str]:
    options = table.get("OPTIONS")
    processors = options.get("context_processors") if isinstance(options, Table) else None
    items = processors.items if isinstance(processors, Listing) else ()
    return {_text(item) for item in items}


def _is_plain(value: SettingValue) -> bool:
    """Whether everything in a value is seen that the admin asks for."""
    if isinstance(value, Listing):
        return not value.is_open and all(_is_plain(item) for item in value.items)
    if isinstance(value, Table):
        if value.is_open:
            return False
        options = value.get("OPTIONS")
        if options is None:
            return True
        if not isinstance(options, Table) or options.is_open:
            return False
        processors = options.get("context_processors")
        return processors is None or _is_plain(processors)
    return isinstance(value, Scalar)


def _text(value: SettingValue | None) -> str:
    return value.value if isinstance(value, Scalar) and isinstance(value.value, str) else ""
