"""One name for what Django offers under several.

`django.db.models.fields.CharField`, `django.contrib.gis.db.models.CharField` and
`django.db.models.CharField` are one class. The last is how Django documents it.
"""

from __future__ import annotations

import sys
from functools import cache

GIS = "django.contrib.gis.db.models"
MODELS = "django.db.models"
POSTGRES = "django.contrib.postgres.fields"

_GIS_FIELDS = frozenset(
    {
        "BaseSpatialField",
        "GeometryCollectionField",
        "GeometryField",
        "LineStringField",
        "MultiLineStringField",
        "MultiPointField",
        "MultiPolygonField",
        "PointField",
        "PolygonField",
        "RasterField",
    }
)
_APART = ("django.db.models.functions", "django.db.models.sql", "django.contrib.gis.db.models.functions")
_MOVED = {
    "django.contrib.auth.base_user.AbstractBaseUser": "django.contrib.auth.models.AbstractBaseUser",
    "django.contrib.auth.base_user.BaseUserManager": "django.contrib.auth.models.BaseUserManager",
    "django.contrib.contenttypes.generic.GenericForeignKey": (
        "django.contrib.contenttypes.fields.GenericForeignKey"
    ),
}


@cache
def canonical(name: str) -> str:
    """The documented name; names that are not Django's, and all others, stay as they are."""
    if not name.startswith("django."):
        return name
    home, _, last = name.rpartition(".")
    if home.startswith(GIS) and home not in _APART:
        return f"{GIS if last in _GIS_FIELDS else MODELS}.{last}"
    if home.startswith(MODELS) and not home.startswith(_APART):
        return f"{MODELS}.{last}"
    if home.startswith(POSTGRES):
        return f"{POSTGRES}.{last}"
    return _MOVED.get(name, name)


_SEEN = frozenset({"django", "rest_framework", "typing_extensions", *sys.stdlib_module_names})


def is_seen_package(name: str) -> bool:
    """Whether a dotted name lies in a package of which the tables here hold everything that matters."""
    return name.partition(".")[0] in _SEEN
