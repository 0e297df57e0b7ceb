"""The forms that Django brings, with the names of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PLAIN = ("Form", "BaseForm", "ModelForm", "BaseModelForm")
_HOMES = ("django.forms", "django.forms.forms", "django.forms.models")
_AUTH = "django.contrib.auth.forms"

_OF_USERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AuthenticationForm": ("username", "password"),
        "PasswordResetForm": ("email",),
        "SetPasswordForm": ("new_password1", "new_password2"),
        "PasswordChangeForm": ("old_password", "new_password1", "new_password2"),
    }
)

KNOWN_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{f"{home}.{name}": () for home in _HOMES for name in _PLAIN},
        **{f"{_AUTH}.{name}": fields for name, fields in _OF_USERS.items()},
    }
)
"""By dotted name; those that work with a model of users are left out, since it decides on more."""

MODEL_FORMS = frozenset(f"{home}.{name}" for home in _HOMES for name in ("ModelForm", "BaseModelForm"))
