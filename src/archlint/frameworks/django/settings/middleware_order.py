"""Middleware that comes before the one whose work it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.frameworks.django.settings.values import Listing, Scalar

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule

_SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
_AUTH = "django.contrib.auth.middleware.AuthenticationMiddleware"
_MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
_NEEDS: Mapping[str, str] = {
    _AUTH: _SESSION,
    _MESSAGES: _SESSION,
    "django.contrib.auth.middleware.LoginRequiredMiddleware": _AUTH,
    "django.contrib.auth.middleware.RemoteUserMiddleware": _AUTH,
    "django.contrib.auth.middleware.PersistentRemoteUserMiddleware": _AUTH,
}
_STANDING_IN = ("auth", "session")
"""Words in the names of middleware from elsewhere that may do the same."""


def out_of_order(settings: SettingsModule) -> Iterator[tuple[Scalar, str]]:
    """Each middleware that is too early, with the one that has to come before it."""
    listed = settings.get("MIDDLEWARE")
    if not isinstance(listed, Listing) or not settings.is_closed("MIDDLEWARE"):
        return
    names = [item.value if isinstance(item, Scalar) else None for item in listed.items]
    for at, item in enumerate(listed.items):
        needed = _NEEDS.get(str(names[at]))
        if needed is None or not isinstance(item, Scalar) or needed not in names[at:]:
            continue
        if names[at] == _MESSAGES and settings.get("MESSAGE_STORAGE") is not None:
            continue
        if needed not in names[:at] and not any(map(_stands_in, names[:at])):
            yield item, needed


def _stands_in(name: object) -> bool:
    """Whether a middleware from elsewhere, or one that is not seen, may do the work of another."""
    text = str(name).lower()
    return name is None or (not text.startswith("django.") and any(word in text for word in _STANDING_IN))
