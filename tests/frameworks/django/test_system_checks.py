"""Each mistake that archlint reports is one that Django refuses, and what it takes is left alone."""

import pytest
from django import VERSION

from archlint.config.model import Config
from archlint.engine import run
from archlint.finding import Severity
from archlint.registry import load

from .real import real

HEAD = """
from django.db import models
from django.db.models import CASCADE, Q


KNOWN = ["x"]
UNKNOWN = ["name"]
PERMISSIONS = [("view_tried", "Can look")]


class Base(models.Model):
    name = models.CharField(max_length=9)
    code = models.CharField(max_length=9, unique=True)
    peer = models.ForeignKey("self", CASCADE, related_name="peers")

    class Meta:
        app_label = "shop"


"""
SINCE_6_1 = {"fields.E130": "fields.E135", "fields.E132": "fields.E135"}
"""What Django calls a mistake since then."""

FIELDS = {
    "auth.E005 by a name": ("invalid-permission", "class Meta:\n        permissions = PERMISSIONS"),
    "FieldDoesNotExist by a name": (
        "unknown-meta-field",
        "x = models.IntegerField()\n    class Meta:\n        indexes = [models.Index(fields=UNKNOWN)]",
    ),
    "models.E012 by a name": (
        "unknown-meta-field",
        "x = models.IntegerField()\n    class Meta:\n        unique_together = UNKNOWN",
    ),
    "fields.E001": ("invalid-field-name", "x_ = models.IntegerField()"),
    "fields.E002": ("invalid-field-name", "x__y = models.IntegerField()"),
    "fields.E003": ("invalid-field-name", "pk = models.IntegerField()"),
    "fields.E004": ("invalid-field-argument", "x = models.CharField(max_length=9, choices='abc')"),
    "fields.E005": ("invalid-field-argument", "x = models.CharField(max_length=9, choices=['a', 'b'])"),
    "fields.E005 in a group": (
        "invalid-field-argument",
        "x = models.CharField(max_length=9, choices=[('a', [('b', [('c', 'd')])])])",
    ),
    "fields.E012": (
        "invalid-field-argument",
        "x = models.CharField(max_length=9, db_default=models.F('name'))",
    ),
    "fields.E900": ("invalid-field-argument", "x = models.IPAddressField()"),
    "fields.E901": ("invalid-field-argument", "x = models.CommaSeparatedIntegerField(max_length=9)"),
    "TypeError without an expression": (
        "invalid-field-argument",
        "x = models.GeneratedField(output_field=models.IntegerField(), db_persist=True)",
    ),
    "ValueError with a default": (
        "invalid-field-argument",
        "x = models.GeneratedField(expression=models.Value(1), output_field=models.IntegerField(), "
        "db_persist=True, default=1)",
    ),
    "ValueError with a text to persist": (
        "invalid-field-argument",
        "x = models.GeneratedField(expression=models.Value(1), output_field=models.IntegerField(), "
        "db_persist='yes')",
    ),
    "ValueError with an editable one": (
        "invalid-field-argument",
        "x = models.GeneratedField(expression=models.Value(1), output_field=models.IntegerField(), "
        "db_persist=True, editable=True)",
    ),
    "ValueError with one to fill in": (
        "invalid-field-argument",
        "x = models.GeneratedField(expression=models.Value(1), output_field=models.IntegerField(), "
        "db_persist=True, blank=False)",
    ),
    "fields.E340": (
        "invalid-index-name",
        "x = models.ManyToManyField(Base, db_table='joined', related_name='+')\n"
        "    y = models.ManyToManyField(Base, db_table='joined', related_name='+')",
    ),
    "fields.E340 with a model": (
        "invalid-index-name",
        "x = models.ManyToManyField(Base)\n\n    class Meta:\n        db_table = 't'\n\n\n"
        "class Other(models.Model):\n    class Meta:\n        db_table = 't_x'",
    ),
    "models.E003": (
        "invalid-through",
        "x = models.ManyToManyField(Base, through='Joined', related_name='+')\n"
        "    y = models.ManyToManyField(Base, through='Joined', related_name='+')\n\n\n"
        "class Joined(models.Model):\n    tried = models.ForeignKey(Tried, CASCADE)\n"
        "    base = models.ForeignKey(Base, CASCADE)",
    ),
    "models.E006 with the way to a child": (
        "field-clash",
        "pass\n\n\nclass Below(Tried):\n    below = models.IntegerField()",
    ),
    "models.E006 with the way to another": (
        "field-clash",
        "pass\n\n\nclass Other(models.Model):\n    tried = models.ForeignKey(Tried, CASCADE)\n\n\n"
        "class Below(Tried):\n    other = models.IntegerField()",
    ),
    "models.E015 behind a plain field": (
        "unknown-meta-field",
        "x = models.IntegerField()\n\n    class Meta:\n        ordering = ['x__name']",
    ),
    "fields.E347 by its name": (
        "invalid-to-field",
        "x = models.IntegerField()\n    y = models.IntegerField()\n"
        "    pk = models.CompositePrimaryKey('x', 'y')"
        "\n\n\nclass Below(models.Model):\n    tried = models.ForeignKey(Tried, CASCADE, to_field='pk')",
    ),
    "fields.E006": ("invalid-field-argument", "x = models.CharField(max_length=9, db_index='yes')"),
    "fields.E007": ("invalid-field-argument", "x = models.IntegerField(primary_key=True, null=True)"),
    "fields.E009": ("invalid-field-argument", "x = models.CharField(max_length=2, choices=[('abc', 'ABC')])"),
    "ValueError": ("invalid-field-argument", "x = models.AutoField()"),
    "fields.E121": ("invalid-field-argument", "x = models.CharField(max_length=-1)"),
    "fields.E130": ("invalid-field-argument", "x = models.DecimalField(max_digits=4)"),
    "fields.E131": ("invalid-field-argument", "x = models.DecimalField(max_digits=4, decimal_places=-1)"),
    "fields.E132": ("invalid-field-argument", "x = models.DecimalField(decimal_places=2)"),
    "fields.E133": ("invalid-field-argument", "x = models.DecimalField(max_digits=0, decimal_places=0)"),
    "fields.E134": ("invalid-field-argument", "x = models.DecimalField(max_digits=2, decimal_places=3)"),
    "fields.E140": ("invalid-field-argument", "x = models.FilePathField(allow_files=False)"),
    "fields.E150": ("invalid-field-argument", "x = models.GenericIPAddressField(blank=True)"),
    "fields.E160": ("invalid-field-argument", "x = models.DateField(auto_now=True, auto_now_add=True)"),
    "fields.E170": ("invalid-field-argument", "x = models.BinaryField(default='x')"),
    "fields.E201": ("invalid-field-argument", "x = models.FileField(primary_key=True)"),
    "fields.E202": ("invalid-field-argument", "x = models.FileField(upload_to='/x')"),
    "fields.E300": ("unknown-relation-target", "x = models.ForeignKey('Bas', CASCADE)"),
    "fields.E302": ("reverse-accessor-clash", "x = models.ForeignKey(Base, CASCADE, related_name='name')"),
    "fields.E303": (
        "reverse-accessor-clash",
        "x = models.ForeignKey(Base, CASCADE, related_query_name='name')",
    ),
    "fields.E304": ("reverse-accessor-clash", "x = models.ForeignKey(Base, CASCADE, related_name='peers')"),
    "fields.E305": (
        "reverse-accessor-clash",
        "x = models.ForeignKey(Base, CASCADE, related_query_name='peers')",
    ),
    "fields.E306": ("invalid-field-argument", "x = models.ForeignKey(Base, CASCADE, related_name='a-b')"),
    "fields.E308": ("invalid-field-argument", "x = models.ForeignKey(Base, CASCADE, related_name='a_')"),
    "fields.E309": ("invalid-field-argument", "x = models.ForeignKey(Base, CASCADE, related_name='a__b')"),
    "fields.E311": ("invalid-to-field", "x = models.ForeignKey(Base, CASCADE, to_field='name')"),
    "fields.E312": ("invalid-to-field", "x = models.ForeignKey(Base, CASCADE, to_field='nme')"),
    "fields.E320": ("impossible-on-delete", "x = models.ForeignKey(Base, models.SET_NULL)"),
    "fields.E321": ("impossible-on-delete", "x = models.ForeignKey(Base, models.SET_DEFAULT)"),
    "fields.E330": ("invalid-field-argument", "x = models.ManyToManyField(Base, unique=True)"),
    "models.E028 of a usual table": ("invalid-index-name", "class Meta:\n        db_table = 'shop_base'"),
    "TypeError": ("missing-on-delete", "x = models.ForeignKey(Base)"),
    "models.E004": ("invalid-primary-key", "id = models.IntegerField()"),
    "models.E026": (
        "invalid-primary-key",
        "x = models.IntegerField(primary_key=True)\n    y = models.IntegerField(primary_key=True)",
    ),
    "models.E006": ("field-clash", "x = models.ForeignKey(Base, CASCADE)\n    x_id = models.IntegerField()"),
    "models.E007": ("field-clash", "x = models.IntegerField()\n    y = models.IntegerField(db_column='x')"),
    "fields.E008": ("invalid-field-argument", "x = models.IntegerField(validators=[True])"),
    "fields.E013": (
        "invalid-primary-key",
        "x = models.IntegerField()\n    y = models.IntegerField()\n"
        "    key = models.CompositePrimaryKey('x', 'y')",
    ),
    "fields.E347": (
        "invalid-to-field",
        "x = models.IntegerField()\n    y = models.IntegerField()\n"
        "    pk = models.CompositePrimaryKey('x', 'y')"
        "\n\n\nclass Below(models.Model):\n    tried = models.ForeignKey(Tried, CASCADE)",
    ),
    "models.E042": (
        "invalid-primary-key",
        "x = models.IntegerField()\n    y = models.IntegerField(null=True)\n"
        "    pk = models.CompositePrimaryKey('x', 'y')",
    ),
    "models.E048": (
        "unknown-meta-field",
        "x = models.IntegerField()\n    y = models.IntegerField()\n"
        "    pk = models.CompositePrimaryKey('x', 'y')"
        "\n\n    class Meta:\n        unique_together = [('pk', 'x')]",
    ),
    "models.E029": (
        "invalid-index-name",
        "x = models.IntegerField()\n\n    class Meta:\n        indexes = ["
        "models.Index(fields=['x'], name='n'), models.Index(fields=['-x'], name='n')]",
    ),
    "models.E032": (
        "invalid-index-name",
        "x = models.IntegerField()\n\n    class Meta:\n        abstract = True\n        constraints = ["
        "models.UniqueConstraint(fields=['x'], name='n')]\n\n\n"
        "class One(Tried): ...\n\n\nclass Two(Tried): ...",
    ),
    "models.E017": (
        "invalid-meta-option",
        "pass\n\n\nclass Below(Base):\n    x = models.IntegerField()\n\n"
        "    class Meta:\n        proxy = True",
    ),
    "models.E021": (
        "invalid-meta-option",
        "x = models.ForeignKey(Base, CASCADE)\n\n    class Meta:\n        ordering = ['x']\n"
        "        order_with_respect_to = 'x'",
    ),
    "models.E012": ("unknown-meta-field", "class Meta:\n        unique_together = [('x', 'y')]"),
    "models.E013": (
        "unknown-meta-field",
        "x = models.ManyToManyField(Base)\n    class Meta:\n        unique_together = [('x',)]",
    ),
    "models.E041": (
        "unknown-meta-field",
        "x = models.ForeignKey(Base, CASCADE)\n    class Meta:\n        constraints = ["
        "models.CheckConstraint(condition=Q(x__name='a'), name='n')]",
    ),
    "models.E016": (
        "unknown-meta-field",
        "pass\n\n\nclass Below(Base):\n    class Meta:\n        app_label = 'shop'\n"
        "        indexes = [models.Index(models.F('name').desc(), name='m')]",
    ),
    "models.E010": (
        "invalid-meta-option",
        "x = models.IntegerField()\n\n    class Meta:\n        unique_together = ('x')",
    ),
    "models.E014": (
        "invalid-meta-option",
        "x = models.IntegerField()\n\n    class Meta:\n        ordering = '-x'",
    ),
    "models.E020 by a field": ("invalid-field-name", "check = models.BooleanField()"),
    "models.E020 by a method": ("invalid-field-name", "def check(self):\n        return True"),
    "models.E020 by a static method": (
        "invalid-field-name",
        "@staticmethod\n    def check():\n        return True",
    ),
    "models.E015": ("unknown-meta-field", "class Meta:\n        ordering = ['x']"),
    "FieldDoesNotExist": ("unknown-meta-field", "class Meta:\n        order_with_respect_to = 'x'"),
}
GOOD = {
    "a text where a list may be left out": "class Meta:\n        ordering = ''",
    "a check of its own": "@classmethod\n    def check(cls, **options):\n        return []",
    "a base with an order of one text": ("class Meta:\n        abstract = True\n        ordering = 'name'"),
    "a base with a way to check": "def check(self): ...\n\n    class Meta:\n        abstract = True",
    "a generated field": (
        "x = models.IntegerField()\n    y = models.GeneratedField(expression=models.F('x') * 2, "
        "output_field=models.IntegerField(), db_persist=True)"
    ),
    "a default of the database": "x = models.IntegerField(db_default=models.Value(1))",
    "tables of their own": (
        "x = models.ManyToManyField(Base, db_table='one', related_name='+')\n"
        "    y = models.ManyToManyField(Base, db_table='two', related_name='+')"
    ),
    "two ways through one model": (
        "x = models.ManyToManyField(Base, through='Joined', through_fields=('tried', 'one'), "
        "related_name='+')\n"
        "    y = models.ManyToManyField(Base, through='Joined', through_fields=('tried', 'two'), "
        "related_name='+')\n\n\n"
        "class Joined(models.Model):\n    tried = models.ForeignKey(Tried, CASCADE)\n"
        "    one = models.ForeignKey(Base, CASCADE, related_name='+')\n"
        "    two = models.ForeignKey(Base, CASCADE, related_name='+')"
    ),
    "a child that is called otherwise": (
        "pass\n\n\nclass Below(Tried):\n    below_x = models.IntegerField()\n\n\n"
        "class Hidden(models.Model):\n    tried = models.ForeignKey(Tried, CASCADE, related_name='+')\n\n\n"
        "class Other(Tried):\n    hidden = models.IntegerField()"
    ),
    "ordering by a part of a date": (
        "x = models.DateField()\n\n    class Meta:\n        ordering = ['x__year']"
    ),
    "choices in groups": "x = models.CharField(max_length=1, choices=[('Group', [('a', 'A')])])",
    "no way back": "x = models.ForeignKey(Base, CASCADE, related_name='+')",
    "ordering by the other side": (
        "class Meta:\n        ordering = ['-x__name']\n    x = models.ForeignKey(Base, CASCADE)"
    ),
    "a key by its column": (
        "class Meta:\n        unique_together = [('x_id',)]\n    x = models.ForeignKey(Base, CASCADE)"
    ),
    "positional arguments": "x = models.DecimalField('x', None, 4, 2)",
    "a date for each row": "x = models.DateField(auto_now=False, auto_now_add=True)",
    "to a unique field": "x = models.ForeignKey(Base, CASCADE, to_field='code')",
    "to the key": "x = models.ForeignKey(Base, CASCADE, to_field='id')",
    "symmetrical": "x = models.ManyToManyField('self')",
    "a joining model by name": (
        "x = models.ManyToManyField(Base)\n    y = models.ForeignKey('Tried_x', CASCADE, related_name='+')"
    ),
    "columns of their own": (
        "x = models.IntegerField(db_column='y')\n    y = models.ForeignKey(Base, CASCADE, db_column='z')"
    ),
    "a key of several fields": (
        "x = models.ForeignKey(Base, CASCADE)\n    y = models.IntegerField()\n"
        "    pk = models.CompositePrimaryKey('x_id', 'y')"
    ),
    "constraints for each heir": (
        "x = models.IntegerField()\n\n    class Meta:\n        abstract = True\n        constraints = ["
        "models.UniqueConstraint(fields=['x'], name='%(class)s_x')]\n\n\n"
        "class One(Tried): ...\n\n\nclass Two(Tried): ..."
    ),
    "a condition on a key": (
        "x = models.ForeignKey(Base, CASCADE)\n    class Meta:\n        constraints = ["
        "models.CheckConstraint(condition=Q(x__gt=1, x__isnull=False), name='n')]"
    ),
    "an index by a name": (
        "x = models.IntegerField()\n    class Meta:\n        indexes = [models.Index(fields=KNOWN, name='n')]"
    ),
    "with respect to": (
        "x = models.ForeignKey(Base, CASCADE)\n    class Meta:\n        order_with_respect_to = 'x'\n"
        "        unique_together = [('x', '_order')]"
    ),
}


