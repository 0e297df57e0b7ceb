"""The attributes of abstract users, compared with the real ones."""

from __future__ import annotations

import subprocess
import sys

from archlint.frameworks.django.query.objects.attributes import OF_EVERY_MODEL
from archlint.frameworks.django.query.objects.user_attributes import ATTRIBUTES

_LIST = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"])
django.setup()
from django.contrib.auth.models import AbstractUser
from django.db.models import Model
for cls in (Model, AbstractUser):
    print(*(name for name in dir(cls) if not name.startswith("_")))
"""


def _real() -> tuple[set[str], set[str]]:
    run = subprocess.run([sys.executable, "-c", _LIST], capture_output=True, text=True, check=True)
    model, user = (set(line.split()) for line in run.stdout.splitlines())
    return model, user


def test_every_attribute_of_the_real_classes_is_known() -> None:
    model, user = _real()
    fields = {"date_joined", "email", "first_name", "groups", "is_active", "is_staff", "is_superuser"}
    fields |= {"last_login", "last_name", "password", "user_permissions", "username"}
    made = {"Meta", "get_next_by_date_joined", "get_previous_by_date_joined", "objects"}
    assert model <= OF_EVERY_MODEL
    assert user - model - fields - made <= ATTRIBUTES


def test_nothing_is_made_up() -> None:
    model, user = _real()
    set_by_others = {
        "DoesNotExist",
        "Meta",
        "MultipleObjectsReturned",
        "NotUpdated",
        "backend",
        "get_constraints",
    }
    assert OF_EVERY_MODEL - model <= set_by_others
    assert ATTRIBUTES - user <= set_by_others
