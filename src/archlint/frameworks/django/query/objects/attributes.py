"""What objects of a model have by which name, and what can be given to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.annotated_names import AnnotatedNames
from archlint.frameworks.django.known.models import known_model
from archlint.frameworks.django.known.package_members import MEMBERS
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.query.expressions.expression import Prefetched
from archlint.frameworks.django.query.objects.model_object import (
    DEFAULT_MANAGERS,
    OF_QUERIES,
    ModelClass,
    ModelObject,
)
from archlint.frameworks.django.query.objects.properties import is_settable as settable_property
from archlint.frameworks.django.query.objects.user_attributes import ATTRIBUTES, is_user
from archlint.frameworks.django.query.sets.methods import OBJECT_LOADERS
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.settings.installation import Installation
from archlint.frameworks.orm import Cardinality, Relation
from archlint.frameworks.taken_keywords import taken_by
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called, Written
from archlint.project.flow.values import Constant, alternatives

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor
    from archlint.project.project import Project

OF_EVERY_MODEL = frozenset(
    {
        "DoesNotExist",
        "Meta",
        "MultipleObjectsReturned",
        "NotUpdated",
        "adelete",
        "arefresh_from_db",
        "asave",
        "check",
        "clean",
        "clean_fields",
        "date_error_message",
        "delete",
        "from_db",
        "full_clean",
        "get_constraints",
        "get_deferred_fields",
        "pk",
        "prepare_database_save",
        "refresh_from_db",
        "save",
        "save_base",
        "serializable_value",
        "unique_error_message",
        "validate_constraints",
        "validate_unique",
    }
)
"""Attributes of `django.db.models.Model`, compared with the real class in the tests."""

GENERATED = re.compile(
    r"get_(?P<name>\w+)_display|get_(?:next|previous)_by_(?P<date>\w+)|[gs]et_\w+_order|get_next_in_order"
    r"|get_previous_in_order"
)
"""Methods that Django makes for fields with choices, for dates, and for `order_with_respect_to`."""


_CHOICES_AT = 13
"""The position of `choices` among the arguments of a field."""


class Attributes:
    """Answers for instances of models."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._hierarchy = project.view(ClassHierarchy)
        self._installation = project.view(Installation)
        data_flow = project.view(DataFlow)
        self._computed = _computed(data_flow) | project.view(AnnotatedNames).names
        self._written = data_flow.flow.written | _loaded_later(data_flow)
        self._set = _set_on_objects(data_flow)
        self._below: dict[str, tuple[ProjectClass, ...]] = {}
        self._of_fields: dict[str, set[str]] = {}
        self._of_heirs: dict[str, set[str]] = {}
        self._of_parents: dict[str, set[str]] = {}

    @classmethod
    def build(cls, project: Project) -> Attributes:
        """The view of a project."""
        return cls(project)

    def has(self, of: ModelObject, name: str) -> bool | None:
        """Whether an object has an attribute; None where nobody can tell."""
        model = self._models.model(of.model)
        if not isinstance(model, DjangoModel):
            return None
        if name.startswith("_") or name in OF_EVERY_MODEL or _is_generated(model, name):
            return True
        if name in self._inherited(model):
            return True
        if model.is_open or model.is_abstract or self._models.may_have(model, name):
            return None
        if name in self._written or self._is_set(model, name):
            return None  # somebody puts it on objects, if not on this one
        if of.source is not None and (of.source.is_open or name in of.source.annotations):
            return None
        if name in self._computed and not _is_seen(of, name):
            return None
        if of.how == "handed" and hasattr(dict, name):
            return None  # a serializer of objects may be given rows of `values()`
        if of.how == "given" and self._is_below(model, name):
            return None
        known = self._of_class(model, name, with_heirs=not self._is_of_no_heir(of, model))
        return None if known is False and self._may_be_extended(model) else known

    def has_itself(self, of: ModelClass, name: str) -> bool | None:
        """Whether a model itself has an attribute; None where nobody can tell.

        Only of models of the past: they have no constants, and of managers those that migrations speak of.
        """
        model = self._models.model(of.model)
        if not isinstance(model, DjangoModel) or not model.is_historical:
            return None
        known = name in model.managers or name in DEFAULT_MANAGERS or hasattr(type, name)
        return True if known else self.has(ModelObject(of.model), name)

    def accepts(self, model: DjangoModel, name: str, *, is_new: bool = True) -> bool | None:
        """Whether `Model(name=…)` or `update(name=…)` is possible; None where nobody can tell."""
        if name == "pk":
            return is_new  # `update` wants the field by its name
        if name in self._names(model):
            return True
        if model.is_open or model.is_abstract or self._models.may_have(model, name):
            return None
        if model.cls is None:
            return False  # one of Django's or of a package, whose properties cannot be set
        if is_new and (by_constructor := self._by_constructor(model, name)) is not False:
            return by_constructor
        known = self._of_class(model, name)
        if not known:
            return known
        is_property = settable_property(self._hierarchy, model.cls, name)
        return is_property if is_new or is_property is None else False

    def defines(self, of: ModelObject, name: str) -> bool | None:
        """Whether the class of an object has a method of a name that Django's model has not."""
        model = self._models.model(of.model)
        if not isinstance(model, DjangoModel) or model.is_open or model.is_abstract or model.cls is None:
            return None
        return self._of_class(model, name)

    def names(self, model: DjangoModel) -> tuple[str, ...]:
        """The names of the fields and relations of a model."""
        return tuple(sorted(name for name in names(model) if not name.startswith("+")))

    def _is_of_no_heir(self, of: ModelObject, model: DjangoModel) -> bool:
        """Whether an object is surely of its model and of none below it: rows are, but where code chooses."""
        if of.how not in OF_QUERIES or model.cls is None or _CLASS in self._written:
            return False
        makers = [cls for one in model.managers.values() for cls in (one.cls, one.queryset) if cls]
        if of.source is not None:
            makers += [cls for cls in (of.source.custom, of.source.manager) if cls is not None]
        order = [each for cls in (model.cls, *makers) for each in self._hierarchy.order(cls)]
        return not any(map(_chooses_class, order)) and not self._models.hides_bases(model)

    def _of_class(self, model: DjangoModel, name: str, *, with_heirs: bool = True) -> bool | None:
        """Whether the class, one above or one below it defines a name."""
        if model.is_historical:
            return False
        if model.cls is None:
            return name in ATTRIBUTES if any(map(is_user, model.parents)) else None
        for cls in (model.cls, *(self._subclasses(model) if with_heirs else ())):
            for ancestor in self._hierarchy.order(cls):
                is_given = _is_given_by(ancestor, name)
                if is_given is not False:
                    return is_given
        return False

    def _may_be_extended(self, model: DjangoModel) -> bool:
        """Whether an app that nobody sees may put something on a model: on users many do."""
        if self._installation.is_seen and not self._installation.has_strangers:
            return False
        order = self._hierarchy.order(model.cls) if model.cls is not None else ()
        above = (one.name for one in order if isinstance(one, External))
        return any(map(is_user, (*model.parents, *above)))

    def _names(self, model: DjangoModel) -> set[str]:
        known = self._of_fields.get(model.key)
        if known is None:
            known = self._of_fields[model.key] = names(model)
        return known

    def _inherited(self, model: DjangoModel) -> set[str]:
        """With those of the models it inherits from: what Python finds on them, it finds on this one."""
        known = self._of_parents.get(model.key)
        if known is None:
            parents = (self._models.model(key) for key in model.parents)
            above = [self._names(parent) for parent in parents if isinstance(parent, DjangoModel)]
            known = self._of_parents[model.key] = self._names(model).union(*above)
        return known

    def _is_below(self, model: DjangoModel, name: str) -> bool:
        """Whether a field or relation of a model below it is called so: `self` may be of that one."""
        known = self._of_heirs.get(model.key)
        if known is None:
            heirs = (one for one in self._models.declared() if model.key in one.parents)
            known = self._of_heirs[model.key] = set().union(*map(self._names, heirs))
        return name in known

    def _is_set(self, model: DjangoModel, name: str) -> bool:
        """Whether some code sets an attribute on objects of the model, one above or one below it."""
        keys = self._set.get(name, ())
        return any(key in (model.key, *model.parents) or model.key in self._parents(key) for key in keys)

    def _parents(self, key: str) -> tuple[str, ...]:
        model = self._models.model(key)
        return model.parents if isinstance(model, DjangoModel) else ()

    def makes_its_own(self, model: DjangoModel) -> bool:
        """Whether a class of the project has a constructor of its own."""
        if model.cls is None:
            return False
        return any(
            isinstance(ancestor, ProjectClass)
            and any(m.name == "__init__" and m.kind is Kind.FUNCTION for m in ancestor.fact.members)
            and not ancestor.module.name.startswith("django.")
            for ancestor in self._hierarchy.order(model.cls)
        )

    def _by_constructor(self, model: DjangoModel, name: str) -> bool | None:
        """Whether a constructor of the project's own takes a name; False where it comes to Django's."""
        if model.cls is None or not self.makes_its_own(model):
            return False
        taken = taken_by(self._hierarchy.order(model.cls))
        return None if taken is None or taken.are_all else name in taken.names

    def _subclasses(self, model: DjangoModel) -> tuple[ProjectClass, ...]:
        if model.key not in self._below:
            self._below[model.key] = tuple(
                other.cls for other in self._models.declared() if model.key in other.parents and other.cls
            )
        return self._below[model.key]


