"""What the pages about queries and options say happens in the real Django, function by function."""

import ast
from pathlib import Path

import pytest

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE
from .test_failure_truth import EACH

REGISTRY = load()
EDGES = Path(__file__).parents[2] / "rules"

EVALUATED = """
from django.db.models import QuerySet

def outcome(act):
    try:
        found = act()
        list(found) if isinstance(found, QuerySet) else found
    except Exception as error:
        return type(error).__name__
    return "ran"
"""

TAGGED = """
from shop import services
from shop.models import Order, Tag
order = Order(number="1")
if hasattr(Order, "customer"):
    from shop.models import Customer
    order.customer = Customer.objects.create(name="ada")
order.save()
given = {"order": order, "customer": getattr(order, "customer", None), "number": "2", "words": ["a"]}
said = each(services, lambda name: given.get(name, []))
"""

SHOP = """
from shop import services
said = each(services, lambda name: 1)
"""

LABELLED = """
from shop import services
from shop.models import Customer, Order
Order.objects.create(pk=1, customer=Customer.objects.create(name="ada"), label="a", total=1)
said = each(services, lambda name: 1)
"""

MEMBERS = """
from social import services
from social.models import Member
member = Member.objects.create(name="ada")
said = each(services, {"pk": member.pk, "member": member}.get)
"""

BILLS = """
from billing import services
from billing.models import Invoice
said = each(services, {"invoice": Invoice.objects.create(currency="EUR"), "cents": 1}.get)
"""

SELECTED = """
from shop import selectors
said = each(selectors, lambda name: "a")
"""

ORDERS = """
from shop import services
from shop.models import Order
order = Order.objects.create(status="open", number="1")
said = each(services, {"order": order, "orders": [order], "numbers": ["1"]}.get)
"""

CLOSED = """
from shop import services
from shop.models import Line, Order
order = Order.objects.create(pk=1, status="open")
Line.objects.create(order=order)
said = each(services, {"order": order, "pk": 1}.get)
"""

LOADED = """
from shop import selectors
from shop.models import Customer, Order
Order.objects.create(customer=Customer.objects.create(name="ada"))
said = each(selectors, {"orders": list(Order.objects.all())}.get)
"""


@pytest.mark.parametrize(
    ("rule", "code", "expected"),
    [
        ("assigned-collection", TAGGED, ["TypeError", "TypeError"]),
        ("misplaced-expression", LABELLED, [*["FieldError"] * 3, "ValueError", "FieldError", "TypeError"]),
        ("mixed-types", SHOP, ["FieldError"] * 5),
        ("unknown-attribute", MEMBERS, ["AttributeError"]),
        ("unknown-keyword", BILLS, ["TypeError", "FieldDoesNotExist"]),
        ("unknown-lookup", SELECTED, ["FieldError"] * 4),
        ("unknown-named-field", ORDERS, ["ValueError", "ValueError", "FieldDoesNotExist"]),
        (
            "unknown-query-set-attribute",
            CLOSED,
            ["AttributeError", "AttributeError", "TypeError", "AttributeError"],
        ),
        ("unloadable-relation", LOADED, [*["FieldError"] * 3, *["AttributeError"] * 2]),
    ],
)
def test_each_function_of_the_page_fails_where_it_is_bad(rule, code, expected, tmp_path):
    said = _said(f"django/{rule}", PREPARE + EVALUATED + EACH + code, tmp_path)
    assert said["Bad"] == str(expected)
    assert set(ast.literal_eval(said["Good"])) == {"ran"}


JSON = """
from django.db import connection
connection.ensure_connection()
from blog import selectors
said = [outcome(lambda: list(act("a"))) for act in (selectors.tagged,)]
"""


def test_sqlite_has_no_containment(tmp_path):
    bad = {one.title: one.files for one in _pages("django/unsupported-lookup")}["Bad"]
    code = f"{PREPARE}{JSON}said.append(outcome(lambda: list(selectors.titles())))"
    assert real({"one": bad}, tmp_path, code)["one"] == ["['NotSupportedError', 'NotSupportedError']"]


