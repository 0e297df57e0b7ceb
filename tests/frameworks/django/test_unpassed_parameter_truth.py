"""A view that reads what no route passes fails in the real Django, and archlint says so of that one alone."""

import pytest

from archlint.rules.django.unpassed_url_parameter import UnpassedUrlParameter

from .real import real

VIEWS = """
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import ListView
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet


class Plain(View):
    def get(self, request, **kwargs):
        return HttpResponse(self.kwargs["order"])


class Careful(View):
    def get(self, request, **kwargs):
        try:
            return HttpResponse(self.kwargs["order"])
        except KeyError:
            return HttpResponse("")


class Asking(View):
    def get(self, request, **kwargs):
        if "order" in self.kwargs:
            return HttpResponse(self.kwargs["order"])
        return HttpResponse("")


@method_decorator(never_cache, name="dispatch")
class Decorated(ListView):
    def get_queryset(self):
        return [self.kwargs.pop("order")]

    def render_to_response(self, context):
        return HttpResponse("")


class Base(View):
    def get(self, request, **kwargs):
        return HttpResponse(self.title())


class Heir(Base):
    def title(self):
        return self.kwargs["order"]


class Adding(Plain):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, order="1", **kwargs)


class Orders(ViewSet):
    def list(self, request, **kwargs):
        return Response([])

    def retrieve(self, request, **kwargs):
        return Response(self.kwargs["order"])


class Named(Orders):
    lookup_field = "order"
"""
URLS = """
from django.urls import path
from rest_framework.routers import SimpleRouter

from shop import views

{router}
urlpatterns = [{pattern}]
"""
SETTINGS = """
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
ROOT_URLCONF = "shop.urls"
ALLOWED_HOSTS = ["*"]
"""
ASKED = """
from django.test import Client

def outcome():
    try:
        return str(Client().get("/asked/1/").status_code)
    except Exception as error:
        return type(error).__name__

said = outcome()
"""
FAILS = (
    "path('asked/<int:pk>/', views.Plain.as_view())",
    "path('asked/<int:pk>/', views.Decorated.as_view())",
    "path('asked/<int:pk>/', views.Heir.as_view())",
    "*router('asked', views.Orders)",
)
WORKS = (
    "path('asked/<int:order>/', views.Plain.as_view())",
    "path('asked/<int:pk>/', views.Plain.as_view(), {'order': 1})",
    "path('asked/<int:pk>/', views.Careful.as_view())",
    "path('asked/<int:pk>/', views.Asking.as_view())",
    "path('asked/<int:pk>/', views.Adding.as_view())",
    "path('asked/<int:order>/', views.Decorated.as_view())",
    "*router('asked', views.Named)",
)


def files(pattern: str) -> dict[str, str]:
    listed, made = pattern, ""
    if pattern.startswith("*router"):
        listed = "*router.urls"
        made = f"router = SimpleRouter()\nrouter.register({pattern[8:-1]}, basename='order')"
    return {
        "shop/__init__.py": "",
        "shop/settings.py": SETTINGS,
        "shop/views.py": VIEWS,
        "shop/urls.py": URLS.format(pattern=listed, router=made),
    }


def test_what_fails_and_nothing_else(tmp_path):
    said = real({pattern: files(pattern) for pattern in (*FAILS, *WORKS)}, tmp_path, ASKED)
    assert {pattern: said[pattern][0] for pattern in FAILS} == dict.fromkeys(FAILS, "KeyError")
    assert {pattern: said[pattern][0] for pattern in WORKS} == dict.fromkeys(WORKS, "200")


@pytest.mark.parametrize("pattern", FAILS)
def test_what_fails_is_reported(pattern, make_project):
    assert len(found(make_project(files(pattern)))) == 1


@pytest.mark.parametrize("pattern", WORKS)
def test_what_works_is_not(pattern, make_project):
    assert found(make_project(files(pattern))) == []


def found(project):
    return [one for one in UnpassedUrlParameter().check(project) if hasattr(one, "location")]
