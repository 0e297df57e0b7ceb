"""Each dotted name in a dict of settings that leads nowhere makes Django or REST framework fail."""

import ast
from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real

EDGES = Path(__file__).parents[2] / "rules"

USED = """
def outcome(act):
    try:
        act()
    except Exception as error:
        return type(error).__name__
    return "ran"

from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.mail import get_connection
from django.template import engines
from django.test import RequestFactory
from rest_framework.settings import api_settings
request = RequestFactory().get("/")
said = [
    outcome(lambda: engines["django"].from_string("").render({}, request)),
    outcome(lambda: validate_password("a")),
    outcome(lambda: cache.get("a")),
    outcome(lambda: get_connection()),
    outcome(lambda: api_settings.DEFAULT_AUTHENTICATION_CLASSES),
    outcome(lambda: api_settings.DEFAULT_PAGINATION_CLASS),
    outcome(lambda: api_settings.EXCEPTION_HANDLER),
]
"""


def test_every_one_fails_when_it_is_used(tmp_path):
    (case,) = [
        one
        for one in examples(load(), edge_cases=EDGES)
        if one.rule == "django/unresolved-setting" and "inside of dicts" in one.title
    ]
    said = real({"Bad": case.files}, tmp_path, USED)
    *failed, right = ast.literal_eval(said["Bad"][0])
    wrong = ["ImportError", "ImproperlyConfigured", "InvalidCacheBackendError", "ModuleNotFoundError"]
    assert failed == [wrong[0], wrong[1], wrong[2], wrong[3], wrong[0], wrong[0]]
    assert right == "ran"
