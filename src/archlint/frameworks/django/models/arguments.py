"""What the call that makes a field is given, by the names of Django's parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Expression, Literal, Name
from archlint.frameworks.django.models.field_kinds import (
    FOREIGN_KEY,
    GENERIC_FOREIGN_KEY,
    GENERIC_RELATION,
    MANY_TO_MANY,
    ONE_TO_ONE,
)
from archlint.frameworks.django.models.spelling import MODELS, POSTGRES

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration

_COMMON = [
    "verbose_name",
    "name",
    "primary_key",
    "max_length",
    "unique",
    "blank",
    "null",
    "db_index",
    "rel",
    "default",
    "editable",
    "serialize",
    "unique_for_date",
    "unique_for_month",
    "unique_for_year",
    "choices",
    "help_text",
    "db_column",
    "db_tablespace",
    "auto_created",
    "validators",
    "error_messages",
    "db_comment",
    "db_default",
]
_RELATED = ["related_name", "related_query_name", "limit_choices_to"]
_FIRST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        FOREIGN_KEY: ("to", "on_delete", *_RELATED, "parent_link", "to_field", "db_constraint", "swappable"),
        ONE_TO_ONE: ("to", "on_delete", "to_field", *_RELATED, "parent_link", "db_constraint", "swappable"),
        MANY_TO_MANY: (
            "to",
            *_RELATED,
            "symmetrical",
            "through",
            "through_fields",
            "db_constraint",
            "db_table",
            "swappable",
        ),
        GENERIC_FOREIGN_KEY: ("ct_field", "fk_field", "for_concrete_model"),
        GENERIC_RELATION: ("to", "object_id_field", "content_type_field", "for_concrete_model"),
        f"{POSTGRES}.ArrayField": ("base_field", "size"),
    }
)
"""Parameters that stand in front of the common ones, or instead of them."""

_EXTRA: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "CharField": ("db_collation",),
        "DateField": ("auto_now", "auto_now_add"),
        "DateTimeField": ("auto_now", "auto_now_add"),
        "DecimalField": ("max_digits", "decimal_places"),
        "EmailField": ("db_collation",),
        "FileField": ("upload_to", "storage"),
        "FilePathField": ("path", "match", "recursive", "allow_files", "allow_folders"),
        "GenericIPAddressField": ("protocol", "unpack_ipv4"),
        "ImageField": ("width_field", "height_field", "upload_to", "storage"),
        "JSONField": ("encoder", "decoder"),
        "SlugField": ("allow_unicode", "db_collation"),
        "TextField": ("db_collation",),
        "TimeField": ("auto_now", "auto_now_add"),
        "URLField": ("db_collation",),
        "BigIntegerField": (),
        "BinaryField": (),
        "BooleanField": (),
        "DurationField": (),
        "FloatField": (),
        "IntegerField": (),
        "PositiveBigIntegerField": (),
        "PositiveIntegerField": (),
        "PositiveSmallIntegerField": (),
        "SmallIntegerField": (),
        "UUIDField": (),
        "AutoField": (),
        "BigAutoField": (),
    }
)
"""Parameters of a kind of `django.db.models`, which stand behind `verbose_name` and `name`."""


def accepted(kind: str) -> tuple[str, ...]:
    """The names of all parameters of a kind; empty where they are not known."""
    home, _, last = kind.rpartition(".")
    if kind in (FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY):
        return (*_FIRST[kind], *_COMMON)
    return (*_COMMON, *_EXTRA[last]) if home == MODELS and last in _EXTRA else ()


def in_place(kind: str, arguments: Sequence[Expression]) -> Mapping[str, Expression]:
    """What a relation is given by place, by the names of the parameters: `ForeignKey(User, CASCADE)`."""
    order = _FIRST[kind] if kind in (FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY) else ()
    return {name: value for name, value in zip(order, arguments, strict=False) if name != "to"}


def given(declaration: Declaration, name: str) -> Expression | None:
    """The value of a parameter, by its name or by its place; None where it is not given."""
    if name in declaration.options:
        return declaration.options[name]
    order = _order(declaration.kind)
    if name in order and order.index(name) < len(declaration.arguments):
        return declaration.arguments[order.index(name)]
    return None


def literal(value: Expression | None) -> object:
    """The value of a literal; Ellipsis for anything that only a run knows, None where nothing is given."""
    if value is None:
        return None
    return value.value if isinstance(value, Literal) and not value.truncated else ...


def is_true(declaration: Declaration, name: str) -> bool | None:
    """Whether a switch is on; None where nobody can tell. Switches are off where they are not given."""
    found = literal(given(declaration, name))
    return None if found is ... else bool(found)


def named(value: Expression | None) -> str:
    """The last name of an expression: `SET_NULL` of `models.SET_NULL`; empty for anything else."""
    if isinstance(value, Attribute):
        return value.attr
    return value.id if isinstance(value, Name) else ""


def _order(kind: str) -> tuple[str, ...]:
    if kind in _FIRST:
        return _FIRST[kind]
    home, _, last = kind.rpartition(".")
    if home != MODELS:
        return ()
    rest = _EXTRA.get(last, ())
    return ("verbose_name", "name", *(name for name in rest if name != "db_collation"), *_COMMON[2:])
