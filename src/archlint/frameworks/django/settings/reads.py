"""Where code reads settings by their names: `settings.PAGE_SIZE`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Literal, Name, last_name
from archlint.facts.forms import walked
from archlint.project.answer import External
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.project import Project

_OBJECT = "django.conf.settings"
_DEFAULTS = """
    ABSOLUTE_URL_OVERRIDES ADMINS ALLOWED_HOSTS APPEND_SLASH AUTHENTICATION_BACKENDS
    AUTH_PASSWORD_VALIDATORS AUTH_USER_MODEL CACHES CACHE_MIDDLEWARE_ALIAS
    CACHE_MIDDLEWARE_KEY_PREFIX CACHE_MIDDLEWARE_SECONDS CSRF_COOKIE_AGE CSRF_COOKIE_DOMAIN
    CSRF_COOKIE_HTTPONLY CSRF_COOKIE_MASKED CSRF_COOKIE_NAME CSRF_COOKIE_PATH CSRF_COOKIE_SAMESITE
    CSRF_COOKIE_SECURE CSRF_FAILURE_VIEW CSRF_HEADER_NAME CSRF_TRUSTED_ORIGINS CSRF_USE_SESSIONS
    DATABASES DATABASE_ROUTERS DATA_UPLOAD_MAX_MEMORY_SIZE DATA_UPLOAD_MAX_NUMBER_FIELDS
    DATA_UPLOAD_MAX_NUMBER_FILES DATETIME_FORMAT DATETIME_INPUT_FORMATS DATE_FORMAT
    DATE_INPUT_FORMATS DEBUG DEBUG_PROPAGATE_EXCEPTIONS DECIMAL_SEPARATOR DEFAULT_AUTO_FIELD
    DEFAULT_CHARSET DEFAULT_CONTENT_TYPE DEFAULT_EXCEPTION_REPORTER
    DEFAULT_EXCEPTION_REPORTER_FILTER DEFAULT_FILE_STORAGE DEFAULT_FROM_EMAIL
    DEFAULT_HASHING_ALGORITHM DEFAULT_INDEX_TABLESPACE DEFAULT_TABLESPACE DISALLOWED_USER_AGENTS
    EMAIL_BACKEND EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT EMAIL_SSL_CERTFILE
    EMAIL_SSL_KEYFILE EMAIL_SUBJECT_PREFIX EMAIL_TIMEOUT EMAIL_USE_LOCALTIME EMAIL_USE_SSL
    EMAIL_USE_TLS FILE_CHARSET FILE_UPLOAD_DIRECTORY_PERMISSIONS FILE_UPLOAD_HANDLERS
    FILE_UPLOAD_MAX_MEMORY_SIZE FILE_UPLOAD_PERMISSIONS FILE_UPLOAD_TEMP_DIR FIRST_DAY_OF_WEEK
    FIXTURE_DIRS FORCE_SCRIPT_NAME FORMAT_MODULE_PATH FORMS_URLFIELD_ASSUME_HTTPS FORM_RENDERER
    IGNORABLE_404_URLS INSTALLED_APPS INTERNAL_IPS LANGUAGES LANGUAGES_BIDI LANGUAGE_CODE
    LANGUAGE_COOKIE_AGE LANGUAGE_COOKIE_DOMAIN LANGUAGE_COOKIE_HTTPONLY LANGUAGE_COOKIE_NAME
    LANGUAGE_COOKIE_PATH LANGUAGE_COOKIE_SAMESITE LANGUAGE_COOKIE_SECURE LOCALE_PATHS LOGGING
    LOGGING_CONFIG LOGIN_REDIRECT_URL LOGIN_URL LOGOUT_REDIRECT_URL MANAGERS MEDIA_ROOT MEDIA_URL
    MESSAGE_STORAGE MIDDLEWARE MIGRATION_MODULES MONTH_DAY_FORMAT NUMBER_GROUPING PASSWORD_HASHERS
    PASSWORD_RESET_TIMEOUT PASSWORD_RESET_TIMEOUT_DAYS PREPEND_WWW SECRET_KEY SECRET_KEY_FALLBACKS
    SECURE_BROWSER_XSS_FILTER SECURE_CONTENT_TYPE_NOSNIFF SECURE_CROSS_ORIGIN_OPENER_POLICY
    SECURE_CSP SECURE_CSP_REPORT_ONLY SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD
    SECURE_HSTS_SECONDS SECURE_PROXY_SSL_HEADER SECURE_REDIRECT_EXEMPT SECURE_REFERRER_POLICY
    SECURE_SSL_HOST SECURE_SSL_REDIRECT SERVER_EMAIL SESSION_CACHE_ALIAS SESSION_COOKIE_AGE
    SESSION_COOKIE_DOMAIN SESSION_COOKIE_HTTPONLY SESSION_COOKIE_NAME SESSION_COOKIE_PATH
    SESSION_COOKIE_SAMESITE SESSION_COOKIE_SECURE SESSION_ENGINE SESSION_EXPIRE_AT_BROWSER_CLOSE
    SESSION_FILE_PATH SESSION_SAVE_EVERY_REQUEST SESSION_SERIALIZER SETTINGS_MODULE
    SHORT_DATETIME_FORMAT SHORT_DATE_FORMAT SIGNED_COOKIE_LEGACY_SALT_FALLBACK SIGNING_BACKEND
    SILENCED_SYSTEM_CHECKS STATICFILES_DIRS STATICFILES_FINDERS STATICFILES_STORAGE STATIC_ROOT
    STATIC_URL STORAGES TASKS TEMPLATES TEST_NON_SERIALIZED_APPS TEST_RUNNER THOUSAND_SEPARATOR
    TIME_FORMAT TIME_INPUT_FORMATS TIME_ZONE URLIZE_ASSUME_HTTPS USE_DEPRECATED_PYTZ USE_I18N
    USE_L10N USE_THOUSAND_SEPARATOR USE_TZ USE_X_FORWARDED_HOST USE_X_FORWARDED_PORT
    WSGI_APPLICATION X_FRAME_OPTIONS YEAR_MONTH_FORMAT
