"""Values that are written out and that a field cannot hold: a text where a number is wanted.

Taken from what `Field.get_prep_value` of each kind raises in Django 5.2, and shown true against it in the
tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from uuid import UUID

from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.query.objects.model_object import is_object
from archlint.frameworks.django.refusals.refused import Wrong
from archlint.frameworks.orm import Field
from archlint.project.flow.values import Constant, Entries, Items, Many, Value

COMPARING = frozenset({"exact", "gt", "gte", "lt", "lte"})
"""Lookups that compare with one value of the field's own kind."""

_DATE = re.compile(r"\s*\d{4}-?(\d|W)")
_TIME = re.compile(r"\s*T?\d{1,2}(:|\d|$)")
_TRUTH = frozenset({"t", "True", "1", "f", "False", "0"})


def _is_read_by(convert: Callable[[str], object]) -> Callable[[str], bool]:
    def is_read(text: str) -> bool:
        try:
            convert(text)
        except (ValueError, InvalidOperation):
            return False
        return True

    return is_read


_WHOLE = frozenset(
    f"{MODELS}.{name}"
    for name in (
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "IntegerField",
        "PositiveBigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SmallAutoField",
        "SmallIntegerField",
    )
)
_NUMBERS = _WHOLE | {f"{MODELS}.FloatField"}
_READ: dict[str, tuple[Callable[[str], bool], str]] = {
    **dict.fromkeys(_WHOLE, (_is_read_by(int), "a number")),
    f"{MODELS}.FloatField": (_is_read_by(float), "a number"),
    f"{MODELS}.DecimalField": (_is_read_by(Decimal), "a number"),
    f"{MODELS}.UUIDField": (_is_read_by(UUID), "a UUID"),
    f"{MODELS}.BooleanField": (_TRUTH.__contains__, "True or False"),
    f"{MODELS}.DateField": (lambda text: bool(_DATE.match(text)), "a date: YYYY-MM-DD"),
    f"{MODELS}.DateTimeField": (lambda text: bool(_DATE.match(text)), "a date: YYYY-MM-DD HH:MM"),
    f"{MODELS}.TimeField": (lambda text: bool(_TIME.match(text)), "a time: HH:MM"),
}


def unreadable(field: Field, value: Value, lookup: str = "exact", *, is_key: bool = False) -> Wrong | None:
    """What is wrong with a value that a field is given or compared with; None where nothing is.

    The key of a relation is compared with objects, too.
    """
    if field.cls is not None or field.kind not in _READ:
        return None
    if is_key:
        return _text_of_key(field, value, lookup)
    if lookup in ("in", "range"):
        return _several(field, value, lookup)
    if lookup not in COMPARING:
        return None
    if field.kind in _NUMBERS and isinstance(value, (Items, Entries, Many)):
        return f"`{field.name}` is one number, not several", f"compare with each: `{field.name}__in=…`"
    if is_object(value):
        return _no_object(field)
    return _one(field, value)


def _text_of_key(field: Field, value: Value, lookup: str) -> Wrong | None:
    """`filter(customer="all")`."""
    each = value.items if lookup == "in" and isinstance(value, Items) else (value,)
    return next(filter(None, (_one(field, item) for item in each)), None)


def _several(field: Field, value: Value, lookup: str) -> Wrong | None:
    if isinstance(value, Constant) and not isinstance(value.value, str) and value.value is not None:
        return f"`{lookup}` takes several values, not `{value.value!r}`", "pass a list"
    if not isinstance(value, Items):
        return None
    if lookup == "range" and len(value.items) != 2 and value.kind != "set":
        return f"`range` takes two values, not {len(value.items)}", "pass the first and the last"
    if any(map(is_object, value.items)):
        return _no_object(field)
    return next(filter(None, (_one(field, item) for item in value.items)), None)


def _no_object(field: Field) -> Wrong:
    if field.kind in _NUMBERS:
        return f"`{field.name}` is a number, not an object", "compare with its key: `.pk`"
    what = _READ[field.kind][1].partition(":")[0]
    return f"`{field.name}` is {what}, not an object", "give the attribute of the object that holds it"


def _one(field: Field, value: Value) -> Wrong | None:
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return None
    is_read, what = _READ[field.kind]
    if is_read(value.value) or (not value.value and field.null is not False):
        return None  # an empty text is None to a few kinds
    return f'`{field.name}` takes no `"{value.value}"`', f"it takes {what}"
