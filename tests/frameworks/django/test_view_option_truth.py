"""Options of views that are reported raise `TypeError` in the real framework, and the others do not."""

import pytest

from archlint.rules.drf.mistaken_view_option import MistakenViewOption

from .real import real

VIEWS = """
from rest_framework import filters, generics, pagination, parsers, permissions
from rest_framework import renderers, serializers, throttling
from rest_framework.response import Response


class Owner(permissions.BasePermission):
    def has_permission(self, request, view):
        return True


class Calling(Owner):
    def __call__(self):
        return self


class Row(serializers.Serializer):
    number = serializers.IntegerField()


class Listed(generics.ListAPIView):
    queryset = []
    serializer_class = Row

    def get_queryset(self):
        return [{{"number": 1}}]


class Orders(Listed):
    {option}
"""
FAILS = (
    "permission_classes = [Owner()]",
    "permission_classes = Owner",
    "permission_classes = [permissions.AllowAny()]",
    "throttle_classes = (throttling.UserRateThrottle(),)",
    "renderer_classes = [renderers.JSONRenderer()]",
    "parser_classes = parsers.JSONParser",
    "filter_backends = [filters.SearchFilter()]",
    "pagination_class = pagination.LimitOffsetPagination()",
    "serializer_class = Row()",
)
WORKS = (
    "permission_classes = [Owner]",
    "permission_classes = [Calling()]",
    "permission_classes = [Owner | permissions.IsAdminUser]",
    "permission_classes = [permissions.OperandHolder(permissions.OR, Owner, Owner)]",
    "filter_backends = (filters.SearchFilter,)",
    "pagination_class = pagination.LimitOffsetPagination",
    "pagination_class = None",
)
SETTINGS = """
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
ROOT_URLCONF = "shop.urls"
"""
URLS = """
from django.urls import path

from shop.views import Orders

urlpatterns = [path("orders/", Orders.as_view())]
"""
ASKED = """
from rest_framework.test import APIRequestFactory
from shop.views import Orders

def outcome():
    try:
        return str(Orders.as_view()(APIRequestFactory().get("/")).status_code)
    except Exception as error:
        return type(error).__name__

said = outcome()
"""


def files(option: str) -> dict[str, str]:
    return {
        "shop/__init__.py": "",
        "shop/settings.py": SETTINGS,
        "shop/urls.py": URLS,
        "shop/views.py": VIEWS.format(option=option),
    }


def test_what_is_reported_fails_and_nothing_else(tmp_path):
    said = real({option: files(option) for option in (*FAILS, *WORKS)}, tmp_path, ASKED)
    assert {option: said[option][0] for option in FAILS} == dict.fromkeys(FAILS, "TypeError")
    assert {option: said[option][0] for option in WORKS} == dict.fromkeys(WORKS, "200")


@pytest.mark.parametrize(("option", "count"), [(o, 1) for o in FAILS] + [(o, 0) for o in WORKS])
def test_each(option, count, make_project):
    project = make_project(files(option))
    assert sum(hasattr(one, "location") for one in MistakenViewOption().check(project)) == count