"""

DEFAULTS = frozenset(_DEFAULTS.split())
"""What Django 3.2 to 6.0 have a value for, whatever the settings say."""


class SettingRead(msgspec.Struct, frozen=True):
    """One place that reads a setting."""

    module: Module
    name: str
    form: Attribute


class SettingsReads(msgspec.Struct, frozen=True):
    """Every such place, and the names that code asks after before, or sets."""

    reads: tuple[SettingRead, ...]
    doubted: frozenset[str]


def settings_reads(project: Project) -> SettingsReads:
    """All of a project, without its tests."""
    scopes = project.view(Scopes)
    reads: list[SettingRead] = []
    doubted: set[str] = set()
    for module in project.modules:
        names = _names(module)
        if not names:
            continue
        for scope, forms in _bodies(module, names):
            for form in walked(forms):
                if isinstance(form, Call):
                    doubted.update(_asked(form))
                elif isinstance(form, Attribute) and _is_read(scopes, module, scope, form, names):
                    reads.append(SettingRead(module, form.attr, form))
    kept = (one for one in reads if not is_test(one.module.path))
    return SettingsReads(tuple(kept), frozenset(doubted))


def _names(module: Module) -> frozenset[str]:
    """What the settings are called in a module."""
    return frozenset(
        fact.alias or fact.name
        for fact in module.facts.imports
        if fact.module == "django.conf" and fact.name == "settings"
    )


def _bodies(module: Module, names: frozenset[str]) -> Iterator[tuple[str, tuple[Form, ...]]]:
    yield "", tuple(module.body)
    for cls in module.classes:
        yield "", (*cls.decorators, *module.statements(cls))
    for index, fact in enumerate(module.functions):
        yield "", fact.decorators
        if module.mentions(fact, *names):
            yield ProjectFunction(module, index).scope, tuple(module.statements(fact))


def _is_read(scopes: Scopes, module: Module, scope: str, form: Attribute, names: frozenset[str]) -> bool:
    if not form.attr.isupper() or not isinstance(form.value, Name) or form.value.id not in names:
        return False
    found = scopes.resolve(module, scope, form.value)
    return isinstance(found, External) and found.name == _OBJECT


def _asked(form: Call) -> Iterator[str]:
    """Names in `hasattr(settings, "PAGE_SIZE")`, `setattr(…)`, `override_settings(PAGE_SIZE=10)`."""
    if last_name(form.function) in ("hasattr", "getattr", "setattr"):
        for one in form.arguments[1:2]:
            if isinstance(one, Literal) and isinstance(one.value, str):
                yield one.value
    if last_name(form.function) in ("override_settings", "settings", "configure", "modify_settings"):
        yield from (keyword.name for keyword in form.keywords if keyword.name)
