"""The admin hands objects to columns and rows to filters; views of REST framework theirs to filters, too.

What fails in a column fails; what fails in a form is left blank.
"""

from .real import real
from .test_database_truth import PREPARE

SHOP = {
    "shop/settings.py": """
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages", "django.contrib.admin",
    "rest_framework", "shop",
]
""",
    "shop/models.py": """
from django.db import models

class Customer(models.Model):
    name = models.CharField(max_length=40)
""",
    "shop/admin.py": """
from django.contrib import admin
from shop.models import Customer

class Known(admin.SimpleListFilter):
    title = parameter_name = "known"

    def lookups(self, request, model_admin):
        return [("yes", "yes")]

    def queryset(self, request, rows):
        return rows.filter({name}="Ada") if self.value() else rows

@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["shouted"]
    list_filter = [Known]

    def shouted(self, customer):
        return customer.{name}.upper()
""",
    "shop/views.py": """
from rest_framework import filters, serializers, viewsets
from shop.models import Customer

class Named(filters.BaseFilterBackend):
    def filter_queryset(self, request, rows, view):
        return rows.filter({name}="Ada")

class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["name"]

class Customers(viewsets.ReadOnlyModelViewSet):
    queryset = Customer.objects.all()
    serializer_class = CustomerSerializer
    filter_backends = [Named]
    lookup_field = "{name}"
    authentication_classes = permission_classes = ()
""",
}

ASKED = """
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.utils import lookup_field
from django.contrib.admin.sites import site
from rest_framework.test import APIRequestFactory
from shop.admin import CustomerAdmin
from shop.models import Customer
from shop.views import Customers

ada = Customer.objects.create(name="Ada")
options = CustomerAdmin(Customer, site)
form = options.get_form(None)(instance=ada)
request = APIRequestFactory().get("/")
said = [
    outcome(lambda: lookup_field("shouted", ada, options)),
    AdminReadonlyField(form, "shouted", False, options).contents(),
    outcome(lambda: Customers.as_view({"get": "list"})(request)),
]
Customers.filter_backends = []
one = Customers.as_view({"get": "retrieve"})
said.append(outcome(lambda: one(request, **{Customers.lookup_field: "Ada"})))
from django.contrib.auth.models import AnonymousUser
narrowed = APIRequestFactory().get("/?known=yes")
narrowed.user = AnonymousUser()
said.append(outcome(lambda: options.get_changelist_instance(narrowed)))
"""


def test_columns_filters_and_lookups_get_what_the_class_is_about(tmp_path):
    projects = {
        name: {path: text.replace("{name}", name) for path, text in SHOP.items()}
        for name in ("name", "title")
    }
    found = real(projects, tmp_path, PREPARE + ASKED)
    assert found == {
        "name": [str(["ran", "ADA", "ran", "ran", "ran"])],
        "title": [str(["AttributeError", "-", "FieldError", "FieldError", "FieldError"])],
    }