VIEWS = """
from django.test import RequestFactory
from press import views
from press.models import Clipping, Release

release = Release.objects.create(title="a", slug="a")
for _ in range(2):
    Clipping.objects.create(headline="a", **({"release": release} if hasattr(Clipping, "release") else {}))
get = RequestFactory().get("/")
shown = [one for one in vars(views).values() if isinstance(one, type) and one.__module__ == views.__name__]
asked = [one for one in shown if hasattr(one, "as_view")]

def show(view):
    answer = view.as_view(template_name="x.html")(get, slug="a")
    answer.context_data["view"].get_context_data()
    list(answer.context_data.get("object_list") or ())

said = [(one.__name__, outcome(lambda: show(one))) for one in asked]
"""

FILTERS = """
def run():
    from rentals.filters import FlatFilter
    return list(FlatFilter({"city": "a"}).qs)
said = outcome(run)
"""

FORMS = """
from accounts import views
said = [outcome(form({"username": "a", "password1": "jX3-pq9w", "password2": "jX3-pq9w"}).is_valid)
        for form in dict.fromkeys((views.SignUpForm, views.SignUp.form_class))]
"""

SWAPPED = """
from accounts import services
said = outcome(services.everybody)
"""

SLICE = """
from django.db import connection
from shop.models import Order
from shop.services import newest
import datetime
for number in range(20):
    day = datetime.datetime(2026, 1, 28 - number, tzinfo=datetime.timezone.utc)
    Order.objects.create(number=number, placed=day)
before = newest()
with connection.cursor() as cursor:
    cursor.execute("CREATE INDEX placed ON shop_order (placed, number)")
said = newest() == before
"""

INJECTED = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE orders (customer text)")
    cursor.execute("INSERT INTO orders VALUES ('ada'), ('bob')")
import example, inspect
limit = {"limit": 9} if "limit" in inspect.signature(example.orders_of).parameters else {}
said = len(example.orders_of("x' OR '1'='1", **limit))
"""

ADMIN_LIST = """
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import RequestFactory
from shop.admin import OrderAdmin
from shop.models import Customer, Order
for number in range(ROWS):
    Order.objects.create(number=number, customer=Customer.objects.create(name=str(number)))
shown = OrderAdmin(Order, site)

def show():
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    for row in shown.get_changelist_instance(request).result_list:
        for name in shown.list_display:
            str(row) if name == "__str__" else getattr(shown, name)(row)

said = count(show)
"""

GUARDS = """
from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIRequestFactory
import shop.views, inspect
asked = [one for name, one in vars(shop.views).items() if name in ("Orders", "Prices", "prices")]
said = [(one.as_view() if inspect.isclass(one) else one)(APIRequestFactory().get("/")).status_code
        for one in asked]
