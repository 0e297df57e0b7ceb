"""What archlint reports of an admin class is what Django refuses, and what it takes is left alone."""

import pytest

from archlint.config.model import Config
from archlint.engine import run
from archlint.finding import Severity
from archlint.registry import load

from .real import real

FILES = {
    "config/settings.py": """
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "shop",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
""",
    "shop/models.py": """
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=9)


class Place(models.Model):
    name = models.CharField(max_length=9)


class Order(models.Model):
    number = models.IntegerField()
    state = models.CharField(max_length=9, choices=[("new", "New")], default="new")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    text = models.CharField(max_length=9)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True)


class Move(models.Model):
    old = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    new = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
""",
}
HEAD = """
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import F
from django.db.models.functions import Upper

from shop.models import Customer, Line, Move, Order


@admin.action(permissions=["ship"])
def ship(shown, request, orders):
    pass


def pack(shown, request, orders):
    pass


class Plain:
    pass


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    search_fields = ["name"]


class LineInline(admin.TabularInline):
    model = Line


"""

REFUSED = {
    "admin.E016": ("invalid-admin-option", "form = 'OrderForm'"),
    "admin.E024": ("invalid-admin-option", "radio_fields = {'state': 'vertical'}"),
    "admin.E033": ("unknown-admin-field", "ordering = [F('numbr')]"),
    "admin.E033 of a direction": ("unknown-admin-field", "ordering = [F('numbr').desc()]"),
    "admin.E104": ("invalid-admin-option", "inlines = [pack]"),
    "admin.E106": (
        "invalid-admin-option",
        "class Lines(admin.TabularInline):\n        model = 'shop.Line'\n\n    inlines = [Lines]",
    ),
    "admin.E039": (
        "unsuitable-admin-field",
        "class Lines(LineInline):\n        autocomplete_fields = ['place']\n\n    inlines = [Lines]",
    ),
    "admin.E106 of a plain class": (
        "invalid-admin-option",
        "class Lines(admin.TabularInline):\n        model = Plain\n\n    inlines = [Lines]",
    ),
    "admin.E113": ("invalid-admin-option", "list_filter = [pack]"),
    "admin.E115": ("invalid-admin-option", "list_filter = [('number', 'all')]"),
    "admin.E129": ("invalid-admin-option", "actions = [ship]"),
    "admin.E129 of a method": (
        "invalid-admin-option",
        "actions = ['send']\n\n    @admin.action(permissions=['view', 'send'])\n"
        "    def send(self, request, orders): ...",
    ),
    "admin.E130": ("invalid-admin-option", "actions = [pack, pack]"),
    "admin.E201": (
        "unrelated-inline",
        "class Lines(LineInline):\n        exclude = ['order']\n\n    inlines = [Lines]",
    ),
    "admin.E201 of several": (
        "unrelated-inline",
        "class Moves(admin.TabularInline):\n        model = Move\n        fk_name = 'old'\n"
        "        exclude = ['old']\n\n    inlines = [Moves]",
    ),
    "admin.E202 of a joining model": (
        "unrelated-inline",
        "class Permitted(admin.TabularInline):\n        model = Group.permissions.through\n\n"
        "    inlines = [Permitted]",
    ),
    "admin.E206": (
        "invalid-admin-option",
        "class Lines(LineInline):\n        formset = 'LineFormSet'\n\n    inlines = [Lines]",
    ),
}
TAKEN = {
    "actions that are asked for": (
        "actions = [ship, pack, 'send']\n\n    @admin.action(permissions=['change'])\n"
        "    def send(self, request, orders): ...\n\n    def has_ship_permission(self, request): ..."
    ),
    "relations that are searched for": "autocomplete_fields = ['customer']",
    "radio buttons": "radio_fields = {'state': admin.VERTICAL, 'customer': admin.HORIZONTAL}",
    "ordering by expressions": "ordering = [F('number').desc(nulls_last=True), Upper('number')]",
    "an inline that leaves out another field": (
        "class Lines(LineInline):\n        exclude = ['text']\n\n    inlines = [Lines]"
    ),
}


def source(body: str) -> str:
    return f"{HEAD}@admin.register(Order)\nclass OrderAdmin(admin.ModelAdmin):\n    {body}\n"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    bodies = {name: body for name, (_, body) in REFUSED.items()} | TAKEN
    projects = {name: {**FILES, "shop/admin.py": source(body)} for name, body in bodies.items()}
    return real(projects, tmp_path_factory.mktemp("checks"))


@pytest.fixture
def found(tmp_path):
    def look(body: str) -> set[str]:
        for path, text in {**FILES, "shop/admin.py": source(body)}.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        report = run(Config(root=tmp_path, packs=("django",)), load())
        return {f.rule for f in report.findings if f.severity is Severity.ERROR}

    return look


@pytest.mark.parametrize("name", REFUSED)
def test_what_django_refuses_is_reported(name, said, found) -> None:
    rule, body = REFUSED[name]
    assert said[name] == [name.partition(" ")[0]]
    assert found(body) == {f"django/{rule}"}


@pytest.mark.parametrize("name", TAKEN)
def test_what_django_takes_is_not(name, said, found) -> None:
    assert said[name] == []
    assert found(TAKEN[name]) == set()
