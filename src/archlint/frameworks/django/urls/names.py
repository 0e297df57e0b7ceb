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
        "django.contrib.admindocs.urls": "django-admindocs-*",
        "allauth.account.urls": "account_*",
        "allauth.mfa.urls": "mfa_*",
        "allauth.socialaccount.urls": "socialaccount_*",
        "allauth.urls": (
            "account_* socialaccount_* mfa_* usersessions_* saml_* openid_* *_login *_callback "
            "*_authenticate *_login_by_token"
        ),
        "captcha.urls": "captcha-*",
        "ckeditor_uploader.urls": "ckeditor_*",
        "dj_rest_auth.registration.urls": "rest_* account_*",
        "dj_rest_auth.urls": "rest_* token_*",
        "django_prometheus.urls": "prometheus-*",
        "django_rq.urls": "rq_* django_rq:*",
        "djoser.urls": "user-* users-* api-root",
        "djoser.urls.authtoken": "login logout",
        "djoser.urls.jwt": "jwt-create jwt-refresh jwt-verify",
        "haystack.urls": "haystack_*",
        "health_check.urls": "health_check_* health_check:*",
        "impersonate.urls": "impersonate-*",
        "knox.urls": "knox_*",
        "loginas.urls": "loginas-*",
        "markdownx.urls": "markdownx_*",
        "mozilla_django_oidc.urls": "oidc_*",
        "rosetta.urls": "rosetta*",
        "tinymce.urls": "tinymce-*",
        "wagtail.core.urls": "wagtail*",
        "wagtail.documents.urls": "wagtaildocs_*",
        "wagtail.urls": "wagtail*",
    }
)
"""What patterns are called in URLconfs from outside; a star stands for more than anybody lists here.

`queue:*` stands for a namespace, which only some of the versions have.
"""

APP_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "allauth.headless.urls": "headless",
        "allauth.idp.urls": "idp",
        "anymail.urls": "anymail",
        "debug_toolbar.urls": "djdt",
        "django_browser_reload.urls": "django_browser_reload",
        "django_select2.urls": "django_select2",
        "hijack.urls": "hijack",
        "notifications.urls": "notifications",
        "oauth2_provider.urls": "oauth2_provider",
        "rest_framework.urls": "rest_framework",
        "silk.urls": "silk",
        "social_django.urls": "social",
        "two_factor.urls.urlpatterns": "two_factor",
    }
)
"""`app_name` of URLconfs from outside."""

BRINGERS: Mapping[str, str] = MappingProxyType(
    {"debug_toolbar.toolbar.debug_toolbar_urls": "debug_toolbar.urls"}
)
"""Functions whose patterns include a URLconf from outside."""