"""

SETTING = """
from shop import services
said = outcome(services.page_size)
"""

FINE_VIEWS = [(name, "ran") for name in ("Releases", "Clippings", "Busiest", "OneRelease", "NewRelease")]


@pytest.mark.parametrize(
    ("rule", "code", "bad", "good"),
    [
        (
            "django/unknown-view-field",
            VIEWS,
            str(
                [
                    ("Releases", "ran"),
                    ("Clippings", "FieldError"),
                    ("OneClipping", "FieldError"),
                    ("NewRelease", "FieldError"),
                ]
            ),
            str(FINE_VIEWS),
        ),
        ("django/unknown-filter-field", FILTERS, "TypeError", "ran"),
        ("django/swapped-user-form", FORMS, "['AttributeError', 'AttributeError']", "['ran']"),
        ("django/bypassed-user-model", SWAPPED, "AttributeError", "ran"),
        ("django/unknown-setting", SETTING, "AttributeError", "ran"),
        ("django/unordered-slice", SLICE, "False", "True"),
        ("django/composed-sql", INJECTED, "2", "0"),
        ("drf/unguarded-view", GUARDS, "[200, 200]", "[403, 403]"),
    ],
)
def test_what_the_page_says_happens(rule, code, bad, good, tmp_path):
    assert _said(rule, PREPARE + code, tmp_path) == {"Bad": bad, "Good": good}


@pytest.mark.parametrize(("rows", "bad", "good"), [(2, "5", "3"), (5, "8", "3")])
def test_admin_lists_load_row_by_row(rows, bad, good, tmp_path):
    apps = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "shop"]
    settings = {"config/settings.py": f"INSTALLED_APPS = {apps!r}\n"}
    pages = _pages("django/lazy-load-in-admin")
    found = real(
        {one.title: {**one.files, **settings} for one in pages},
        tmp_path,
        f"{PREPARE}ROWS = {rows}\n{ADMIN_LIST}",
    )
    assert {title: said[0] for title, said in found.items()} == {"Bad": bad, "Good": good}


WAY_BACK = """
from notes.models import Book
said = outcome(lambda: list(Book.objects.create().marks.all()))
"""


def test_a_way_back_to_no_such_fields_fails_when_it_is_read(tmp_path):
    files = {one.title: one.files for one in _pages("django/invalid-generic-relation")}
    found = real(files, tmp_path, PREPARE + WAY_BACK)
    assert {title: said[0] for title, said in found.items()} == {"Bad": "FieldError", "Good": "ran"}


FIELD_NAME = """
from rentals.filters import FlatFilter
said = outcome(lambda: list(FlatFilter({"city": "a"}).qs))
"""


def test_a_filter_fails_when_its_parameter_is_sent(tmp_path):
    bad = {one.title: one.files for one in _pages("django/unknown-filter-field")}["Bad"]
    filters = bad["rentals/filters.py"].replace('"city", "rooms"', '"city"')
    found = real({"one": {**bad, "rentals/filters.py": filters}}, tmp_path, PREPARE + FIELD_NAME)
    assert found["one"] == ["FieldError"]


OWN_FILTERS = """
def asked():
    from rentals import filters
    for name in ("FlatFilter", "PlainFilter"):
        list(getattr(filters, name)({"town": "a", "cheapest": 1}).qs)

said = outcome(asked)
"""


def test_filter_sets_of_the_project_list_fields_as_those_of_the_package(tmp_path):
    edges = [one for one in examples(REGISTRY, edge_cases=EDGES) if one.rule == "django/unknown-filter-field"]
    own = {one.title[:4]: one.files for one in edges if "of the project's own" in one.title}
    assert real(own, tmp_path, PREPARE + EVALUATED + OWN_FILTERS) == {"Bad:": ["TypeError"], "Good": ["ran"]}


COPIED = """
from shop.views import copied
said = outcome(copied)
"""


def test_a_copy_of_a_query_set_is_one_of_the_same_rows(tmp_path):
    edges = [one for one in examples(REGISTRY, edge_cases=EDGES) if one.rule == "django/unloadable-relation"]
    (own,) = [one.files for one in edges if "copies" in one.title]
    assert real({"one": own}, tmp_path, PREPARE + EVALUATED + COPIED) == {"one": ["FieldError"]}


def _pages(rule):
    return [one for one in examples(REGISTRY, rule.partition("/")[0]) if one.rule == rule]


def _said(rule, code, folder):
    """What `code` finds out with the Bad and with the Good section of a page."""
    projects = {one.title: one.files for one in _pages(rule) if one.title in ("Bad", "Good")}
    return {title: answers[0] for title, answers in real(projects, folder, code).items()}


SLUGS = """
from django.test import RequestFactory
from press.models import Clipping
from press.urls import urlpatterns
Clipping.objects.create(pk=1, headline="new")
said = []
for one in urlpatterns:
    path = f"{one.pattern}".replace("<slug:slug>", "new").replace("<int:pk>", "1")
    found = one.resolve(path)
    said.append(outcome(lambda: found.func(RequestFactory().get("/"), **found.kwargs)))
"""


def test_a_view_that_is_routed_by_a_slug_looks_for_a_field_of_that_name(tmp_path):
    own = [one for one in examples(REGISTRY, edge_cases=EDGES) if one.rule == "django/unknown-view-field"]
    cases = {title: one.files for one in own for title, found, _ in [one.title.partition(":")] if found}
    said = real(cases, tmp_path, PREPARE + EVALUATED + SLUGS)
    assert said == {"Bad": [str(["FieldError"])], "Good": [str(["ran"] * 4)]}
