"""The fields that begin with None in the real Django are those that a new row has to be given."""

from django.db import models

from archlint.frameworks.django.models.field_kinds import AUTOMATIC, FIELDS, WITH_COLUMN
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.writes.required import WITHOUT_EMPTY

MADE_BY_DJANGO = {"Field", "GeneratedField", "CompositePrimaryKey", "OrderWrt"}
"""Classes that no model fills in by hand."""


def test_fields_without_an_empty_text_are_those_of_django():
    kinds = {kind for kind in FIELDS | WITH_COLUMN if kind.startswith(f"{MODELS}.")} - AUTOMATIC
    names = {kind.rpartition(".")[2] for kind in kinds} - MADE_BY_DJANGO
    classes = {name: getattr(models, name, None) for name in names}
    without = {name for name, cls in classes.items() if cls is not None and not cls.empty_strings_allowed}
    gone = {"NullBooleanField", "IPAddressField", "CommaSeparatedIntegerField"}
    assert {f"{MODELS}.{name}" for name in without - gone} == WITHOUT_EMPTY
