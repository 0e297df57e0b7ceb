"""What the plain bases of packages give to objects is what archlint knows of them: no less, and no more."""

import json

from archlint.frameworks.django.known.models import known_model
from archlint.frameworks.django.known.package_members import MEMBERS
from archlint.frameworks.django.known.packages import PLAIN_MANAGERS

from .real import real

TREE = "mptt.models.MPTTModel"
SETTINGS = """
INSTALLED_APPS = [
    "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "django_extensions", "mptt",
    "own",
]
"""

ASKED = """
import importlib, inspect, json, re
from django.db import models

said = {}
for name in NAMES:
    home, _, last = name.rpartition(".")
    cls = getattr(importlib.import_module(home), last)
    own = [base for base in cls.__mro__ if base not in models.Model.__mro__]
    held = {each for base in own for each in vars(base)}
    for base in own:
        held.update(re.findall(r"self[.]([a-z][a-z_]*) =", inspect.getsource(base)))
    fields = {each.name for each in cls._meta.get_fields()}
    managers = {manager.name for manager in cls._meta.managers}
    dates = {each for each in held if re.match("get_(next|previous)_by_", each)}
    public = {each for each in held if not each.startswith("_")}
    made = {"__init__", "__new__", "__getattr__"} & held
    said[name] = [sorted(public - {"Meta"} - fields - dates - managers), sorted(fields), sorted(made)]
said = json.dumps(said)
"""


def test_bases_of_packages_have_what_is_known_of_them(tmp_path):
    asked = ASKED.replace("NAMES", repr(sorted(MEMBERS)))
    files = {"own/__init__.py": "", "own/settings.py": SETTINGS}
    found = json.loads(real({"site": files}, tmp_path, asked)["site"][0])
    assert {name: set(members) for name, (members, _, _) in found.items()} == MEMBERS
    assert found.pop(TREE)[1:] == [[], ["__init__"]]  # the metaclass gives the fields to its heirs
    for name, (_, fields, made) in found.items():
        known = known_model(name)
        assert known is not None
        above = [one for base in known.bases if (one := known_model(base)) is not None]
        assert {field.name for one in (known, *above) for field in one.fields} == set(fields)
        assert made == []


ROWS = """
import importlib, json

from django_scopes import scopes_disabled
from own.models import Node

said = {}
for name in NAMES:
    home, _, last = name.rpartition(".")
    Node.add_to_class("asked", getattr(importlib.import_module(home), last)())
    with scopes_disabled():
        rows = Node.asked.all()
    said[name] = [rows.model is Node, sorted(rows.query.annotations), sorted(rows.query.extra)]
said = json.dumps(said)
"""
NODES = """
from django.contrib.sites.models import Site
from django.db import models
from mptt.models import MPTTModel, TreeForeignKey


class Node(MPTTModel):
    parent = TreeForeignKey("self", null=True, on_delete=models.CASCADE)
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    status = models.IntegerField(default=1)
    is_removed = models.BooleanField(default=False)
"""


def test_plain_managers_add_nothing_to_their_rows(tmp_path):
    files = {"own/__init__.py": "", "own/settings.py": SETTINGS + "SITE_ID = 1", "own/models.py": NODES}
    asked = ROWS.replace("NAMES", repr(sorted(PLAIN_MANAGERS)))
    found = json.loads(real({"site": files}, tmp_path, asked)["site"][0])
    assert found == {name: [True, [], []] for name in PLAIN_MANAGERS}


HEIRS = """
import json
from own.models import Node

said = json.dumps(sorted(each.name for each in Node._meta.get_fields()))
"""


def test_trees_have_the_fields_that_are_known(tmp_path):
    files = {"own/__init__.py": "", "own/settings.py": SETTINGS, "own/models.py": NODES}
    held = set(json.loads(real({"site": files}, tmp_path, HEIRS)["site"][0]))
    known = known_model(TREE)
    assert known is not None
    own = {"id", "parent", "site", "status", "is_removed", "node"}
    assert {field.name for field in known.fields} == held - own


TAKEN = """
import json
from django.apps import apps
from own.models import Node

said = []
for model in [*apps.get_models(), Node]:
    held = {each.name for each in model._meta.get_fields()} | {"pk"}
    named = sorted({*model._meta._property_names, "nothing"} - held)
    for name in named:
        try:
            model(**{name: 1})
        except (TypeError, AttributeError):
            continue
        said.append(f"{model._meta.label}.{name}")
said = json.dumps(said)
"""


def test_models_of_django_take_no_more_than_their_fields(tmp_path):
    files = {"own/__init__.py": "", "own/settings.py": SETTINGS, "own/models.py": NODES}
    assert json.loads(real({"site": files}, tmp_path, TAKEN)["site"][0]) == []
