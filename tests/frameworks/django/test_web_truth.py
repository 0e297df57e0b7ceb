"""What the pages about URLs, forms and REST framework call bad fails there, and what they call good does not.

Each page's examples are run by the real libraries; `said` is `fine` where nothing fails.
"""

from pathlib import Path
from textwrap import dedent

import pytest

from archlint.finding import Finding
from archlint.frameworks.django.urls.view_arguments import ViewArguments
from archlint.pages import Example
from archlint.project.classes import ProjectClass
from archlint.registry import load
from archlint.rules.django.invalid_url_entry import InvalidUrlEntry
from archlint.rules.django.mismatched_url_parameter import MismatchedUrlParameter
from archlint.testing import examples

from .real import real

REGISTRY = load()

IMPORT_ALL = """
import importlib, pathlib, sys
root = pathlib.Path(sys.path[0])
for path in sorted(root.rglob("*.py")):
    name = ".".join(path.relative_to(root).with_suffix("").parts)
    if not name.endswith(("settings", "__init__")):
        importlib.import_module(name)
said = "fine"
"""

FIELDS = (
    IMPORT_ALL
    + """
from rest_framework import serializers

def below(cls):
    for each in cls.__subclasses__():
        yield each
        yield from below(each)

for cls in below(serializers.Serializer):
    if not cls.__module__.startswith("rest_framework."):
        serializer = cls()
        for field in serializer.fields.values():
            if getattr(field, "method_name", None):
                getattr(serializer, field.method_name)
"""
)

TABLES = """
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
"""

CALL = """
from django.test import RequestFactory
from django.urls import resolve

def call(path, method="get"):
    found = resolve(path)
    request = getattr(RequestFactory(), method)(path)
    request._dont_enforce_csrf_checks = True
    return found.func(request, *found.args, **found.kwargs)
"""

ORDER = """
from shop.models import Customer, Order
from shop.serializers import OrderSerializer
order = Order(customer=Customer(name="Ada"))
order.discount = 3
"""

CODE = {
    "django/missing-view": IMPORT_ALL
    + """
from django.core.checks import run_checks
said = [check.id for check in run_checks()] or "fine"
""",
    "django/bare-view-class": """
from django.core.checks import run_checks
said = [check.id for check in run_checks()] or "fine"
""",
    "django/invalid-url-entry": """
from django.core.checks import run_checks
said = [check.id for check in run_checks() if check.id.startswith("urls.E")] or "fine"
""",
    "django/malformed-url-pattern": """
from django.test import Client
found = [Client().get(path).status_code for path in ("/orders/", "/invoices/", "/shop/all/")]
said = "fine" if found == [200] * 3 else found
""",
    "django/mismatched-url-parameter": CALL
    + """
for path, method in (("/books/1/", "get"), ("/shelves/a/", "get"), ("/shelves/a/", "post")):
    call(path, method)
said = "fine"
""",
    "django/shadowed-url": """
from django.urls import resolve
reached = resolve("/members/me/").func.__name__
said = "fine" if reached == "me" else reached
""",
    "django/unreversible-url": CALL
    + """
call("/")
call("/books/1/")
said = "fine"
""",
    "django/unknown-converter": IMPORT_ALL,
    "django/unknown-view-argument": IMPORT_ALL,
    "django/nameless-namespace": IMPORT_ALL,
    "django/unknown-form-field": IMPORT_ALL,
    "django/unknown-admin-field": IMPORT_ALL
    + """
from django.contrib import admin
said = [check.id for shown in admin.site._registry.values() for check in shown.check()] or "fine"
""",
    "drf/unknown-field": FIELDS,
    "drf/redundant-source": FIELDS,
    "drf/unlisted-field": FIELDS,
    "drf/missing-field-method": FIELDS,
    "drf/missing-fields-option": FIELDS,
    "drf/related-field-without-queryset": FIELDS,
    "drf/missing-validated-key": TABLES
    + """
from shop.serializers import OrderSerializer
serializer = OrderSerializer(data={"number": 1, "lines": [{"item": "rope"}]})
serializer.is_valid(raise_exception=True)
serializer.save()
said = "fine"
""",
    "drf/unknown-slug-field": """
from shop.models import Customer, Order
from shop.serializers import OrderSerializer
OrderSerializer(Order(customer=Customer(name="Ada"))).data
said = "fine"
""",
    "drf/router-without-basename": IMPORT_ALL,
    "drf/unknown-source": ORDER
    + """
OrderSerializer(order).data
said = "fine"
""",
    "drf/skipped-source": ORDER
    + """
said = "fine" if "buyer" in OrderSerializer(order).data else "left out"
""",
    "drf/nested-write": TABLES
    + """
from shop.serializers import OrderSerializer
serializer = OrderSerializer(data={"customer": {"name": "Ada"}})
serializer.is_valid(raise_exception=True)
serializer.save()
said = "fine"
""",
    "drf/incomplete-view": TABLES
    + """
from rest_framework.test import APIRequestFactory
from shop.views import OrderList
OrderList.as_view()(APIRequestFactory().get("/orders/"))
said = "fine"
""",
    "drf/mismatched-lookup": TABLES
    + CALL
    + """
import shop.models
shop.models.Order.objects.create(pk=1, number=1)
call("/orders/1/")
said = "fine"
""",
    "drf/unvalidated-save": """
from rest_framework.test import APIRequestFactory
from shop.views import Orders
Orders.as_view()(APIRequestFactory().post("/orders/", {"number": 1}))
said = "fine"
""",
    "drf/async-api-view": """
from rest_framework.test import APIRequestFactory
from shop.views import Stock
answer = Stock.as_view()(APIRequestFactory().get("/stock/"))
if hasattr(answer, "__await__"):
    from asgiref.sync import async_to_sync
    async def awaited():
        return await answer
    async_to_sync(awaited)()  # as Django's handler does
said = "fine"
""",
}
PAGES = [
    example
    for pack in ("django", "drf")
    for example in examples(REGISTRY, pack)
    if example.rule in CODE and example.files
]
EDGES = [
    example
    for example in examples(REGISTRY, "django", Path(__file__).parents[2] / "rules")
    if example.rule == "django/unknown-form-field"
]


