"""Model classes and objects of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.django.models.contributed import lacks_field
from archlint.frameworks.django.models.field_kinds import FOREIGN_OBJECT, WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels, is_of_past
from archlint.frameworks.django.query.objects.class_relations import joined_relation
from archlint.frameworks.django.query.sets.loading import loads
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.sets.results import Key
from archlint.frameworks.orm import Manager, Relation
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import (
    Arguments,
    Closure,
    Constant,
    Method,
    Object,
    Pending,
    Value,
    joined,
    only,
)

if TYPE_CHECKING:
    from archlint.frameworks.django.writes.required import Lacking
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project

DEFAULT_MANAGERS = frozenset({"_default_manager", "_base_manager"})
_OF_CLASSES = {
    "django.db.models.Model": True,
    "django.db.models.base.Model": True,
    "django.db.models.QuerySet": False,
    "django.db.models.query.QuerySet": False,
}
"""Whether objects of models are of these classes."""

_POLYMORPHIC = "polymorphic."
_OWN_ERRORS = frozenset({"DoesNotExist", "MultipleObjectsReturned"})
INSTANCE_METHODS = frozenset(
    [
        "save",
        "delete",
        "refresh_from_db",
        "full_clean",
        "clean",
        "clean_fields",
        "validate_unique",
        "validate_constraints",
        "asave",
        "adelete",
        "arefresh_from_db",
        "get_deferred_fields",
        "serializable_value",
        "save_base",
        "date_error_message",
        "unique_error_message",
        "prepare_database_save",
    ]
)
"""What every object of a model can do."""


class ModelClass(Behaviour, frozen=True):
    """A model."""

    is_class = True

    model: str

    @property
    def kind(self) -> object:
        """A class is like itself."""
        return ("class", self.model)

    @property
    def cls(self) -> ProjectClass | None:
        """Asked through `class_in`, since a value does not know its project."""
        return None

    def instance(self, site: Site) -> Value:
        """An object of it. In a migration models are those of that time, whatever an annotation says."""
        return UNKNOWN if "/migrations/" in f"/{site.module.path}" else ModelObject(self.model)

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A new object."""
        from archlint.frameworks.django.writes.required import lacking

        return ModelObject(self.model, how="new", lacking=lacking(self.model, arguments, site))

    def is_read_by(self, text: str, *, is_one: bool) -> bool:
        """What one of the past does not have any more."""
        return is_of_past(self.model)

    def attribute(self, name: str, site: Site) -> Value:
        """A manager, a method, a constant."""
        model = model_of(site, self.model)
        if model is None:
            return UNKNOWN
        manager = _manager(model, name)
        if manager is not None:
            return manager_value(model, manager)
        if name == "__class__":
            return UNKNOWN
        if name == "_meta":
            return _options(model)
        if name in _OWN_ERRORS:
            return External(f"{self.model}.{name}")
        if name in model.relations:
            return joined_relation(model, name)
        return UNKNOWN if model.cls is None else site.own_of_class(model.cls, name)


