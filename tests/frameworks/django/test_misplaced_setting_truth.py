"""What is reported as misplaced has no effect in the real frameworks, and where it belongs it has one."""

import pytest

from archlint.rules.django.misplaced_setting import MisplacedSetting

from .real import real

DATABASE = "'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'"
PLAIN = f"DATABASES = {{'default': {{{DATABASE}}}}}"
ASKED = "['rest_framework.permissions.IsAuthenticated']"
IGNORED = (
    f"{PLAIN}\nATOMIC_REQUESTS = True",
    f"{PLAIN}\nCONN_MAX_AGE = 60",
    f"DATABASES = {{'default': {{{DATABASE}, 'ATOMIC_REQUEST': True}}}}",
    f"REST_FRAMEWORK = {{}}\nDEFAULT_PERMISSION_CLASSES = {ASKED}",
    f"REST_FRAMEWORK = {{'DEFAULT_PERMISSIONS_CLASSES': {ASKED}}}",
)
HEARD = (
    f"DATABASES = {{'default': {{{DATABASE}, 'ATOMIC_REQUESTS': True}}}}",
    f"{PLAIN}\nATOMIC_REQUESTS = True\nDATABASES['default']['ATOMIC_REQUESTS'] = ATOMIC_REQUESTS",
    f"DATABASES = {{'default': {{{DATABASE}, 'CONN_MAX_AGE': 60}}}}",
    f"REST_FRAMEWORK = {{'DEFAULT_PERMISSION_CLASSES': {ASKED}}}",
)
QUESTION = """
from django.db import connection
from rest_framework.settings import api_settings

of = connection.settings_dict
kept = (of["ATOMIC_REQUESTS"], of["CONN_MAX_AGE"])
asked = [one.__name__ for one in api_settings.DEFAULT_PERMISSION_CLASSES]
said = "default" if kept == (False, 0) and asked == ["AllowAny"] else "other"
"""


def files(lines: str) -> dict[str, str]:
    apps = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
    return {"shop/__init__.py": "", "shop/settings.py": f"INSTALLED_APPS = {apps}\n{lines}\n"}


def test_only_what_is_reported_is_ignored(tmp_path):
    said = real({lines: files(lines) for lines in (*IGNORED, *HEARD)}, tmp_path, QUESTION)
    assert {lines: said[lines][0] for lines in IGNORED} == dict.fromkeys(IGNORED, "default")
    assert {lines: said[lines][0] for lines in HEARD} == dict.fromkeys(HEARD, "other")


@pytest.mark.parametrize("lines", IGNORED)
def test_what_is_ignored_is_reported(lines, make_project):
    found = [one for one in MisplacedSetting().check(make_project(files(lines))) if hasattr(one, "location")]
    assert len(found) == 1


@pytest.mark.parametrize("lines", HEARD)
def test_what_is_heard_is_not(lines, make_project):
    found = [one for one in MisplacedSetting().check(make_project(files(lines))) if hasattr(one, "location")]
    assert found == []
