"""Values of settings that Django refuses, when it starts or when it first needs them.

Taken from `Settings`, the system checks of URLs, translation and sites, and the handlers of connections,
caches, storages and mail in Django 5.2, and shown true against it in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.frameworks.django.settings.middleware_order import out_of_order
from archlint.frameworks.django.settings.values import (
    Listing,
    Open,
    Scalar,
    SettingValue,
    Table,
    alternatives,
)
from archlint.project.files.versions import are_below

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule
    from archlint.frameworks.orm import Place

Said: TypeAlias = "tuple[Place, str, str, str]"
"""Where it is, and the text that stands there; what is wrong; what to do."""

_LISTS = (
    "ALLOWED_HOSTS",
    "AUTHENTICATION_BACKENDS",
    "CSRF_TRUSTED_ORIGINS",
    "INSTALLED_APPS",
    "LOCALE_PATHS",
    "MIDDLEWARE",
    "SECRET_KEY_FALLBACKS",
    "STATICFILES_DIRS",
)
_WRAPPING = frozenset({"django_cotton", "template_partials"})
"""Applications that put loaders of their own around those in `TEMPLATES`, and set `APP_DIRS` to false."""

_TAG = re.compile(r"^[a-z]{1,8}(?:-[a-z0-9]{1,8})*(?:@[a-z0-9]{1,20})?$", re.IGNORECASE)
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_SITES = "django.contrib.sites"
_STATIC_FILES = "django.contrib.staticfiles"


def refused_settings(settings: SettingsModule, versions: tuple[str, ...]) -> Iterator[Said]:
    """Everything in a settings module that is wrong on whichever way through it."""
    for ask, since in _ASKED.items():
        if not since or not are_below(versions, since):
            yield from ask(settings)


def _seen(settings: SettingsModule, name: str) -> tuple[SettingValue, ...]:
    """What a setting may be, where all of that is seen; nothing otherwise."""
    found = tuple(alternatives(settings.get(name)))
    return () if settings.names.is_open or any(isinstance(one, Open) for one in found) else found


def _texts(settings: SettingsModule, name: str) -> Iterator[tuple[Scalar, str]]:
    for one in _seen(settings, name):
        if isinstance(one, Scalar) and isinstance(one.value, str):
            yield one, one.value


def _lists(settings: SettingsModule) -> Iterator[Said]:
    """`ALLOWED_HOSTS = "shop.example"`: each of its letters would be a host."""
    for name in _LISTS:
        for one, text in _texts(settings, name):
            yield (
                one.place,
                f'"{text}"',
                f"`{name}` has to be a list, not a text",
                f'write `["{text}"]`' if text else "write `[]`",
            )


def _origins(settings: SettingsModule) -> Iterator[Said]:
    """`CSRF_TRUSTED_ORIGINS = ["shop.example"]`."""
    for value in _seen(settings, "CSRF_TRUSTED_ORIGINS"):
        for item in value.items if isinstance(value, Listing) else ():
            text = item.value if isinstance(item, Scalar) else None
            if isinstance(item, Scalar) and isinstance(text, str) and "://" not in text:
                yield (
                    item.place,
                    f'"{text}"',
                    f"the origin `{text}` has no scheme",
                    f"write `https://{text}`",
                )


def _addresses(settings: SettingsModule) -> Iterator[Said]:
    """`STATIC_URL = "static"`."""
    for name in ("STATIC_URL", "MEDIA_URL"):
        for one, text in _texts(settings, name):
            if text and not text.endswith("/"):
                yield one.place, f'"{text}"', f"`{name}` has to end with a slash", f'write `"{text}/"`'


def _languages(settings: SettingsModule) -> Iterator[Said]:
    """`LANGUAGE_CODE = "en_US"`, one such in `LANGUAGES`, and one that `LANGUAGES` does not have."""
    offered = _offered(settings)
    languages = {"no", *(_language(str(one.value)) for one in offered)}
    for one in offered:
        yield from _no_tag(one)
    for one, text in _texts(settings, "LANGUAGE_CODE"):
        yield from _no_tag(one)
        if _TAG.match(text) and offered and _language(text) not in languages:
            yield one.place, f'"{text}"', f"`LANGUAGES` does not have `{text}`", "add it there"


def _no_tag(one: Scalar) -> Iterator[Said]:
    """What is wrong with a tag as it is spelled."""
    text = str(one.value)
    if not _TAG.match(text):
        hint = f'write `"{text.replace("_", "-").lower()}"`'
        yield one.place, f'"{text}"', f"`{text}` is no language tag", hint


def _language(tag: str) -> str:
    """The language alone: Django takes what another country speaks where a variant is missing."""
    return tag.lower().partition("-")[0]


def _offered(settings: SettingsModule) -> tuple[Scalar, ...]:
    """The tags in `LANGUAGES`; nothing where not all of them are seen."""
    values = _seen(settings, "LANGUAGES")
    if len(values) != 1 or not isinstance(values[0], Listing) or values[0].is_open:
        return ()
    tags = [_first(item) for item in values[0].items]
    return tuple(tag for tag in tags if tag is not None) if None not in tags else ()


def _first(item: SettingValue) -> Scalar | None:
    head = item.items[0] if isinstance(item, Listing) and item.items else None
    return head if isinstance(head, Scalar) and isinstance(head.value, str) and head.value else None


def _site(settings: SettingsModule) -> Iterator[Said]:
    """`SITE_ID = "1"`."""
    if _SITES in settings.certain("INSTALLED_APPS"):
        for one, text in _texts(settings, "SITE_ID"):
            yield one.place, f'"{text}"', "`SITE_ID` has to be a number", "write it without quotes"


def _user_model(settings: SettingsModule) -> Iterator[Said]:
    """`AUTH_USER_MODEL = "accounts.models.User"`."""
    for one, text in _texts(settings, "AUTH_USER_MODEL"):
        parts = text.split(".")
        if len(parts) != 2:
            hint = f'write `"{parts[0]}.{parts[-1]}"`' if len(parts) > 2 else "name its app: `app.Model`"
            yield (
                one.place,
                f'"{text}"',
                f"`{text}` is not the label of an app and the name of a model",
                hint,
            )


def _defaults(settings: SettingsModule) -> Iterator[Said]:
    """`DATABASES` and `CACHES` without a default."""
    yield from _lacking(settings, "DATABASES", "default")
    yield from _lacking(settings, "CACHES", "default")


def _storages(settings: SettingsModule) -> Iterator[Said]:
    """`STORAGES` without one for static files."""
    if _STATIC_FILES in settings.certain("INSTALLED_APPS"):
        yield from _lacking(settings, "STORAGES", "staticfiles")


def _lacking(settings: SettingsModule, name: str, key: str) -> Iterator[Said]:
    for one in _seen(settings, name):
        if isinstance(one, Table) and not one.is_open and one.entries and one.get(key) is None:
            yield one.place, "{", f'`{name}` has no `"{key}"`', f'add `"{key}"` to it'


def _mail(settings: SettingsModule) -> Iterator[Said]:
    """TLS and SSL at once."""
    backends = {text for _, text in _texts(settings, "EMAIL_BACKEND")}
    is_sent = settings.get("EMAIL_BACKEND") is None or backends == {_SMTP}
    tls, ssl = _seen(settings, "EMAIL_USE_TLS"), _seen(settings, "EMAIL_USE_SSL")
    if not is_sent or len(tls) != 1 or len(ssl) != 1:
        return
    if isinstance(tls[0], Scalar) and isinstance(ssl[0], Scalar) and tls[0].value is ssl[0].value is True:
        message = "`EMAIL_USE_TLS` and `EMAIL_USE_SSL` exclude each other"
        yield ssl[0].place, "True", message, "set one of them"


def _templates(settings: SettingsModule) -> Iterator[Said]:
    """Loaders beside `APP_DIRS`, which stands for one; unless an application takes that back as it starts."""
    if any(str(text.value).partition(".")[0] in _WRAPPING for text in settings.texts("INSTALLED_APPS")):
        return
    for value in _seen(settings, "TEMPLATES"):
        for engine in value.items if isinstance(value, Listing) else ():
            options = engine.get("OPTIONS") if isinstance(engine, Table) else None
            searched = engine.get("APP_DIRS") if isinstance(engine, Table) else None
            loaders = options.get("loaders") if isinstance(options, Table) else None
            if isinstance(loaders, Listing) and isinstance(searched, Scalar) and searched.value is True:
                yield searched.place, "True", "`APP_DIRS` and `loaders` exclude each other", "leave one out"


def _middleware(settings: SettingsModule) -> Iterator[Said]:
    """`AuthenticationMiddleware` before `SessionMiddleware`."""
    for item, needed in out_of_order(settings):
        name, before = (str(each).rpartition(".")[2] for each in (item.value, needed))
        message = f"`{name}` comes before `{before}`, whose work it needs"
        yield item.place, f'"{item.value}"', message, f"move it behind `{before}`"


_ASKED: dict[Callable[[SettingsModule], Iterator[Said]], str] = {
    _lists: "",
    _origins: "4",
    _addresses: "",
    _languages: "",
    _site: "",
    _user_model: "",
    _defaults: "",
    _storages: "4.2",
    _mail: "",
    _templates: "",
    _middleware: "",
}
"""What is asked, and the version of Django that began to mind."""
