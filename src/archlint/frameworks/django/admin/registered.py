"""The classes that show models in Django's admin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Call, Expression
from archlint.finding import Finding, Location
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.urls.making import Making, items
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

V = TypeVar("V")

_ADMIN = "django.contrib.admin."
_REGISTERS = frozenset({f"{_ADMIN}register", f"{_ADMIN}decorators.register"})
_HOMES = (_ADMIN, "django.contrib.contenttypes.admin.")
_INLINES = frozenset({"TabularInline", "StackedInline", "InlineModelAdmin"}) | frozenset(
    {"GenericTabularInline", "GenericStackedInline", "GenericInlineModelAdmin"}
)


class Admin(msgspec.Struct, frozen=True, eq=False):
    """A class of the project with a model that it shows."""

    cls: ProjectClass
    model: DjangoModel
    is_closed: bool
    """Whether all its bases are Django's or the project's."""

    is_inline: bool = False
    """It shows its model in the form of another."""


class Admins:
    """Every admin class of which a model is known: registered ones and inlines."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._models = project.view(DjangoModels)
        self._making = project.view(Making)
        self._found = tuple({(one.cls, one.model.key): one for one in self._all(project)}.values())
        self._by_class: defaultdict[ProjectClass, list[Admin]] = defaultdict(list)
        for one in self._found:
            self._by_class[one.cls].append(one)

    @classmethod
    def build(cls, project: Project) -> Admins:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Admin]:
        return iter(self._found)

    def showing(self, cls: ProjectClass) -> tuple[Admin, ...]:
        """A class with each model that it shows."""
        return tuple(self._by_class.get(cls, ()))

    def _all(self, project: Project) -> Iterator[Admin]:
        for module in project.modules:
            if not any(fact.module.startswith("django.contrib") for fact in module.facts.imports):
                continue
            for index, fact in enumerate(module.classes):
                cls = ProjectClass(module, index)
                for decorator in fact.decorators:
                    if isinstance(decorator, Call) and self._is_register(module, decorator.function):
                        yield from self._shown(module, cls, decorator.arguments)
                yield from self._inline(cls)
            for site in project.view(Functions).module_summary(module).calls:
                if self._making.external(module, "", site.call.function) == f"{_ADMIN}site.register":
                    yield from self._registered(module, site.call)

    def _is_register(self, module: Module, function: Expression) -> bool:
        return self._making.external(module, "", function) in _REGISTERS

    def _registered(self, module: Module, call: Call) -> Iterator[Admin]:
        """`admin.site.register(Order, OrderAdmin)`."""
        if len(call.arguments) < 2:
            return
        cls = self._hierarchy.of(self._scopes.resolve(module, "", call.arguments[1]))
        if cls is not None:
            yield from self._shown(module, cls, items(call.arguments[0]) or call.arguments[:1])

    def _shown(self, module: Module, cls: ProjectClass, models: tuple[Expression, ...]) -> Iterator[Admin]:
        for value in models:
            model = self._model(module, value) or self._joining(module, value)
            if model is not None:
                yield Admin(cls, model, self._is_closed(cls))

    def _model(self, module: Module, value: Expression) -> DjangoModel | None:
        target = self._models.references.expression(None, value, module, "")
        model = self._models.model(target.key) if target.key else None
        return model if isinstance(model, DjangoModel) else None

    def _joining(self, module: Module, value: Expression) -> DjangoModel | None:
        """The model behind a relation of many to many: `Order.tags.through`."""
        if not isinstance(value, Attribute) or value.attr != "through":
            return None
        field = value.value
        owner = self._model(module, field.value) if isinstance(field, Attribute) else None
        relation = owner.relations.get(field.attr) if owner and isinstance(field, Attribute) else None
        model = self._models.model(relation.through) if relation is not None and relation.through else None
        return model if isinstance(model, DjangoModel) else None

    def _inline(self, cls: ProjectClass) -> Iterator[Admin]:
        outside = self._values.outside(cls) or ()
        if not any(name.startswith(_HOMES) and name.rpartition(".")[2] in _INLINES for name in outside):
            return
        found = self._values.of(cls, "model")
        if found is not None and found.value is not None:
            for admin in self._shown(found.holder.module, cls, (found.value,)):
                yield replace(admin, is_inline=True)

    def _is_closed(self, cls: ProjectClass) -> bool:
        outside = self._values.outside(cls)
        order = self._hierarchy.order(cls)
        facts = [one.fact for one in order if isinstance(one, ProjectClass)]
        if any(member.name in ("__getattr__", "__init__") for fact in facts for member in fact.members):
            return False
        return outside is not None and all(name.startswith(_HOMES) for name in outside)


def told_once(verdicts: Iterable[V]) -> Iterator[V]:
    """Verdicts, each finding once: what several admin classes inherit is judged for each of them."""
    told: set[tuple[Location, str]] = set()
    for verdict in verdicts:
        if isinstance(verdict, Finding):
            if (verdict.location, verdict.message) in told:
                continue
            told.add((verdict.location, verdict.message))
        yield verdict
