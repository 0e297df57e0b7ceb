"""The models known beforehand, and models of a small project, are what Django's `_meta` says."""

import json

import pytest

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.models.spelling import canonical

from .real import real

DUMP = """
import json
from django.apps import apps
from django.db.models import ForeignObjectRel

said = {}
for model in apps.get_models(include_auto_created=True):
    fields, relations, reverse = {}, {}, {}
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel):
            if not field.hidden and hasattr(model, field.get_accessor_name()):
                reverse[field.get_accessor_name()] = [field.name, field.related_model._meta.label]
        elif field.is_relation:
            target = field.related_model
            relations[field.name] = [target._meta.label if target else "", field.null]
        else:
            kind = f"{type(field).__module__}.{type(field).__qualname__}"
            fields[field.name] = [kind, field.null, field.unique, field.column]
    managers = [manager.name for manager in model._meta.managers]
    said[model._meta.label] = [fields, relations, reverse, model._meta.db_table, managers]
said = json.dumps(said)
"""
FILES = {
    "site/settings.py": """
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.sites", "django.contrib.redirects", "django.contrib.flatpages",
    "rest_framework.authtoken", "shop.apps.ShopConfig",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
""",
    "shop/apps.py": """
from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"
    label = "store"
""",
    "shop/models.py": """
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models

OWNED = "owned_%(class)s"


class OrderQuerySet(models.QuerySet): ...


class Timed(models.Model):
    made = models.DateTimeField(auto_now_add=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name=OWNED)
    late = models.Manager()

    class Meta:
        abstract = True


class Hidden:
    note = None


class Noted(models.Model):
    note = models.TextField()

    class Meta:
        abstract = True


class Place(Timed):
    name = models.CharField(max_length=80, db_column="title")
    notes = GenericRelation("Note", related_query_name="places")


class Cafe(Place):
    tables = models.PositiveIntegerField(null=True)
    near = models.ManyToManyField("self")
    guests = models.ManyToManyField(get_user_model(), through="Visit")
    objects = OrderQuerySet.as_manager()


class Bar(Hidden, Cafe, Noted):
    licence = models.OneToOneField("auth.Permission", models.CASCADE)

    class Meta:
        default_related_name = "bars"
        db_table = "pub"


class Pub(Bar):
    class Meta:
        proxy = True


class Visit(models.Model):
    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="+")
    guest = models.ForeignKey("auth.User", models.CASCADE)
    pub = models.ForeignKey(Pub, models.SET_NULL, null=True, related_query_name="visited")

    class Meta:
        order_with_respect_to = "cafe"


class Note(models.Model):
    key = models.CharField(max_length=9, primary_key=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey()
""",
    "shop/__init__.py": "",
    "site/__init__.py": "",
}
PROXIED = {"authtoken.TokenProxy"}
"""Models that only the admin uses, and that the tables leave out."""


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """What Django says of each model, and what archlint says, by label."""
    files = {path.replace("site/", "shopsite/"): text for path, text in FILES.items()}
    folder = tmp_path_factory.mktemp("known")
    (said,) = real({"all": files}, folder, DUMP)["all"]
    real_models = {label: m for label, m in json.loads(said).items() if label not in PROXIED}
    return real_models, open_project(Config(root=folder / "0")).view(DjangoModels)


def test_every_model_is_there(both) -> None:
    said, models = both
    assert len(said) > 20
    assert [label for label in said if models.named(label) is None] == []


def test_fields_are_the_same(both) -> None:
    said, models = both
    ours = {
        label: {f.name: [f.kind, f.null, f.unique or f.primary_key, f.column] for f in fields(models, label)}
        for label in said
    }
    assert ours == {
        label: {
            name: [canonical(kind), null, unique, column] for name, (kind, null, unique, column) in f.items()
        }
        for label, (f, *_) in said.items()
    }


def test_relations_are_the_same(both) -> None:
    said, models = both
    for label, (_, relations, _, _, _) in said.items():
        forward = {r.name: r for r in models.named(label).relations.values() if not r.is_reverse}
        targets = {name: models.model(r.target) for name, r in forward.items()}
        ours = {n: [targets[n].label if targets[n] else "", bool(r.null)] for n, r in forward.items()}
        assert ours == {name: [target, bool(null)] for name, (target, null) in relations.items()}, label


def test_the_other_sides_are_the_same(both) -> None:
    said, models = both
    for label, (_, _, reverse, _, _) in said.items():
        there = [r for r in models.named(label).relations.values() if r.is_reverse and r.name]
        ours = {r.name: [r.query_name, models.model(r.target).label] for r in there}
        ours = {name: value for name, value in ours.items() if value[1] not in PROXIED}
        assert ours == {name: value for name, value in reverse.items() if value[1] not in PROXIED}, label


def test_tables_and_managers_are_the_same(both) -> None:
    said, models = both
    ours = {label: [models.named(label).table, list(models.named(label).managers)] for label in said}
    assert ours == {label: [table, managers] for label, (_, _, _, table, managers) in said.items()}


def fields(models, label):
    return models.named(label).fields.values()