def source(body: str) -> str:
    return f"{HEAD}class Tried(models.Model):\n    {body}\n"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    bodies = {name: body for name, (_, body) in FIELDS.items()} | GOOD
    projects = {name: {"shop/models.py": source(body)} for name, body in bodies.items()}
    return real(projects, tmp_path_factory.mktemp("checks"))


@pytest.fixture
def found(tmp_path):
    def look(body: str) -> set[str]:
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop" / "models.py").write_text(source(body), encoding="utf-8")
        report = run(Config(root=tmp_path, packs=("django",)), load())
        return {f.rule for f in report.findings if f.severity is Severity.ERROR}

    return look


@pytest.mark.parametrize("name", FIELDS)
def test_what_django_refuses_is_reported(name, said, found) -> None:
    rule, body = FIELDS[name]
    refusal = name.partition(" ")[0]
    assert (SINCE_6_1.get(refusal, refusal) if VERSION >= (6, 1) else refusal) in said[name]
    assert found(body) == {f"django/{rule}"}


@pytest.mark.parametrize("name", GOOD)
def test_what_django_takes_is_not(name, said, found) -> None:
    assert said[name] == []
    assert found(GOOD[name]) == set()


def test_an_option_that_is_gone_is_refused(tmp_path) -> None:
    body = "class Meta:\n        index_together = [('id', 'name')]\n    name = models.IntegerField()"
    said = real({"one": {"shop/models.py": source(body)}}, tmp_path)["one"]
    assert (said == ["TypeError"]) is (VERSION >= (5, 1))
