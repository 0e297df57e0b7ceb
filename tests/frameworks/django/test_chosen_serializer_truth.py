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