_CLASS = "__class__"
_CHOOSING = frozenset({_CLASS, "__new__", "from_db", "_iterable_class", "__iter__", "_fetch_all", "iterator"})
"""What a class has that may make objects of other classes of its rows."""


def _chooses_class(ancestor: Ancestor) -> bool:
    """Whether a class of models, managers or query sets may have a say in what class rows are of."""
    if isinstance(ancestor, ProjectClass):
        members = {member.name for member in ancestor.fact.members}
        return not _CHOOSING.isdisjoint(members.union(ancestor.fact.attributes))
    return isinstance(ancestor, External) and not ancestor.name.startswith(_PLAIN)


_PLAIN = ("django.", "typing.", "builtins.", "abc.")


def _is_given_by(ancestor: Ancestor, name: str) -> bool | None:
    """Whether one class of an order gives its objects a name; None where nobody can tell."""
    if isinstance(ancestor, Unresolved):
        return None
    if isinstance(ancestor, External):
        if is_user(ancestor.name):
            return name in ATTRIBUTES
        if ancestor.name.startswith(("django.db.models.", "typing.")):
            return False
        known = known_model(ancestor.name)
        given = MEMBERS.get(known.name) if known is not None else None
        return None if given is None else name in given
    members = {member.name for member in ancestor.fact.members}
    if name in ancestor.fact.attributes or name in members:
        return True
    return None if members & {"__getattr__", "__getattribute__"} else False


