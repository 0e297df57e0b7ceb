"""What a middleware puts on requests is not there where the settings leave it out."""

from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real

EDGES = Path(__file__).parents[2] / "rules"

ASKED = """
from django.test import Client
from django.test.utils import setup_test_environment
from django.conf import settings
from django.urls import get_resolver
setup_test_environment()

def outcome(path):
    try:
        return Client().get(path).status_code
    except Exception as error:
        return type(error).__name__

said = [outcome(f"/{one.pattern}") for one in get_resolver().url_patterns]
"""


def test_views_fail_that_read_it(tmp_path):
    own = [one for one in examples(load(), edge_cases=EDGES) if one.rule == "django/missing-middleware"]
    names = {"Bad": "Bad: middleware of the project", "Good": "Good: what is installed, set elsewhere"}
    cases = {name: one.files for name, title in names.items() for one in own if one.title.startswith(title)}
    cases = {name: _started(files) for name, files in cases.items()}
    said = real(cases, tmp_path, ASKED)
    assert said == {"Bad": ["['AttributeError', 'AttributeError']"], "Good": ["[200, 200]"]}


def _started(files):
    """Without the application that is but a folder of the example."""
    path = "shop/settings.py"
    return {
        **files,
        path: files[path].replace('INSTALLED_APPS = ["tenants"]\n', "") + 'ALLOWED_HOSTS = ["*"]\n',
    }


def test_own_middleware_does_not_stand_in_for_the_one_of_messages(tmp_path):
    own = [one for one in examples(load(), edge_cases=EDGES) if one.rule == "django/missing-middleware"]
    (lacking,) = (one.files for one in own if one.title.startswith("Bad: own middleware"))
    path, given = "shop/settings.py", '"shop.hours.timed"'
    assert given in lacking[path]
    messages = '"django.contrib.messages.middleware.MessageMiddleware"'
    whole = {**lacking, path: lacking[path].replace(given, f"{given}, {messages}")}
    cases = {name: _started(files) for name, files in (("lacking", lacking), ("whole", whole))}
    found = real(cases, tmp_path, ASKED)
    assert found == {"lacking": ["['MessageFailure']"], "whole": ["[200]"]}


def test_decorators_and_mixins_ask_for_the_user(tmp_path):
    own = [one for one in examples(load(), edge_cases=EDGES) if one.rule == "django/missing-middleware"]
    (lacking,) = (one.files for one in own if one.title.startswith("Bad: decorators and"))
    path, given = "shop/settings.py", '"django.contrib.sessions.middleware.SessionMiddleware"'
    user = '"django.contrib.auth.middleware.AuthenticationMiddleware"'
    whole = {**lacking, path: lacking[path].replace(given, f"{given}, {user}")}
    sessions = 'SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"\n'
    sessions += 'INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]\n'
    cases = {name: _started(files) for name, files in (("lacking", lacking), ("whole", whole))}
    cases = {name: {**files, path: files[path] + sessions} for name, files in cases.items()}
    found = real(cases, tmp_path, ASKED)
    assert found == {"lacking": [str(["AttributeError"] * 3)], "whole": ["[302, 302, 302]"]}
