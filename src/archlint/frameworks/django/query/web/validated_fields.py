"""The names under which forms and serializers put what they have validated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Subscript
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, Delete, Return
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Entries, Object, Value
from archlint.project.functions import ProjectFunction

_FORM_FIELDS = "django.forms."
_SERIALIZER_FIELDS = "rest_framework."
_READ_ONLY = frozenset({"ReadOnlyField", "SerializerMethodField", "HyperlinkedIdentityField"})
_STEERING = frozenset(
    [
        "__init__",
        "_clean_fields",
        "_clean_form",
        "_post_clean",
        "cleaned_data",
        "fields",
        "full_clean",
        "get_fields",
        "run_validation",
        "to_internal_value",
        "validated_data",
    ]
)
"""Members by which a class may decide itself what it hands on."""

_VALIDATING = frozenset({"clean", "validate"})
_CHANGING = frozenset({"pop", "popitem", "clear", "update", "setdefault"})
_HELD = frozenset({"cleaned_data", "validated_data"})


def validated(of: Object, site: Site) -> Value:
    """A dict with what is surely in it, as the class declares it; UNKNOWN where that may be changed."""
    if not isinstance(of.of, ProjectClass) or site.function is None or _changes_in_place(site.function):
        return UNKNOWN
    names: dict[str, str] = {}
    for ancestor in reversed(site.project.view(ClassHierarchy).order(of.of)):
        if isinstance(ancestor, External):
            continue
        if not isinstance(ancestor, ProjectClass) or _steers(ancestor):
            return UNKNOWN
        names.update(_declared(ancestor, site))
    return Entries(tuple([(key, UNKNOWN) for key in dict.fromkeys(names.values()) if key]))


def _declared(cls: ProjectClass, site: Site) -> Iterator[tuple[str, str]]:
    """The fields of a class body, each with the key of what it hands on; empty where it hands on nothing."""
    for statement in cls.module.statements(cls.fact):
        if not isinstance(statement, Assign):
            continue
        for target in statement.targets:
            if isinstance(target, Name):
                form = statement.value if isinstance(statement.value, Call) else None
                yield target.id, _key(target.id, site.own_of_class(cls, target.id), form)


def _key(name: str, field: Value, form: Call | None) -> str:
    if form is None or not isinstance(field, Object) or not isinstance(field.of, External):
        return ""
    kind = field.of.name
    if kind.startswith(_FORM_FIELDS):
        return name
    if not kind.startswith(_SERIALIZER_FIELDS) or kind.rpartition(".")[2] in _READ_ONLY:
        return ""
    given = {keyword.name: keyword.value for keyword in form.keywords}
    if "" in given or not _is_false(given.get("read_only")):
        return ""
    source = given.get("source")
    if source is None:
        return name
    said = source.value if isinstance(source, Literal) else None
    return said if isinstance(said, str) and said.isidentifier() else ""


def _is_false(value: Expression | None) -> bool:
    return value is None or (isinstance(value, Literal) and not value.value)


def _steers(cls: ProjectClass) -> bool:
    """Whether a class may hand on something else than its fields say."""
    for member in cls.fact.members:
        if member.name in _STEERING:
            return True
        if member.name in _VALIDATING and (
            member.index < 0 or not _keeps(ProjectFunction(cls.module, member.index))
        ):
            return True
    return False


@lru_cache(maxsize=256)
def _keeps(function: ProjectFunction) -> bool:
    """Whether a method that validates hands on what it was given, and nothing less."""
    names = {"cleaned_data", *(parameter.name for parameter in function.fact.parameters)}
    for form in walked(function.module.statements(function.fact)):
        if isinstance(form, Delete) or (isinstance(form, Return) and not _is_one_of(form.value, names)):
            return False
        if (
            isinstance(form, Call)
            and isinstance(form.function, Attribute)
            and form.function.attr in _CHANGING
        ):
            return False
    return True


def _is_one_of(returned: Expression | None, names: set[str]) -> bool:
    if isinstance(returned, Call):
        return isinstance(returned.function, Attribute) and returned.function.attr in _VALIDATING
    if isinstance(returned, Attribute):
        return returned.attr in _HELD
    return returned is None or (isinstance(returned, Name) and returned.id in names)


@lru_cache(maxsize=256)
def _changes_in_place(function: ProjectFunction) -> bool:
    """Whether a function changes `form.cleaned_data` itself: nobody keeps the account of attributes."""
    for form in walked(function.module.statements(function.fact)):
        targets = form.targets if isinstance(form, Delete) else ()
        if any(isinstance(each, Subscript) and _is_held(each.value) for each in targets):
            return True
        called = form.function if isinstance(form, Call) else None
        if isinstance(called, Attribute) and called.attr in _CHANGING and _is_held(called.value):
            return True
    return False


def _is_held(form: Expression) -> bool:
    return isinstance(form, Attribute) and form.attr in _HELD
