"""Which lookups and transforms the fields of Django have.

Taken from the reference of the field lookups and of the database functions that are registered by
default (https://docs.djangoproject.com/en/5.2/ref/models/querysets/#field-lookups), and compared with
`Field.get_lookups()` of the real Django in the tests.
"""

from __future__ import annotations

from archlint.frameworks.django.models.spelling import GIS, MODELS, POSTGRES

EVERYWHERE = frozenset(
    {
        "exact",
        "iexact",
        "gt",
        "gte",
        "lt",
        "lte",
        "in",
        "contains",
        "icontains",
        "startswith",
        "istartswith",
        "endswith",
        "iendswith",
        "range",
        "isnull",
        "regex",
        "iregex",
    }
)
"""Lookups of every field that holds a value."""

OF_RELATIONS = frozenset({"exact", "in", "gt", "gte", "lt", "lte", "isnull"})
"""Lookups of foreign keys and of the ways back."""

_DATE = frozenset({"year", "iso_year", "quarter", "month", "week", "week_day", "iso_week_day", "day"})
_TIME = frozenset({"hour", "minute", "second"})
_TRANSFORMS: dict[str, frozenset[str]] = {
    f"{MODELS}.DateField": _DATE,
    f"{MODELS}.DateTimeField": _DATE | _TIME | {"date", "time"},
    f"{MODELS}.TimeField": _TIME,
}
_ANYTHING = frozenset(
    {
        f"{MODELS}.JSONField",
        f"{POSTGRES}.JSONField",
        f"{POSTGRES}.HStoreField",
        f"{POSTGRES}.ArrayField",
        "django.contrib.postgres.search.SearchVectorField",
        f"{MODELS}.CompositePrimaryKey",
        f"{MODELS}.GeneratedField",
    }
)
"""Kinds behind which any name may stand: keys of JSON, numbers of an array, the type that is generated."""

_PLAIN = frozenset(
    f"{MODELS}.{name}"
    for name in (
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "BinaryField",
        "BooleanField",
        "CharField",
        "DateField",
        "DateTimeField",
        "DecimalField",
        "DurationField",
        "EmailField",
        "FileField",
        "FilePathField",
        "FloatField",
        "GenericIPAddressField",
        "ImageField",
        "IntegerField",
        "NullBooleanField",
        "PositiveBigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SlugField",
        "SmallAutoField",
        "SmallIntegerField",
        "TextField",
        "TimeField",
        "URLField",
        "UUIDField",
    )
)
REGISTRABLE = frozenset(
    {
        "abs",
        "acos",
        "asin",
        "atan",
        "ceil",
        "cos",
        "cot",
        "degrees",
        "exp",
        "floor",
        "length",
        "ln",
        "lower",
        "ltrim",
        "md5",
        "ord",
        "radians",
        "reverse",
        "round",
        "rtrim",
        "sha1",
        "sha224",
        "sha256",
        "sha384",
        "sha512",
        "sign",
        "sin",
        "sqrt",
        "tan",
        "trim",
        "upper",
        "chr",
        "search",
        "unaccent",
        "trigram_similar",
        "trigram_word_similar",
        "trigram_strict_word_similar",
        "contained_by",
    }
)
"""Lookups and transforms that come with Django and are there once somebody registers them."""

NUMBER = f"{MODELS}.IntegerField"


def is_known(kind: str) -> bool:
    """Whether all lookups of a kind of field are known."""
    return kind in _PLAIN and not kind.startswith((GIS, POSTGRES))


def takes_anything(kind: str) -> bool:
    """Whether any name may follow a field of a kind."""
    return kind in _ANYTHING


def transforms(kind: str) -> frozenset[str]:
    """What may stand between a field and its lookup: `date`, `year`."""
    return _TRANSFORMS.get(kind, frozenset())


def transformed(kind: str, name: str) -> str:
    """The kind of what a transform gives."""
    if name == "date":
        return f"{MODELS}.DateField"
    if name == "time":
        return f"{MODELS}.TimeField"
    return NUMBER
