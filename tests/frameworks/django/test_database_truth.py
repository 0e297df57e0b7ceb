"""What the rules about queries say of Django happens in the real one: exceptions, and numbers of queries."""

import sys

import pytest

from archlint.pages import Example
from archlint.registry import load
from archlint.testing import examples

from .real import real

REGISTRY = load()
NOT_ASYNC = "TypeError" if sys.version_info >= (3, 11) else "AttributeError"
"""What `async with` raises for what is no asynchronous context manager."""

PREPARE = """
import asyncio
import sys
from django.apps import apps
from django.db import connection
connection.settings_dict["NAME"] = sys.path[0] + "/database"  # one in memory is another for each thread
with connection.schema_editor() as editor:
    for model in apps.get_models():
        editor.create_model(model)
from django.test.utils import CaptureQueriesContext

def count(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)

def outcome(act):
    try:
        act()
    except Exception as error:
        return type(error).__name__
    return "ran"
"""

SHOP = """
from shop.models import Customer, Line, Order
for number in range(ROWS):
    order = Order.objects.create(customer=Customer.objects.create(name=str(number)))
    Line.objects.create(order=order, text="a")
    Line.objects.create(order=order, text="b")
from shop.views import names, texts
said = count(names), count(texts)
"""

KITCHEN = """
from kitchen.models import Dish, Line, Order
for number in range(ROWS):
    Line.objects.create(order=Order.objects.create(table=number), dish=Dish.objects.create(name=str(number)))
from kitchen.views import Orders
from kitchen.serializers import OrderSerializer
said = count(lambda: OrderSerializer(Orders().get_queryset(), many=True).data)
"""

POLLS = """
from polls.models import Option, Poll
Option.objects.create(poll=Poll.objects.create(title="a"))
from polls.views import first, of_option, titles

said = [outcome(lambda: asyncio.run(act())) for act in (
    lambda: first(None), lambda: titles(None), lambda: of_option(None, 1))]
"""

PRODUCTS = """
from shop.models import Price, Product
for number in range(ROWS):
    Price.objects.create(product=Product.objects.create(name=str(number)), amount=1)
from shop.views import prices
said = count(prices)
"""

PREFETCHED = """
from shop.models import Line, Order
import django.utils.timezone
for number in range(ROWS):
    Line.objects.create(order=Order.objects.create(placed=django.utils.timezone.now()), is_open=True)
from shop.views import open_lines
said = count(open_lines)
"""

SLICED = """
from shop import selectors
said = outcome(lambda: list(selectors.newest_of(2026)))
"""

DROPPED = """
from shop.models import Order
Order.objects.create(paid=False)
from shop.selectors import orders
said = len(orders(True))
"""

PAID = """
from shop import views
from shop.models import Order
Order.objects.create()
acts = [getattr(views, name) for name in ("pay", "cancel", "open_again") if hasattr(views, name)]

async def ask(act):
    return await act(None, 1)

said = [outcome(lambda: asyncio.run(ask(act))) for act in acts]
"""

BANK = """
from bank.models import Account
Account.objects.create(balance=50)
Account.objects.create(balance=0, is_frozen=True)
from bank.views import transfer
failed = outcome(lambda: transfer(None, 1, 2))
said = failed, Account.objects.get(pk=1).balance
"""

SEATS = """
from django.test import RequestFactory
from seats.models import Seat
from unittest import mock
seat = Seat.objects.create()
from seats.views import hold
from django.db.models.sql import compiler
with mock.patch.object(type(connection.features), "has_select_for_update", True), mock.patch.object(
    type(connection.ops), "for_update_sql", lambda *a, **k: ""
):
    said = outcome(lambda: hold(RequestFactory().post("/", {"email": "a@b.de"}), seat.pk))
"""

NUMBERS = """
from shop.models import Customer, Note, Order
customer = Customer.objects.create(name="a")
for model, number in ((Order, 2), (Note, 3)):
    for _ in range(number):
        model.objects.create(customer=customer)
from shop.selectors import numbers
found = numbers().get()
said = found.orders_made, found.notes_taken
"""

IMPORTED = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TABLE rates_currency")
said = outcome(lambda: __import__("rates.table"))
"""

HOTEL = """
import datetime
from hotel.models import Room
from hotel.services import Desk, book, noted, planned

room, day = Room.objects.create(number="1"), datetime.date(2026, 5, 1)
acts = [lambda: book(room, "Ann", day), lambda: Desk().reserve("1", "Ann"), lambda: noted(room, "Ann")]
other = Room.objects.create(number="2")
said = [outcome(act) for act in (*acts, lambda: planned(other, day))]
"""


@pytest.fixture(scope="module")
def say(tmp_path_factory):
    """What a piece of code finds out with the Bad and the Good section of a rule's page."""

    def said(rule: str, code: str, **values: int) -> dict[str, str]:
        pages: list[Example] = [e for e in examples(REGISTRY, "django") if e.rule == f"django/{rule}"]
        given = "".join(f"{name} = {value}\n" for name, value in values.items())
        folder = tmp_path_factory.mktemp("truth")
        found = real({e.title: e.files for e in pages if e.title in ("Bad", "Good")}, folder, given + code)
        return {title: answers[0] for title, answers in found.items()}

    return said


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("lazy-load-in-loop", SHOP),
        ("lazy-load-in-serializer", KITCHEN),
        ("query-in-loop", PRODUCTS),
        ("defeated-prefetch", PREFETCHED),
    ],
)
def test_queries_grow_with_the_rows_where_the_page_says_bad(say, rule, code):
    few, many = say(rule, PREPARE + code, ROWS=2), say(rule, PREPARE + code, ROWS=7)
    assert few["Bad"] != many["Bad"]
    assert few["Good"] == many["Good"]
    assert "Error" not in few["Good"]


ORDERED = """
from shop import models
said = [outcome(lambda: list(getattr(models, name).objects.all())) for name in ("Category", "Shop", "Owner")]
"""


@pytest.mark.parametrize(
    ("rule", "code", "bad", "good"),
    [
        ("endless-ordering", ORDERED, str(["FieldError"] * 3), str(["ran"] * 3)),
        (
            "sync-query-in-async",
            POLLS,
            "['SynchronousOnlyOperation', 'SynchronousOnlyOperation', 'SynchronousOnlyOperation']",
            "['ran', 'ran', 'ran']",
        ),
        ("query-at-import", IMPORTED, "OperationalError", "ran"),
        ("change-after-slice", SLICED, "TypeError", "ran"),
        ("multiplied-aggregate", NUMBERS, "(6, 6)", "(2, 3)"),
        ("dropped-query-set", DROPPED, "1", "0"),
        (
            "atomic-in-async",
            PAID,
            f"['SynchronousOnlyOperation', '{NOT_ASYNC}', 'SynchronousOnlyOperation']",
            "['ran']",
        ),
        ("omitted-field", HOTEL, str(["IntegrityError"] * 4), str(["ran"] * 4)),
        ("torn-writes", BANK, "('Frozen', 40)", "('Frozen', 50)"),
        ("lock-outside-transaction", SEATS, "TransactionManagementError", "ran"),
    ],
)
def test_what_the_page_says_happens(say, rule, code, bad, good):
    said = say(rule, PREPARE + code)
    assert said == {"Bad": bad, "Good": good}
