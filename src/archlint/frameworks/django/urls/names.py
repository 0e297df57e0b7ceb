"""What makes URL patterns, by their dotted names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MAKERS: Mapping[str, bool] = MappingProxyType(
    {
        "django.urls.path": False,
        "django.urls.conf.path": False,
        "django.urls.re_path": True,
        "django.urls.conf.re_path": True,
        "django.conf.urls.url": True,
        "django.conf.urls.re_path": True,
        "django.conf.urls.path": False,
    }
)
"""Functions that make a pattern, and whether its route is a regular expression."""

INCLUDES = frozenset(
    {
        "django.urls.include",
        "django.urls.conf.include",
        "django.conf.urls.include",
    }
)
I18N_PATTERNS = frozenset({"django.conf.urls.i18n.i18n_patterns"})
FORMAT_SUFFIXES = frozenset({"rest_framework.urlpatterns.format_suffix_patterns"})
NAMELESS = frozenset(
    {
        "django.conf.urls.static.static",
        "django.contrib.staticfiles.urls.staticfiles_urlpatterns",
    }
)
"""Functions whose patterns have no name and are no concern of anybody."""

SAME = frozenset({"builtins.list", "builtins.tuple", "builtins.sorted"})

URLCONFS: Mapping[str, str] = MappingProxyType(
    {
        "django.conf.urls.i18n": "set_language",
        "django.contrib.auth.urls": (
            "login logout password_change password_change_done password_reset password_reset_done "
            "password_reset_confirm password_reset_complete"
        ),
        "rest_framework.urls": "login logout",
    }
)
"""The names of patterns in URLconfs that Django and REST framework bring."""

APP_NAMES: Mapping[str, str] = MappingProxyType(
    {"rest_framework.urls": "rest_framework", "debug_toolbar.urls": "djdt"}
)
"""`app_name` of URLconfs from outside."""
