"""What the classes of the frameworks have, down to what their code sets on objects, the tables say."""

import json

from archlint.frameworks.class_members import class_members
from archlint.project.objects.outside_members import OF_ENUMERATIONS

from .django.real import real

MODULES = (
    "django.apps",
    "django.contrib.admin",
    "django.contrib.auth.backends",
    "django.contrib.auth.mixins",
    "django.contrib.auth.views",
    "django.contrib.messages.views",
    "django.contrib.sitemaps",
    "django.contrib.syndication.views",
    "django.core.exceptions",
    "django.core.files.storage",
    "django.core.management.base",
    "django.core.paginator",
    "django.core.validators",
    "django.db.models",
    "django.forms",
    "django.forms.formsets",
    "django.forms.models",
    "django.http",
    "django.middleware.common",
    "django.utils.deprecation",
    "django.views",
    "django.views.generic",
    "django.views.generic.edit",
    "django_filters",
    "django_filters.views",
    "fastapi",
    "flask.views",
    "pydantic",
    "rest_framework.authentication",
    "rest_framework.exceptions",
    "rest_framework.fields",
    "rest_framework.filters",
    "rest_framework.generics",
    "rest_framework.metadata",
    "rest_framework.mixins",
    "rest_framework.pagination",
    "rest_framework.parsers",
    "rest_framework.permissions",
    "rest_framework.relations",
    "rest_framework.renderers",
    "rest_framework.routers",
    "rest_framework.serializers",
    "rest_framework.throttling",
    "rest_framework.views",
    "rest_framework.viewsets",
    "starlette.exceptions",
    "starlette.middleware.base",
)


MEMBERS = f"""
import ast, importlib, inspect, json, textwrap


def members(cls):
    names = {{name for each in (*cls.__mro__, *type(cls).__mro__[:-2]) for name in vars(each)}}
    for each in cls.__mro__:
        if each.__module__ == "builtins" or not inspect.getmodule(each):
            continue
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(each)))
        except (OSError, TypeError):
            continue
        for form in ast.walk(tree):
            if isinstance(form, ast.Attribute) and isinstance(form.ctx, ast.Store):
                names.add(form.attr)
    return sorted(name for name in names if not name.startswith("__"))


said = {{}}
for module in {MODULES!r}:
    for name, cls in vars(importlib.import_module(module)).items():
        if inspect.isclass(cls):
            said[f"{{module}}.{{name}}"] = members(cls)
said = json.dumps(said)
"""

SETTINGS = """
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages",
    "django.contrib.sessions", "django.contrib.sites", "django_filters", "rest_framework",
]
"""


def test_no_member_is_missing(tmp_path):
    (printed,) = real(
        {"members": {"shopsite/settings.py": SETTINGS, "shopsite/__init__.py": ""}}, tmp_path, MEMBERS
    )["members"]
    said = [(name, set(members), class_members(name)) for name, members in json.loads(printed).items()]
    known = [(name, members, told) for name, members, told in said if told is not None]
    assert [(name, members - told) for name, members, told in known if members - told] == []
    assert len(known) > 200


def test_members_of_enumerations_are_not_missing():
    import enum

    class Shade(str, enum.Enum):
        DARK = "dark"

    assert {name for name in (*dir(Shade), *vars(Shade), *dir(Shade.DARK)) if name[:2] != "__"} <= {
        *OF_ENUMERATIONS,
        "DARK",
    }


def test_models_have_more_than_their_class_says():
    assert class_members("django.db.models.Model") is None
    assert class_members("django.db.models.CharField") is None
    assert class_members("django.forms.CharField") is not None
