"""What the plain bases of packages give to objects is what archlint knows of them: no less, and no more."""

import json

from archlint.frameworks.django.known.models import known_model
from archlint.frameworks.django.known.package_members import MEMBERS

from .real import real

SETTINGS = """
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django_extensions"]
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
    found = json.loads(real({"site": {"own/settings.py": SETTINGS}}, tmp_path, asked)["site"][0])
    assert {name: set(members) for name, (members, _, _) in found.items()} == MEMBERS
    for name, (_, fields, made) in found.items():
        known = known_model(name)
        assert known is not None
        above = [one for base in known.bases if (one := known_model(base)) is not None]
        assert {field.name for one in (known, *above) for field in one.fields} == set(fields)
        assert made == []
