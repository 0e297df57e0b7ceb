"""REST framework fails and asks as the edge cases say of serializers that a view chooses, or nests."""

from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

EDGES = Path(__file__).parents[2] / "rules"

POSTED = """
from django.conf import settings
from rest_framework.test import APIRequestFactory
from shop.views import Orders
view = Orders.as_view({"post": "create"})
body = {"number": "1", "lines": [{"text": "a"}]}

def posted(url):
    return outcome(lambda: view(APIRequestFactory().post(url, body, format="json")))

said = [posted("/"), posted("/?short=1")]
"""

SHOWN = """
from rest_framework.test import APIRequestFactory
from shop.models import Order
from shop.views import Orders
view = Orders.as_view({"get": "list"})

def asked(rows):
    for number in range(rows):
        Order.objects.create(number=number).lines.create(text="a")
    return count(lambda: view(APIRequestFactory().get("/")))

said = [asked(1), asked(5)]
"""


def _sections(rule, *beginnings):
    found = [one for one in examples(load(), edge_cases=EDGES) if one.rule == rule]
    return {begun: one.files for begun in beginnings for one in found if one.title.startswith(begun)}


def test_whoever_asks_for_the_nested_one_fails(tmp_path):
    cases = _sections(
        "drf/nested-write", "Bad: a serializer that", "Good: one that saves", "Good: one that is only"
    )
    assert real(cases, tmp_path, PREPARE + POSTED) == {
        "Bad: a serializer that": ["['AssertionError', 'ran']"],
        "Good: one that saves": ["['ran', 'ran']"],
        "Good: one that is only": ["['ran', 'ran']"],
    }


def test_a_property_that_filters_asks_for_each_row(tmp_path):
    bad, good = "Bad: a nested serializer of a property", "Good: a nested serializer of what"
    found = real(_sections("django/lazy-load-in-serializer", bad, good), tmp_path, PREPARE + SHOWN)
    assert found == {bad: ["[3, 8]"], good: ["[2, 2]"]}


SAVED = """
from rest_framework.test import APIRequestFactory
from shop.views import Orders
body = {"number": "1", "lines": [{"text": "a"}]}
said = outcome(lambda: Orders.as_view()(APIRequestFactory().post("/", body, format="json")))
"""


def test_saving_in_a_transaction_saves_nothing_nested(tmp_path):
    bad, good = "Bad: a view that saves in a", "Good: a view that takes the nested"
    found = real(_sections("drf/nested-write", bad, good), tmp_path, PREPARE + SAVED)
    assert found == {bad: ["AssertionError"], good: ["ran"]}


LED_THROUGH = """
from rest_framework.test import APIRequestFactory
from shop import views
from shop.models import Customer, Order
Order.objects.create(number="1", customer=Customer.objects.create(name="a"))
view = getattr(views, "Names", views.Orders).as_view({"patch": "partial_update"})
request = APIRequestFactory().patch("/", {"customer_name": "b"}, format="json")
said = outcome(lambda: view(request, pk=1)), Customer.objects.get().name
"""


def test_fields_that_lead_through_a_relation_are_not_saved(tmp_path):
    bad, good = "Bad: a field that leads", "Good: fields through a relation"
    found = real(_sections("drf/nested-write", bad, good), tmp_path, PREPARE + LED_THROUGH)
    assert found == {bad: ["('AssertionError', 'a')"], good: ["('ran', 'b')"]}


NAMED = """
from shop import models, views

def asked(rows):
    for number in range(rows):
        customer = models.Customer.objects.create(name="a")
        models.Line.objects.create(order=models.Order.objects.create(customer=customer))
    return count(views.lines)

said = [asked(1), asked(5)]
"""


def test_a_row_in_a_text_asks_for_what_it_is_called(tmp_path):
    bad, good = "Bad: what a row is called", "Good: what a row is called"
    found = real(_sections("django/lazy-load-in-loop", bad, good), tmp_path, PREPARE + NAMED)
    assert found == {bad: ["[3, 13]"], good: ["[1, 1]"]}


BOOKS = """
from rest_framework.test import APIRequestFactory
from shop.models import Author, Book
from shop import views

def asked(view):
    return count(lambda: view(APIRequestFactory().get("/")))

def each():
    kinds = [getattr(views, name) for name in ("Books", "Titles", "Keys") if hasattr(views, name)]
    return [asked(kind.as_view({"get": "list"}) if kind is views.Books else kind.as_view()) for kind in kinds]

def more(rows):
    for number in range(rows):
        Book.objects.create(title="a", author=Author.objects.create(name="b"))
    return each()

said = [more(1), more(4)]
"""


def test_related_objects_are_written_out_whole_to_a_depth(tmp_path):
    bad, good = "Bad: related objects written out whole", "Good: keys of related objects"
    found = real(_sections("django/lazy-load-in-serializer", bad, good), tmp_path, PREPARE + BOOKS)
    assert found == {bad: ["[[2], [6]]"], good: ["[[1, 1, 1], [1, 1, 1]]"]}
