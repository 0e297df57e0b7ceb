"""Settings that stand where nobody reads them: beside the table that they belong to, or misspelled in it.

`ATOMIC_REQUESTS` is read of each database, `DEFAULT_PERMISSION_CLASSES` of `REST_FRAMEWORK`. Shown true in
the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Literal, Name
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.settings.values import Listing, Scalar, SettingValue, Table, alternatives
from archlint.nearness import nearest

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule
    from archlint.frameworks.orm import Place
    from archlint.project.module import Module
    from archlint.project.project import Project

_DATABASES, _REST = "DATABASES", "REST_FRAMEWORK"
_OF_DATABASES = frozenset({"ATOMIC_REQUESTS", "AUTOCOMMIT", "CONN_HEALTH_CHECKS", "CONN_MAX_AGE"})
"""What each database may have besides, which the settings themselves do not."""

_KEYS: Mapping[str, str] = {
    _DATABASES: """
        DISABLE_SERVER_SIDE_CURSORS ENGINE HOST NAME OPTIONS PASSWORD PORT TEST TIME_ZONE USER
    """,
    _REST: """
        ALLOWED_VERSIONS COERCE_DECIMAL_TO_STRING COMPACT_JSON DATETIME_FORMAT DATETIME_INPUT_FORMATS
        DATE_FORMAT DATE_INPUT_FORMATS DEFAULT_AUTHENTICATION_CLASSES DEFAULT_CONTENT_NEGOTIATION_CLASS
        DEFAULT_FILTER_BACKENDS DEFAULT_METADATA_CLASS DEFAULT_PAGINATION_CLASS DEFAULT_PARSER_CLASSES
        DEFAULT_PERMISSION_CLASSES DEFAULT_RENDERER_CLASSES DEFAULT_SCHEMA_CLASS DEFAULT_THROTTLE_CLASSES
        DEFAULT_THROTTLE_RATES DEFAULT_VERSION DEFAULT_VERSIONING_CLASS EXCEPTION_HANDLER FORMAT_SUFFIX_KWARG
        HTML_SELECT_CUTOFF HTML_SELECT_CUTOFF_TEXT NON_FIELD_ERRORS_KEY NUM_PROXIES ORDERING_PARAM PAGE_SIZE
        SCHEMA_COERCE_METHOD_NAMES SCHEMA_COERCE_PATH_PK SEARCH_PARAM STRICT_JSON TEST_REQUEST_DEFAULT_FORMAT
        TEST_REQUEST_RENDERER_CLASSES TIME_FORMAT TIME_INPUT_FORMATS UNAUTHENTICATED_TOKEN
        UNAUTHENTICATED_USER UNICODE_JSON UPLOADED_FILES_USE_URL URL_FIELD_NAME URL_FORMAT_OVERRIDE
        VERSION_PARAM VIEW_DESCRIPTION_FUNCTION VIEW_NAME_FUNCTION
    """,
}
"""What is read of the tables, by Django 3.2 to 6.0 and REST framework 3.12 to 3.17."""

_DATABASE_KEYS = _OF_DATABASES | frozenset(_KEYS[_DATABASES].split())
_REST_KEYS = frozenset(_KEYS[_REST].split())
_OF_REST = frozenset(name for name in _REST_KEYS if name.startswith("DEFAULT_") and name.endswith("CLASSES"))
"""Of these, what other packages surely do not read from the settings themselves."""

_BESIDE: Mapping[str, tuple[frozenset[str], str]] = {
    _DATABASES: (_OF_DATABASES, 'each entry of `DATABASES`: `"default": {…}`'),
    _REST: (_OF_REST, "`REST_FRAMEWORK`"),
}
_SIMILAR = 0.85


class Misplaced(msgspec.Struct, frozen=True):
    """A setting that has no effect."""

    place: Place
    name: str
    """As it is written."""

    belongs: str = ""
    """Where it is read, in words; empty where it is there already."""

    meant: str = ""
    """The name that is read."""


def misplaced_settings(project: Project, settings: SettingsModule) -> Iterator[Misplaced]:
    """Everything in a settings module that stands in the wrong place, or is misspelled in the right one."""
    for table, (names, words) in _BESIDE.items():
        if settings.get(table) is None:
            continue  # nothing shows that anybody means this one
        for name in sorted(names):
            place = _place(settings.get(name))
            if place is not None and not _is_said_elsewhere(project, name):
                yield Misplaced(place, name, words)
    for database in _tables(settings.get(_DATABASES)):
        for _, entry in database.entries:
            yield from _misspelled(entry, _DATABASE_KEYS)
    yield from _misspelled(settings.get(_REST), _REST_KEYS)


def _misspelled(value: SettingValue | None, known: frozenset[str]) -> Iterator[Misplaced]:
    """Keys that nobody reads, and that nearly are one that is read and not there."""
    for table in _tables(value):
        there = {key for key, _ in table.entries}
        for key, held in table.entries:
            near = nearest(key, known - there, similar=_SIMILAR) if key not in known else ""
            place = _place(held)
            if near and place is not None:
                yield Misplaced(place, key, meant=near)


def _tables(value: SettingValue | None) -> Iterator[Table]:
    for one in alternatives(value):
        if isinstance(one, Table):
            yield one


def _place(value: SettingValue | None) -> Place | None:
    """Where a value is written."""
    for one in alternatives(value):
        if isinstance(one, (Scalar, Listing, Table)):
            return one.place
    return None


def _is_said_elsewhere(project: Project, name: str) -> bool:
    """Whether a name stands anywhere but where settings are given it: then somebody may read it."""
    setting = {one.module for one in project.view(Settings).modules if name in one.module.bindings}
    return any(
        _reads(module, name) if module in setting else module.speaks_of(name.encode())
        for module in project.modules
    )


def _reads(module: Module, name: str) -> bool:
    if name.encode() in module.encoded_definitions:
        return True
    targets, said = 0, 0
    for form in walked(module.body):
        if isinstance(form, Assign):
            targets += sum(isinstance(each, Name) and each.id == name for each in form.targets)
        said += (isinstance(form, Name) and form.id == name) or (
            isinstance(form, Literal) and form.value == name
        )
    return said > targets
