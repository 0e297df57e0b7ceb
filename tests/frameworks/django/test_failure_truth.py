"""What the pages call bad raises in the real Django, function by function; what they call good does not."""

import ast

import pytest

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

REGISTRY = load()

EACH = """
import inspect

def each(module, give):
    found = []
    for name, act in list(vars(module).items()):
        if inspect.isfunction(act) and act.__module__ == module.__name__ and not name.startswith("_"):
            arguments = {one: give(one) for one in inspect.signature(act).parameters}
            found.append(outcome(lambda: act(**arguments)))
    return found
"""

RESULTS = """
from shop import services
from shop.models import Order
Order.objects.create(status="open", total=3)
said = each(services, lambda name: 1)
"""

PEOPLE = """
from django.contrib.auth.models import User
from people import services
from people.models import Profile
profile = Profile.objects.create(user=User.objects.create(username="ada"))
User.objects.create(username="bob")
Profile.objects.create(user=User.objects.get(username="bob"))
bare = User.objects.create(username="eve")
given = {"profile": profile, "username": "bob", "user": profile.user}
said = each(services, given.get)
"""

TAGS = """
from shop import services
from shop.models import Tag
Tag.objects.create(word="sale")
said = each(services, {"words": ("new", "sale", "old"), "word": "sale"}.get)
"""

ORDERS = """
from datetime import date
from shop import services
from shop.models import Order
Order.objects.create(status="open", placed=date(2026, 1, 1))
said = each(services, lambda name: 1)
"""

SELECTED = """
from shop import selectors
from shop.models import Customer, Order
Order.objects.create(customer=Customer.objects.create(name="ada"), number=1, total=1)
said = each(selectors, lambda name: 1)
"""

VALUES = """
from shop import services
from shop.models import Customer, Order
customer = Customer.objects.create(name="ada")
Order.objects.create(customer=customer, number=1)
said = each(services, lambda name: 1)
"""


DOCUMENTS = """
from archive import services
said = each(services, lambda name: 1)
"""


@pytest.mark.parametrize(
    ("rule", "code", "expected"),
    [
        ("used-abstract-model", DOCUMENTS, ["TypeError", "AttributeError"]),
        (
            "refused-argument",
            ORDERS,
            [*["ValueError"] * 9, "TypeError", "ValueError", "TypeError", "TypeError"],
        ),
        (
            "refused-step",
            SELECTED,
            ["ran", "NotSupportedError", "TypeError", "ValueError", "TypeError", "FieldError"],
        ),
        ("refused-value", VALUES, [*["ValueError"] * 6, "TypeError", "ValueError"]),
        (
            "mistaken-result",
            RESULTS,
            ["AttributeError", "KeyError", "ValueError", "TypeError", "KeyError", "AttributeError"],
        ),
        ("broken-transaction", TAGS, ["TransactionManagementError"] * 2),
        ("mistyped-relation", PEOPLE, ["TypeError", *["ValueError"] * 5]),
    ],
)
def test_each_function_of_the_page_fails_where_it_is_bad(rule, code, expected, tmp_path):
    pages = [one for one in examples(REGISTRY, "django") if one.rule == f"django/{rule}"]
    projects = {one.title: one.files for one in pages if one.title in ("Bad", "Good")}
    said = real(projects, tmp_path, PREPARE + EACH + code)
    assert said["Bad"] == [str(expected)]
    assert set(ast.literal_eval(said["Good"][0])) <= {"ran", "IntegrityError"}


ADMIN = """
import sales.admin
from django.contrib import admin
shown = [one for one in admin.site._registry.values() if type(one).__module__ == "sales.admin"]
said = sorted(found.id for one in shown for found in one.check())
"""

FORM = """
import sales.admin
from django.contrib import admin
from django.test import RequestFactory
from sales.models import Order
(shown,) = [one for one in admin.site._registry.values() if one.model is Order]
said = outcome(lambda: shown.get_form(RequestFactory().get("/")))
"""

