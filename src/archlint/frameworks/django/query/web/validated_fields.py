"""The names under which forms and serializers put what they have validated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Subscript
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, Delete, Return
from archlint.frameworks.django.models.field_kinds import MANY_TO_MANY
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Entries, Items, Object, Value, all_texts
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import nested

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter

MODEL_SERIALIZERS = frozenset(
    f"rest_framework.serializers.{name}" for name in ("ModelSerializer", "HyperlinkedModelSerializer")
)
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

_CLOSED = frozenset({"through", "editable", ""})
"""What a relation may be told that keeps clients from setting it; the last for what is spread."""

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
    for name in _of_model(of.of, site):
        names.setdefault(name, name)
    return Entries(tuple([(key, UNKNOWN) for key in dict.fromkeys(names.values()) if key]))


def given_to_create(function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
    """What a serializer hands to its own `create`: what was validated, and what `save` was called with."""
    if function.fact.name != "create" or parameter.name != function.fact.parameters[-1].name:
        return None
    cls = ProjectClass(function.module, function.fact.owner)
    order = site.project.view(ClassHierarchy).order(cls)
    if not any(isinstance(one, External) and one.name in MODEL_SERIALIZERS for one in order):
        return None
    found = validated(Object(cls), site)
    return Entries(found.values, is_open=True) if isinstance(found, Entries) else None


def _of_model(cls: ProjectClass, site: Site) -> Iterator[str]:
    """The relations to many objects that `Meta` of a serializer names, and that clients may set."""
    from archlint.frameworks.django.query.objects.model_object import ModelClass, model_of

    order = [one for one in site.project.view(ClassHierarchy).order(cls) if isinstance(one, ProjectClass)]
    metas = (nested(one.module, f"{one.fact.qualname}.Meta") for one in order)
    meta = next((one for one in metas if one is not None and one.kind is Kind.CLASS), None)
    if meta is None:
        return
    said = partial(site.own_of_class, ProjectClass(meta.module, meta.index))
    of, listed = said("model"), said("fields")
    is_plain = all(said(name) is UNKNOWN for name in ("read_only_fields", "extra_kwargs", "depth"))
    model = model_of(site, of.model) if isinstance(of, ModelClass) else None
    if model is None or not is_plain or not isinstance(listed, Items):
        return
    for name in all_texts(listed.items):
        relation = model.relations.get(name)
        if relation is None or relation.kind != MANY_TO_MANY or relation.is_reverse:
            continue
        if _CLOSED.isdisjoint(relation.options):
            yield name


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
