"""What classes of well-known libraries have, for the classes of projects that inherit from them.

They are looked up by package and last name, since packages hand their classes on from several places.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from archlint.project.objects.outside_members import OF_ENUMERATIONS

_PYDANTIC: Final = """
BaseModel: Config __abstractmethods__ __setattr__ _abc_caches_clear _abc_impl _abc_registry_clear
    _calculate_keys _collect_bases_data _copy_and_set_values _decompose_class _dump_registry
    _enforce_dict_if_root _get_value _init_private_attributes _iter _setattr_handler construct copy dict
    fields from_orm json model_computed_fields model_config model_construct model_copy model_dump
    model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name
    model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file
    parse_obj parse_raw register schema schema_json update_forward_refs validate
GenericModel (BaseModel):
"""

_FLASK: Final = """
View: as_view decorators dispatch_request init_every_request methods provide_automatic_options view_class
MethodView (View):
"""

_STARLETTE: Final = """
BaseHTTPMiddleware: app dispatch dispatch_func raw_headers
HTTPException: detail headers status_code
"""

_SHORT: Final[Mapping[str, str]] = {
    "fastapi": _STARLETTE,
    "flask": _FLASK,
    "pydantic": _PYDANTIC,
    "starlette": _STARLETTE,
}

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "django_filters": ("django",),
    "rest_framework": ("django",),
}
"""Packages whose classes inherit from those of others."""

_OTHERS: Final = ("django.db.", "django.contrib.gis.", "django.contrib.postgres.")
"""Where classes stand that share a last name with a known one."""

_CHOICES: Final = frozenset({"Choices", "IntegerChoices", "TextChoices"})
_OF_CHOICES: Final = OF_ENUMERATIONS | {
    "choices",
    "do_not_call_in_templates",
    "label",
    "labels",
    "names",
    "values",
}

_EVERYWHERE: Final = "*"
_EXCEPTIONS: Final = frozenset({"add_note", "args", "with_traceback"})

_DECORATORS: Final[Mapping[str, frozenset[str]]] = {
    "django.contrib.admin.register": frozenset(),
    "django.utils.decorators.method_decorator": frozenset(),
    "django.utils.deconstruct.deconstructible": frozenset({"deconstruct"}),
    "drf_spectacular.utils.extend_schema": frozenset({"schema"}),
    "drf_spectacular.utils.extend_schema_view": frozenset({"schema"}),
    "drf_spectacular.utils.extend_schema_serializer": frozenset({"_spectacular_annotation"}),
}
"""What decorators of classes add to what they decorate, and nothing else."""


def class_members(name: str) -> frozenset[str] | None:
    """What a class has, its objects too, or a decorator adds to one; None where nobody knows."""
    package, _, last = name.rpartition(".")
    if name in _DECORATORS:
        return _DECORATORS[name]
    if last in _CHOICES and package.startswith("django.db.models"):
        return _OF_CHOICES
    top = package.partition(".")[0]
    return None if name.startswith(_OTHERS) else _tables(top).get(last)


@cache
def _tables(package: str) -> Mapping[str, frozenset[str]]:
    table = _table(package)
    if not table:
        return {}
    found = _read(table)
    around: Iterable[str] = set().union(
        *(each.get(_EVERYWHERE, ()) for each in (found, *map(_tables, _BESIDE.get(package, ()))))
    )
    return {name: members | _EXCEPTIONS | set(around) for name, members in found.items()}


def _table(package: str) -> str:
    """The table of a package, of which most projects need none or few."""
    if package in ("django", "django_filters"):
        from archlint.frameworks.django.known.class_members import DJANGO, FILTERS

        return DJANGO if package == "django" else FILTERS
    if package == "rest_framework":
        from archlint.frameworks.drf.class_members import TABLE

        return TABLE
    return _SHORT.get(package, "")


def _read(table: str) -> Mapping[str, frozenset[str]]:
    """The classes of a table, each with what its bases have."""
    lines = {}
    for line in textwrap.dedent(table).replace("\n    ", " ").strip().split("\n"):
        head, _, own = line.partition(":")
        name, _, bases = head.rstrip(")").partition(" (")
        lines[name] = (bases.split(), own.split())

    def members(name: str) -> frozenset[str]:
        bases, own = lines[name]
        return frozenset(own).union(*map(members, bases))

    return {name: members(name) for name in lines}
