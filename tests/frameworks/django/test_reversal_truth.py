"""What names of URLs lead to in the real frameworks, asked in the ways that archlint knows."""

from .real import real

URLS = """
from django.http import HttpResponse
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework.viewsets import ViewSet


class Bulk(DefaultRouter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.routes[0].mapping.update({"put": "bulk_update"})


class Orders(ViewSet):
    def list(self, request):
        return HttpResponse("")


router = Bulk()
router.register("orders", Orders, basename="order")
urlpatterns = [path("api/", include(router.urls))]
"""
SETTINGS = """
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
ROOT_URLCONF = "shop.urls"
"""
ASKED = """
from django.shortcuts import reverse
from rest_framework.reverse import reverse as full

def outcome(ask, name):
    try:
        return str(ask(name))
    except Exception as error:
        return type(error).__name__

names = ("order-list", "api-root", "orders")
said = " ".join(outcome(ask, name) for ask in (reverse, full) for name in names)
"""


def test_names(tmp_path):
    files = {"shop/__init__.py": "", "shop/settings.py": SETTINGS, "shop/urls.py": URLS}
    (said,) = real({"shop": files}, tmp_path, ASKED)["shop"]
    assert said.split() == ["/api/orders/", "/api/", "NoReverseMatch"] * 2