def _is_generated(model: DjangoModel, name: str) -> bool:
    """Whether Django may make a method of this name.

    It makes `get_…_display` only for fields with choices, and `get_next_by_…` for dates that are never null.
    """
    found = GENERATED.fullmatch(name)
    if found is not None and (date := model.fields.get(found["date"] or "")) is not None:
        return date.cls is not None or date.null is not True
    field = model.fields.get(found["name"] or "") if found is not None else None
    if field is None:
        return found is not None
    is_plain = field.cls is None and field.kind.startswith(MODELS) and len(field.arguments) < _CHOICES_AT
    return not is_plain or "choices" in field.options or "" in field.options


def names(model: DjangoModel) -> set[str]:
    """Every attribute that fields and relations give to objects of a model."""
    found: set[str] = {*model.fields, *model.relations}
    found.update(f.attribute for f in model.fields.values() if f.attribute)
    found.update(r.attribute for r in model.relations.values() if r.attribute)
    return found


def is_settable(relation: Relation) -> bool:
    """Whether a relation can be given to a constructor: those to many cannot."""
    return relation.cardinality in (Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE)


def _computed(data_flow: DataFlow) -> frozenset[str]:
    """The names of all annotations in the project: an object of unknown origin may have any of them."""
    found: set[str] = set()
    for _, event in data_flow.events(Called):
        for value in alternatives(event.result):
            if isinstance(value, QuerySet):
                found.update(value.annotations)
                found.update(attribute for attribute, _ in value.to_attrs)
            elif isinstance(value, Prefetched) and value.to_attr:
                found.add(value.to_attr)
    return frozenset(found)


def _loaded_later(data_flow: DataFlow) -> frozenset[str]:
    """The names that `prefetch_related_objects` puts on objects that are there already."""
    return frozenset(
        value.to_attr
        for _, event in data_flow.events(Called)
        if event.name in OBJECT_LOADERS
        for value in event.arguments.positional
        if isinstance(value, Prefetched) and value.to_attr
    )


_LOOKS = {"hasattr": 2, "getattr": 3}
"""Functions that look whether there is an attribute, by the number of their arguments."""


def _set_on_objects(data_flow: DataFlow) -> dict[str, set[str]]:
    """The names that code puts on objects of models, or looks for on them, with the keys of their models."""
    found: dict[str, set[str]] = {}
    for _, call in data_flow.events(Called):
        if _LOOKS.get(call.name) != len(call.arguments.positional):
            continue
        owner, name = call.arguments.positional[:2]
        for option in alternatives(owner):
            if isinstance(option, (ModelObject, ModelClass)) and isinstance(name, Constant):
                found.setdefault(str(name.value), set()).add(option.model)
    for _, event in data_flow.events(Written):
        for option in alternatives(event.receiver):
            if isinstance(option, (ModelClass, ModelObject)):
                found.setdefault(event.name, set()).add(option.model)
    return found


def _is_seen(of: ModelObject, name: str) -> bool:
    """Whether everything that was computed with the row of an object is seen."""
    source = of.source
    if source is None or of.way or source.of is not None or source.loads_more:
        return False  # `Prefetch` may have brought it with a query of its own
    return all(attribute != name for attribute, _ in source.to_attrs)
