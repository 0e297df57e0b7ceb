"""What the rules about cost say of Django: the numbers of queries that the real one makes."""

from pathlib import Path

import pytest

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

EDGES = Path(__file__).parents[2] / "rules"
REGISTRY = load()

SAVES = """
from shop.models import Order, Tag
from shop import services
order = Order.objects.create(number=0)
order.lines.model.objects.bulk_create([order.lines.model(order=order, text="a") for _ in range(ROWS)])
Tag.objects.bulk_create([Tag(word=str(number)) for number in range(ROWS)])
said = [
    count(lambda: services.place(1, ["a"] * ROWS)),
    count(lambda: services.renumber(order)),
    count(lambda: services.mark(order)),
]
"""


@pytest.fixture(scope="module")
def say(tmp_path_factory):
    """What a piece of code finds out with each Bad and Good section of a rule's page."""

    def said(rule: str, code: str, rows: int) -> dict[str, str]:
        pages = [one for one in examples(REGISTRY, "django") if one.rule == f"django/{rule}"]
        files = {one.title: one.files for one in pages}
        found = real(files, tmp_path_factory.mktemp("truth"), f"ROWS = {rows}\n{PREPARE}{code}")
        return {title: answers[0] for title, answers in found.items()}

    return said


@pytest.mark.parametrize(("rule", "code"), [("save-in-loop", SAVES)])
def test_each_part_of_the_page_costs_more_with_more_rows_where_it_is_bad(say, rule, code):
    few, many = say(rule, code, 2), say(rule, code, 7)
    assert "Error" not in few["Good"] + few["Bad"]
    pairs = zip(eval(few["Bad"]), eval(many["Bad"]), strict=True)
    assert all(small < large for small, large in pairs)
    assert few["Good"] == many["Good"]


FETCHED = """
from shop.models import Order
from shop import services
from django.db.models.signals import post_init
Order.objects.bulk_create([Order() for _ in range(7)])
made = []
post_init.connect(lambda **given: made.append(given), weak=False)

def objects(act):
    made.clear()
    act()
    return len(made)

said = [objects(act) for act in (services.number, services.is_busy)]
"""


def test_rows_are_fetched_to_be_counted(say):
    said = say("needless-fetch", FETCHED, 7)
    assert said == {"Bad": "[7, 7]", "Good": "[0, 0]"}


PAGES = """
import warnings
from django.core.paginator import UnorderedObjectListWarning
from django.test import RequestFactory
from shop import views

def warned(act):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        act()
    return any(issubclass(one.category, UnorderedObjectListWarning) for one in found)

said = [warned(views.page), warned(lambda: views.Orders.as_view()(RequestFactory().get("/")))]
"""


def test_pages_without_an_order_are_warned_of(say):
    said = say("unordered-page", PAGES, 7)
    assert said == {"Bad": "[True, True]", "Good": "[False, False]"}


SHOWN = """
from shop.models import Customer, Line, Order
for number in range(ROWS):
    order = Order.objects.create(customer=Customer.objects.create(name=str(number)))
    Line.objects.create(order=order, text="a")
from django.conf import settings
settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
from django.test import RequestFactory
from shop import views
said = [count(lambda: views.orders(RequestFactory().get("/")))]
"""


def test_templates_ask_for_each_row_what_the_page_calls_bad(say):
    assert say("lazy-load-in-template", SHOWN, 2) == {"Bad": "[5]", "Good": "[2]"}
    assert say("lazy-load-in-template", SHOWN, 7) == {"Bad": "[15]", "Good": "[2]"}


ASKED = """
from django.conf import settings
from django.test import RequestFactory
from shop import views
from shop.models import Order
settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

def asked(rows):
    for number in range(rows):
        Order.objects.create(number=str(number)).lines.create(text="a")
    views.orders(RequestFactory().get("/"))
    return count(lambda: views.orders(RequestFactory().get("/")))

said = [asked(1), asked(4)]
"""


def test_methods_and_tags_ask_for_each_row(tmp_path):
    found = [
        one for one in examples(REGISTRY, edge_cases=EDGES) if one.rule == "django/lazy-load-in-template"
    ]
    beginnings = {"bad": "Bad: methods and tags", "good": "Good: methods and tags"}
    cases = {
        name: one.files for name, begun in beginnings.items() for one in found if one.title.startswith(begun)
    }
    assert real(cases, tmp_path, PREPARE + ASKED) == {"bad": ["[5, 21]"], "good": ["[2, 2]"]}


PEOPLE = """
from django.contrib.auth.models import User
from django.test import RequestFactory
from people import views
views.register(RequestFactory().post("/", {"name": "ada"}))
request = RequestFactory().get("/")
request.user = User.objects.get()
said = outcome(lambda: views.show(request))
"""


def test_a_row_that_nothing_makes_is_missing(say):
    said = say("assumed-row", PEOPLE, 1)
    assert said == {"Bad": "RelatedObjectDoesNotExist", "Good": "ran"}


POSTS = """
from blog import services
from blog.models import Tag
Tag.objects.create(word="a")
said = [outcome(act) for act in (services.publish, services.draft, services.answered)]
"""


def test_relations_of_unsaved_objects_fail(say):
    said = say("relation-of-unsaved", POSTS, 1)
    assert said == {"Bad": "['ValueError', 'ValueError', 'ValueError']", "Good": "['ran', 'ran', 'ran']"}


DEFERRED = """
from shop import services
from shop.models import Customer, Order
customer = Customer.objects.create(name="ada", email="a@example.org")
Order.objects.bulk_create([Order(customer=customer, number=n, note="") for n in range(ROWS)])
said = [count(act) for act in (services.labels, services.rows, services.emails)]
"""


def test_fields_that_were_left_out_are_asked_for_row_by_row(say):
    assert say("deferred-read-in-loop", DEFERRED, 2) == {"Bad": "[3, 3, 3]", "Good": "[1, 1, 1]"}
    assert say("deferred-read-in-loop", DEFERRED, 7) == {"Bad": "[8, 8, 8]", "Good": "[1, 1, 1]"}


TAGGED = """
from crm.models import Company, Note, Person
ada = Person.objects.create(name="Ada", employer=Company.objects.create(name="Ada"))
for number in range(ROWS - 1):
    Person.objects.create(name=str(number), employer=Company.objects.create(name=str(number)))
for number in range(ROWS):
    Note.objects.create(about=ada, by=Person.objects.first())
from django.conf import settings
settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
from django.test import RequestFactory
from crm import views
request = RequestFactory().get("/")
said = [
    count(lambda: views.badges(request)),
    count(lambda: views.counts(request)),
    count(lambda: views.person(request, ada.pk)),
]
"""


@pytest.mark.parametrize("rows", [2, 5])
def test_filters_and_tags_of_a_project_ask_for_each_row(rows, tmp_path):
    folder = Path(__file__).parents[2] / "rules"
    pages = [one for one in examples(REGISTRY, "django", folder) if "filters and tags" in one.title]
    assert len(pages) == 1
    found = real({"tags": pages[0].files}, tmp_path, f"ROWS = {rows}\n{PREPARE}{TAGGED}")
    assert found == {"tags": [str([1 + rows, 1 + rows, 2 + rows])]}