@pytest.mark.parametrize("example", EDGES, ids=str)
def test_forms_are_refused_at_import(example: Example, tmp_path) -> None:
    said = real({"": example.files}, tmp_path, IMPORT_ALL)[""]
    assert (said == ["fine"]) is not example.is_bad, said


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    found = {}
    for rule, code in CODE.items():
        projects = {str(each): each.files for each in PAGES if each.rule == rule}
        found.update(real(projects, tmp_path_factory.mktemp(rule.replace("/", "-")), dedent(code)))
    return found


def test_every_rule_has_both_kinds_of_examples() -> None:
    wanted = {(rule, is_bad) for rule in CODE for is_bad in (True, False)}
    assert {(each.rule, each.is_bad) for each in PAGES} == wanted


@pytest.mark.parametrize("example", PAGES, ids=str)
def test_the_libraries_say_the_same(example: Example, said) -> None:
    assert (said[str(example)] == ["fine"]) is not example.is_bad, said[str(example)]


def test_the_shortcut_of_the_rest_framework_answers_what_django_refuses(tmp_path) -> None:
    model = """
        from django.db import models
        class Order(models.Model):
            key = models.UUIDField()
    """
    code = """
        from django import shortcuts
        from rest_framework import generics
        from shop.models import Order

        def answer(get):
            try:
                get(Order, key="first")
            except Exception as error:
                return type(error).__name__

        said = f"{answer(shortcuts.get_object_or_404)}, {answer(generics.get_object_or_404)}"
    """
    projects = {"shop": {"shop/__init__.py": "", "shop/models.py": dedent(model)}}
    assert real(projects, tmp_path, TABLES + dedent(code)) == {"shop": ["ValidationError, Http404"]}


@pytest.mark.parametrize(
    ("handler", "taken", "said"),
    [
        ("handler404", "request", ["urls.E007"]),
        ("handler404", "request, exception", []),
        ("handler500", "request, exception", ["urls.E007"]),
        ("handler500", "request", []),
    ],
)
def test_views_for_errors_take_what_they_are_passed(handler, taken, said, tmp_path, make_project) -> None:
    lost = f"def lost({taken}):\n    pass\n"
    settings = "ROOT_URLCONF = 'shop.urls'\n"
    ways = {
        "a value": f"from shop.views import lost\nurlpatterns = []\n{handler} = lost\n",
        "an import": f"from shop.views import lost as {handler}\nurlpatterns = []\n",
        "a function": f"urlpatterns = []\n{lost.replace('lost', handler)}",
    }
    projects = {
        way: {"shop/urls.py": urls, "shop/views.py": lost, "shop/settings.py": settings}
        for way, urls in ways.items()
    }
    assert real(projects, tmp_path) == dict.fromkeys(ways, said)
    for files in projects.values():
        found = MismatchedUrlParameter().check(make_project(files))
        assert bool([one for one in found if isinstance(one, Finding)]) is bool(said)