VIEWS = """
from django.test import override_settings
from rest_framework.test import APIRequestFactory
from shop.models import Order
from shop.views import OrderViewSet
Order.objects.create(number=1, status="a")
view = OrderViewSet.as_view({"get": "list"})
one = OrderViewSet.as_view({"get": "retrieve"})
ask = APIRequestFactory().get
said = [
    outcome(lambda: one(ask("/"), **{OrderViewSet.lookup_field: 1})),
    outcome(lambda: view(ask("/", {"search": "a"}))),
    outcome(lambda: view(ask("/"))),
]
"""

ACTIONS = """
from rest_framework.test import APIRequestFactory
from shop.urls import urlpatterns
said = outcome(lambda: urlpatterns[0].callback(APIRequestFactory().get("/")))
"""

WRITABLE = """
from shop.serializers import OrderSerializer
said = sorted(name for name, field in OrderSerializer().fields.items() if not field.read_only)
"""

CALLED = """
from django.test import RequestFactory
from people import views
post = RequestFactory().post
said = [
    outcome(lambda: views.follow(post("/"), "ada")),
    outcome(lambda: views.Block.as_view()(post("/"), username="ada")),
    outcome(lambda: getattr(views, "Unblock", views.Block).as_view()(post("/"), username="ada")),
]
"""

PROVIDED = """
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
said = [outcome(lambda: Client().get(path)) for path in ("/keep", "/tell")]
"""


@pytest.mark.parametrize(
    ("rule", "code", "bad", "good"),
    [
        ("drf/called-view", CALLED, str(["AssertionError"] * 3), str(["ran"] * 3)),
        ("django/missing-middleware", PROVIDED, "['AttributeError', 'MessageFailure']", "['ran', 'ran']"),
        ("django/unrelated-inline", ADMIN, str(["admin.E202"] * 3), "[]"),
        (
            "django/unknown-admin-field",
            ADMIN,
            str([f"admin.E{number}" for number in ("022", "035", "108", "111", "116", "127")]),
            "[]",
        ),
        (
            "django/invalid-admin-option",
            ADMIN,
            "['admin.E011', 'admin.E016', 'admin.E107', 'admin.E115', 'admin.E118']",
            "[]",
        ),
        (
            "django/unsuitable-admin-field",
            ADMIN,
            str([f"admin.E{number}" for number in ("003", "013", "023", "040", "109", "122", "128")]),
            "[]",
        ),
        ("django/unknown-admin-field", FORM, "FieldError", "ran"),
        (
            "drf/unknown-view-field",
            VIEWS,
            "['FieldError', 'FieldError', 'FieldError']",
            "['ran', 'ran', 'ran']",
        ),
        ("drf/unknown-action", ACTIONS, "AttributeError", "ran"),
        ("drf/ignored-read-only", WRITABLE, "['is_paid', 'total']", "[]"),
    ],
)
def test_what_options_do(rule, code, bad, good, tmp_path):
    pages = [one for one in examples(REGISTRY, rule.partition("/")[0]) if one.rule == rule]
    projects = {one.title: one.files for one in pages if one.title in ("Bad", "Good")}
    said = real(projects, tmp_path, PREPARE + code)
    assert {title: answers[0] for title, answers in said.items()} == {"Bad": bad, "Good": good}


LIMITED = """
from django.db import models
from django.db.models import Q

class Driver(models.Model):
    active = models.BooleanField()

class Tour(models.Model):
    by_dict = models.ForeignKey(Driver, models.CASCADE, "+", limit_choices_to={"NAME": True})
    by_condition = models.ForeignKey(Driver, models.CASCADE, "+", limit_choices_to=~Q(NAME=True))
    by_many = models.ManyToManyField(Driver, limit_choices_to={"NAME__in": [True]})
"""

CHOICES = """
from django.forms import modelform_factory
from tours.models import Tour
names = ["by_dict", "by_condition", "by_many"]
fields = outcome(lambda: modelform_factory(Tour, fields=names)().fields["by_many"].queryset.count())
said = [fields, outcome(lambda: Tour(by_dict_id=1).clean_fields(exclude=["by_condition"]))]
"""


def test_a_relation_asks_its_target_for_what_limits_it(tmp_path):
    projects = {name: {"tours/models.py": LIMITED.replace("NAME", name)} for name in ("active", "on_duty")}
    said = real(projects, tmp_path, PREPARE + CHOICES)
    assert said == {"active": ["['ran', 'ValidationError']"], "on_duty": ["['FieldError', 'FieldError']"]}
