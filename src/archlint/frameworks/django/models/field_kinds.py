"""The classes of fields, by the names under which they are documented."""

from __future__ import annotations

from archlint.frameworks.django.known.packages import FIELDS as PACKAGED
from archlint.frameworks.django.models.spelling import GIS, MODELS, POSTGRES, canonical

FOREIGN_KEY = f"{MODELS}.ForeignKey"
ONE_TO_ONE = f"{MODELS}.OneToOneField"
MANY_TO_MANY = f"{MODELS}.ManyToManyField"
FOREIGN_OBJECT = f"{MODELS}.ForeignObject"
GENERIC_FOREIGN_KEY = "django.contrib.contenttypes.fields.GenericForeignKey"
COMPOSITE = f"{MODELS}.CompositePrimaryKey"
ORDER = f"{MODELS}.OrderWrt"
GENERIC_RELATION = "django.contrib.contenttypes.fields.GenericRelation"

RELATIONS = frozenset(
    {FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY, FOREIGN_OBJECT, GENERIC_FOREIGN_KEY, GENERIC_RELATION}
)
"""The kinds that lead to another model."""

WITH_COLUMN = frozenset({FOREIGN_KEY, ONE_TO_ONE})
"""The relations that hold their key in a column of their own."""

_PLAIN = """
    AutoField BigAutoField BigIntegerField BinaryField BooleanField CharField CommaSeparatedIntegerField
    DateField DateTimeField DecimalField DurationField EmailField Field FileField FilePathField FloatField
    GenericIPAddressField IPAddressField ImageField IntegerField JSONField NullBooleanField
    PositiveBigIntegerField PositiveIntegerField PositiveSmallIntegerField SlugField SmallAutoField
    SmallIntegerField TextField TimeField URLField UUIDField GeneratedField CompositePrimaryKey OrderWrt
"""
_SPATIAL = """
    BaseSpatialField GeometryCollectionField GeometryField LineStringField MultiLineStringField
    MultiPointField MultiPolygonField PointField PolygonField RasterField
"""
_POSTGRES = """
    ArrayField BigIntegerRangeField CICharField CIEmailField CITextField ContinuousRangeField DateRangeField
    DateTimeRangeField DecimalRangeField FloatRangeField HStoreField IntegerRangeField JSONField RangeField
"""

FIELDS = frozenset(
    {
        *(f"{MODELS}.{name}" for name in _PLAIN.split()),
        *(f"{GIS}.{name}" for name in _SPATIAL.split()),
        *(f"{POSTGRES}.{name}" for name in _POSTGRES.split()),
        "django.contrib.postgres.search.SearchVectorField",
        "django.contrib.postgres.search.SearchQueryField",
    }
)
"""The kinds that hold a value."""

AUTOMATIC = frozenset(f"{MODELS}.{name}" for name in ("AutoField", "BigAutoField", "SmallAutoField"))
"""Keys that the database counts up."""


def known_kind(name: str) -> str | None:
    """The kind of a field class by its dotted name; empty for one that nobody can tell more about.

    None where the name is no field class that is known.
    """
    found = canonical(name)
    if found in FIELDS or found in RELATIONS:
        return found
    top, _, last = found.partition(".")
    kinds = PACKAGED.get(top)
    if kinds is None:
        return None
    kind = kinds.get(last.rpartition(".")[2])
    return f"{MODELS}.{kind}" if kind and "." not in kind else kind