class ModelObject(Behaviour, frozen=True):
    """An object of a model."""

    model: str
    source: QuerySet | None = None
    """The query set that its row came out of."""

    way: tuple[str, ...] = ()
    """The relations that lead here from that row."""

    how: str = "given"
    """`row` of many, `one` by itself, `new`, `made` where it was not there, `given` by an annotation,
    `handed` by a framework to a method that looks as if."""

    lacking: Lacking | None = None
    """What its constructor was not given, of what every row needs."""

    def united(self, options: tuple[Value, ...]) -> Value:
        """One that stands for too many, made at several places."""
        plain = {
            msgspec.structs.replace(one, lacking=None) for one in options if isinstance(one, ModelObject)
        }
        is_one = len(plain) == 1 and all(isinstance(one, ModelObject) for one in options)
        return plain.pop() if is_one else UNKNOWN

    @property
    def classes(self) -> tuple[str, ...]:
        """Every model is one."""
        return ("django.db.models.Model",)

    def has_added(self, name: str, project: Project) -> bool:
        """Whatever its model has, besides what every model has."""
        model = project.view(DjangoModels).model(self.model)
        cls = model.cls if isinstance(model, DjangoModel) else None
        is_own = cls is not None and isinstance(project.view(ClassHierarchy).member(cls, name), tuple)
        return is_own and name not in INSTANCE_METHODS

    def is_read_by(self, text: str, *, is_one: bool) -> bool:
        """Whatever a text names: `getattr(order, "customer")` fails where there is no such attribute."""
        return is_one

    def types(self, project: Project) -> tuple[ProjectClass | External, ...]:
        """Its model, which is one of Django's even where its bases cannot be told."""
        model = project.view(DjangoModels).model(self.model)
        cls = model.cls if isinstance(model, DjangoModel) else None
        inherited = super().types(project)
        return inherited if cls is None else (cls, *inherited)

    @property
    def kind(self) -> object:
        """Objects of one model are alike."""
        return self.model

    def attribute(self, name: str, site: Site) -> Value:
        """A related object or its manager, a method, a property, a value."""
        model = model_of(site, self.model)
        if model is None:
            return UNKNOWN
        relation = model.relations.get(name)
        if relation is not None:
            return UNKNOWN if site.state(("set", self, name)) else self.related(relation, site)
        if name == "pk":
            return joined(Key(model.key), Constant(None))
        if name in model.fields:
            return UNKNOWN
        if name.endswith("_id"):
            held = next((one for one in model.relations.values() if one.attribute == name), None)
            if held is not None and held.kind in WITH_COLUMN:
                is_its_key = held.target and "to_field" not in held.options
                return joined(Key(held.target), Constant(None)) if is_its_key else UNKNOWN
        if name in INSTANCE_METHODS and not defines(model, name, site):
            return Method(self, name)
        if self.source is not None and not self.way:
            path = next((path for attr, path in self.source.to_attrs if attr == name), None)
            if path is not None:
                return self._held(path, site)
            if name in self.source.annotations:
                return UNKNOWN  # what the class has by that name is a `cached_property`, and not asked
        if name == "__class__":
            return ModelClass(self.model)
        if name == "_meta":
            return _options(model) if self.how in OF_QUERIES else UNKNOWN
        if model.cls is None or _may_be_heirs(model.cls, name, site):
            return UNKNOWN
        return site.own(model.cls, self, name)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What a method gives."""
        found = self.attribute(name, site)
        if isinstance(found, Method):
            return Pending(UNKNOWN) if name.startswith("a") else UNKNOWN
        return site.call(found, arguments)

    def written(self, name: str, value: Value, site: Site) -> None:
        """`order.customer = …`: what stands there now came from elsewhere."""
        model = model_of(site, self.model)
        if model is not None and name in model.relations:
            site.remember(("set", self, name), True)

    def is_a(self, other: Value, site: Site) -> bool | None:
        """Whether this is an object of another's model."""
        if isinstance(other, Object) and isinstance(other.of, External):
            return _OF_CLASSES.get(other.of.name)
        if not isinstance(other, ModelObject):
            return None
        mine, wanted = model_of(site, self.model), model_of(site, other.model)
        if mine is None or wanted is None:
            return None
        if wanted.key in (mine.key, mine.concrete, *mine.parents):
            return True
        is_above = mine.key in (wanted.concrete, *wanted.parents) or mine.is_abstract or wanted.is_abstract
        return None if is_above else False

    def inherited(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`super().save(…)`."""
        return UNKNOWN

    def related(self, relation: Relation, site: Site) -> Value:
        """What stands behind a relation: an object, or a manager of many."""
        target = model_of(site, relation.target)
        if target is None or relation.kind == FOREIGN_OBJECT:
            return UNKNOWN
        way = (*self.way, relation.name)
        if not relation.cardinality.is_collection:
            how = "row" if self.how == "row" else "one"
            return ModelObject(target.key, self.source, way, how)
        manager = default_manager(target)
        value = manager_value(target, manager)
        return msgspec.structs.replace(
            value,
            of=self,
            through=relation.name,
            is_held=self.has_loaded(relation.name),
            is_whole=True,
        )

    def has_loaded(self, name: str) -> bool:
        """Whether a relation of this object came with its row."""
        return self.source is not None and loads(self.source, (*self.way, name))

    def _held(self, path: str, site: Site) -> Value:
        """What `Prefetch(to_attr=…)` put there: a list."""
        from archlint.project.flow.values import Many

        here: Value = self
        for name in path.split("__"):
            if not isinstance(here, ModelObject):
                return UNKNOWN
            here = here.attribute(name, site)
        if not isinstance(here, QuerySet):
            return UNKNOWN
        row = ModelObject(here.model, self.source, (*self.way, *path.split("__")), "row")
        return Many(row)


OF_QUERIES = frozenset({"row", "one", "new", "made"})
"""How objects come about that are surely of their model, and of none below it."""


class ModelOptions(Behaviour, frozen=True):
    """`order._meta`."""

    model: str
    name: str
    app_label: str

    def attribute(self, name: str, site: Site) -> Value:
        """What the model is called."""
        label = f"{self.app_label}.{self.name}"
        known = {
            "app_label": self.app_label,
            "label": label,
            "label_lower": label.lower(),
            "model_name": self.name.lower(),
            "object_name": self.name,
        }
        return Constant(known[name]) if name in known else UNKNOWN

    def fails(self, name: str, arguments: Arguments, site: Site) -> bool:
        """`get_field()` does, for what is surely no field."""
        asked = arguments.get("field_name", 0)
        model = model_of(site, self.model)
        if name != "get_field" or not isinstance(asked, Constant) or not isinstance(asked.value, str):
            return False
        return model is not None and lacks_field(site.project.view(DjangoModels), model, asked.value)


def _options(model: DjangoModel) -> ModelOptions:
    return ModelOptions(model.key, model.name, model.app_label)


def model_of(site: Site, key: str) -> DjangoModel | None:
    """The model of a key."""
    found = site.project.view(DjangoModels).model(key) if key else None
    return found if isinstance(found, DjangoModel) else None


def manager_value(model: DjangoModel, manager: Manager | None) -> QuerySet:
    """A manager of a model; Django's own where there is none."""
    if manager is None:
        return QuerySet(model.key, is_manager=True, is_open=model.is_abstract)
    return QuerySet(
        model.key,
        custom=manager.queryset,
        manager=manager.cls,
        is_manager=True,
        is_open=not (manager.is_known or manager.is_plain) or model.is_abstract,
        has_more=not manager.is_known,
        loads_more=not manager.is_known,
    )


def query_set(value: Value, site: Site) -> Value:
    """What `get_object_or_404` and the like make of a model, manager or query set."""
    if isinstance(value, ModelClass):
        value = value.attribute("_default_manager", site)
    if isinstance(value, QuerySet) and value.is_manager:
        return value.begun(site)
    return value


def default_manager(model: DjangoModel) -> Manager | None:
    """The first manager of a model, which related managers inherit from."""
    return next(iter(model.managers.values()), None)


def _manager(model: DjangoModel, name: str) -> Manager | None:
    if name in DEFAULT_MANAGERS:
        return default_manager(model) or Manager("objects", None, None, True)
    found = model.managers.get(name)
    if found is None and name == "objects" and not model.managers:
        # What nobody can tell counts as a field, and each heir of an abstract model may have managers.
        is_plain = name not in model.fields and not model.is_abstract
        return Manager("objects", None, None, is_plain)
    return found


def defines(model: DjangoModel, name: str, site: Site) -> bool:
    """Whether a class of the project has a method of its own by a name."""
    return model.cls is not None and isinstance(site.own(model.cls, Constant(None), name), Closure)


def _may_be_heirs(cls: ProjectClass, name: str, site: Site) -> bool:
    """Whether an heir has this itself, and rows come as objects of heirs, as with django-polymorphic."""
    hierarchy = site.project.view(ClassHierarchy)
    outside = (one.name for one in hierarchy.order(cls) if isinstance(one, External))
    if not any(one.startswith(_POLYMORPHIC) for one in outside):
        return False
    return any(member.name == name for heir in hierarchy.below(cls) for member in heir.fact.members)


def is_object(value: Value) -> bool:
    """Whether it is an object of a model; an annotation alone may stand where keys are passed."""
    return any(one.how != "given" or one.way for one in only(value, ModelObject))
