"""The names of URLs in settings, of which Django asks once somebody logs in or out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from archlint.facts.expressions import Literal
from archlint.finding import Location
from archlint.frameworks.django.places import named_at
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.urls.calls import pattern_calls
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.project import Project

_ASKING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "LOGIN_URL": frozenset(
            {
                "LoginRequiredMiddleware",
                "LoginRequiredMixin",
                "PermissionRequiredMixin",
                "UserPassesTestMixin",
                "login_required",
                "permission_required",
                "redirect_to_login",
                "user_passes_test",
            }
        ),
        "LOGIN_REDIRECT_URL": frozenset({"LoginView"}),
        "LOGOUT_REDIRECT_URL": frozenset({"LogoutView"}),
    }
)
"""Each setting with what of `django.contrib.auth` looks it up."""

_VIEWS = "django.contrib.auth.urls"
"""Brings the views for logging in and out."""


def setting_names(project: Project) -> Iterator[tuple[str, Location]]:
    """What settings name that is asked for, and where. A text with a slash or a dot is an address."""
    asked: list[str] = []
    for one in project.view(Settings).final:
        for name in _ASKING if not is_test(one.module.path) else ():
            texts = one.texts(name) if one.is_closed(name) else ()
            named = [text for text in texts if text.value and not {"/", "."} & set(str(text.value))]
            asked = asked or (list(_asked(project)) if named else [])
            for text in named if name in asked else ():
                place = named_at(project, text.place, f'"{text.value}"')
                yield str(text.value), place


def _asked(project: Project) -> Iterator[str]:
    """The settings that something in the project has Django look up."""
    imported = {
        fact.name
        for module in project.modules
        for fact in module.facts.imports
        if fact.module.startswith("django.contrib.auth") and not is_test(module.path)
    }
    has_views = any(
        isinstance(call.included, Literal) and call.included.value == _VIEWS
        for call in pattern_calls(project)
    )
    for name, asking in _ASKING.items():
        if asking & imported or (has_views and name != "LOGIN_URL"):
            yield name