@pytest.mark.parametrize(
    ("entry", "said"), [("lost", ["urls.E004"]), ("MORE", ["urls.E004"]), ("*MORE", []), ("OTHER", [])]
)
def test_entries_that_are_named_are_patterns(entry, said, tmp_path, make_project) -> None:
    urls = f"""
        from django.urls import path

        def lost(request):
            pass

        MORE = [path("lost/", lost)]
        OTHER = path("other/", lost)
        urlpatterns = [path("", lost), {entry}]
    """
    files = {"shop/urls.py": dedent(urls), "shop/settings.py": "ROOT_URLCONF = 'shop.urls'\n"}
    assert real({"shop": files}, tmp_path) == {"shop": said}
    found = InvalidUrlEntry().check(make_project(files))
    assert bool([one for one in found if isinstance(one, Finding)]) is bool(said)


VIEWS = """
import inspect
from importlib import import_module

from django.views import View

places = [
    "django.contrib.auth.mixins", "django.contrib.auth.views", "django.views.generic", "django.views.i18n",
    "rest_framework.generics", "rest_framework.views", "rest_framework.viewsets",
]
found = {each for place in places for each in vars(import_module(place)).values() if inspect.isclass(each)}
views = [each for each in found if issubclass(each, View) or each.__name__.endswith("Mixin")]
said = sorted({name for each in views for name in dir(each) if not name.startswith("_")})
"""


def test_every_attribute_of_a_view_class_may_be_given(make_project, tmp_path) -> None:
    files = {"shop/urls.py": "from django.views import View\nclass Orders(View):\n    pass\n"}
    apps = "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth']\n"
    (said,) = real({"shop": {"shop/settings.py": apps}}, tmp_path, VIEWS)["shop"]
    project = make_project(files)
    known = project.view(ViewArguments).of(ProjectClass(project.by_name["shop.urls"][0], 0))
    methods = {"delete", "get", "head", "options", "patch", "post", "put", "trace"}
    assert known is not None
    assert set(eval(said)) - known <= methods
    assert known.isdisjoint(methods)


@pytest.mark.parametrize(("name", "said"), [("enter", "NoReverseMatch"), ("doors:enter", "302")])
def test_names_in_settings_are_looked_up(name, said, tmp_path) -> None:
    files = {
        "shop/settings.py": f"""
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
LOGIN_URL = "{name}"
""",
        "shop/urls.py": """
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import include, path

def enter(request):
    return HttpResponse("enter")

@login_required
def mine(request):
    return HttpResponse("mine")

doors = ([path("enter", enter, name="enter")], "doors")
urlpatterns = [path("", include(doors)), path("mine", mine)]
""",
    }
    code = """
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from shop.urls import mine

request = RequestFactory().get("/mine")
request.user = AnonymousUser()
said = mine(request).status_code
"""
    assert real({"shop": files}, tmp_path, code) == {"shop": [said]}


@pytest.mark.parametrize(("asked", "said"), [("plate", "1"), ("number", "FieldError")])
def test_methods_of_filter_sets_are_handed_rows_of_their_model(asked, said, tmp_path) -> None:
    files = {
        "fleet/models.py": """
from django.db import models

class Car(models.Model):
    plate = models.CharField(max_length=10)
""",
        "fleet/filters.py": f"""
import django_filters
from fleet.models import Car

class CarFilterSet(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Car
        fields = ["plate"]

    def search(self, queryset, name, value):
        return queryset.filter({asked}=value)
""",
    }
    code = """
from django.core.exceptions import FieldError
from fleet.filters import CarFilterSet
from fleet.models import Car

Car.objects.create(plate="UL 1")
try:
    said = CarFilterSet({"q": "UL 1"}).qs.count()
except FieldError as error:
    said = type(error).__name__
"""
    assert real({"fleet": files}, tmp_path, TABLES + code) == {"fleet": [said]}
