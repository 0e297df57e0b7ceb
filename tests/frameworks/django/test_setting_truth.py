"""Each value of a setting that is reported is one that Django refuses, and what it takes is left alone."""

import pytest

from archlint.rules.django.invalid_setting import InvalidSetting

from .real import real

APPS = """
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sites", "django.contrib.staticfiles"
]
"""

BASE = "__import__('pathlib').Path('/srv')"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
AUTH = "django.contrib.auth.middleware.AuthenticationMiddleware"
LOGIN = "django.contrib.auth.middleware.LoginRequiredMiddleware"
REMOTE = "django.contrib.auth.middleware.RemoteUserMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"


def middleware(*names: str) -> str:
    return f"MIDDLEWARE = {[*names]}"


FAILS = {
    "ALLOWED_HOSTS = 'shop.example'": "ImproperlyConfigured",
    "LOCALE_PATHS = ('locale')": "ImproperlyConfigured",
    "SECRET_KEY_FALLBACKS = 'old'": "ImproperlyConfigured",
    "STATICFILES_DIRS = 'static'": "staticfiles.E001",
    "MIDDLEWARE = 'django.middleware.common.CommonMiddleware'": "ValueError",
    "AUTHENTICATION_BACKENDS = 'django.contrib.auth.backends.ModelBackend'": "ImportError",
    "CSRF_TRUSTED_ORIGINS = 'https://shop.example'": "4_0.E001",
    "CSRF_TRUSTED_ORIGINS = ['shop.example']": "4_0.E001",
    "STATIC_URL = '/static'": "urls.E006",
    "MEDIA_URL = 'media'": "urls.E006",
    "LANGUAGE_CODE = 'en_US'": "translation.E001 translation.E004",
    "LANGUAGE_CODE = 'en-gb'; LANGUAGES = [('de', 'Deutsch')]": "translation.E004",
    "LANGUAGE_CODE = 'en-us'; LANGUAGES = [('de', 'Deutsch')]": "translation.E004",
    "SITE_ID = '1'": "sites.E101",
    "AUTH_USER_MODEL = 'auth.models.User'": "ImproperlyConfigured",
    "AUTH_USER_MODEL = 'User'": "ImproperlyConfigured",
    "DATABASES = {'main': {'ENGINE': 'django.db.backends.sqlite3'}}": "ImproperlyConfigured",
    "CACHES = {'main': {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'}}": "caches.E001",
    "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True,"
    " 'OPTIONS': {'loaders': ['django.template.loaders.app_directories.Loader']}}]": "ImproperlyConfigured",
    "STORAGES = {'default': {'BACKEND': 'django.core.files.storage.FileSystemStorage'}}": "staticfiles.E005",
    "EMAIL_USE_TLS = True; EMAIL_USE_SSL = True": "ValueError",
    "LANGUAGES = [('en_US', 'American'), ('en', 'English')]; LANGUAGE_CODE = 'en'": "translation.E002",
    "STATIC_ROOT = '/srv/static'; STATICFILES_DIRS = ['/srv/static']": "staticfiles.E002",
    f"STATIC_ROOT = {BASE} / 'static'; STATICFILES_DIRS = [('files', {BASE}.joinpath('static'))]": (
        "staticfiles.E002"
    ),
    "import os; FILES = os.path.join(os.getcwd(), 'static'); STATIC_ROOT = FILES;"
    " STATICFILES_DIRS = (FILES,)": "staticfiles.E002",
    middleware(AUTH, SESSION): "ImproperlyConfigured",
    middleware(MESSAGES, SESSION): "ImproperlyConfigured",
    middleware(SESSION, LOGIN, AUTH): "auth.E013",
    middleware(SESSION, REMOTE, AUTH): "ImproperlyConfigured",
}
WORKS = (
    "ALLOWED_HOSTS = ('shop.example',)",
    "CSRF_TRUSTED_ORIGINS = ['https://*.shop.example']",
    "STATIC_URL = 'static/'",
    "MEDIA_URL = ''",
    "LANGUAGE_CODE = 'de'; LANGUAGES = [('de', 'Deutsch')]",
    "LANGUAGE_CODE = 'en-gb'; LANGUAGES = [('en', 'English')]",
    "LANGUAGE_CODE = 'pt'; LANGUAGES = [('pt-br', 'Portuguese')]",
    "LANGUAGE_CODE = 'zh-hans'",
    "SITE_ID = None",
    "DATABASES = {}",
    "STORAGES = {'staticfiles': {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}}",
    "EMAIL_USE_TLS = True; EMAIL_USE_SSL = False",
    f"STATIC_ROOT = {BASE} / 'collected'; STATICFILES_DIRS = [{BASE} / 'static']",
    "STATIC_ROOT = 'static/'; STATICFILES_DIRS = ['/static']",
    middleware(SESSION, AUTH, LOGIN, MESSAGES),
    f"{middleware(MESSAGES, SESSION)}; "
    "MESSAGE_STORAGE = 'django.contrib.messages.storage.cookie.CookieStorage'",
    "EMAIL_USE_TLS = EMAIL_USE_SSL = True; EMAIL_BACKEND = 'django.core.mail.backends.dummy.EmailBackend'",
)

USED = """
from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import ERROR, run_checks
from django.core.mail import get_connection
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils.module_loading import import_string

def use():
    answer = lambda request: HttpResponse()
    for name in reversed(settings.MIDDLEWARE):
        answer = import_string(name)(answer)
    answer(RequestFactory().get("/"))
    get_backends(), engines.all(), get_connection()
    settings.STATIC_URL and staticfiles_storage.location

def outcome():
    try:
        use()
    except Exception as error:
        return type(error).__name__
    return "ran"

said = " ".join(sorted({m.id for m in run_checks(databases=[]) if m.level >= ERROR})) or outcome()
"""


def files(line: str) -> dict[str, str]:
    return {"shop/__init__.py": "", "shop/settings.py": f"{APPS}{line}\n"}


def test_what_is_reported_fails_and_nothing_else(tmp_path):
    said = real({line: files(line) for line in (*FAILS, *WORKS)}, tmp_path, USED)
    assert {line: said[line][0] for line in FAILS} == FAILS
    assert {line: said[line][0] for line in WORKS} == dict.fromkeys(WORKS, "ran")


@pytest.mark.parametrize("line", FAILS)
def test_what_fails_is_reported(line, make_project):
    found = [one for one in InvalidSetting().check(make_project(files(line))) if hasattr(one, "location")]
    assert len(found) == 1


@pytest.mark.parametrize("line", WORKS)
def test_what_works_is_not(line, make_project):
    found = [one for one in InvalidSetting().check(make_project(files(line))) if hasattr(one, "location")]
    assert found == []


@pytest.mark.parametrize(
    ("backends", "said"),
    [
        ("['django.contrib.auth.backends.ModelBackend']", ["auth.E003"]),
        ("['django.contrib.auth.backends.RemoteUserBackend']", []),
    ],
)
def test_a_login_that_is_not_unique_is_refused_with_the_usual_backend(backends, said, tmp_path):
    model = "from django.contrib.auth.models import AbstractBaseUser\nfrom django.db import models\n\n"
    model += "class User(AbstractBaseUser):\n    email = models.EmailField()\n    USERNAME_FIELD = 'email'\n"
    settings = f"AUTH_USER_MODEL = 'shop.User'\nAUTHENTICATION_BACKENDS = {backends}\n"
    apps = "INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'shop']\n"
    project = {"shop/__init__.py": "", "shop/models.py": model, "shop/settings.py": apps + settings}
    assert real({"shop": project}, tmp_path) == {"shop": said}
