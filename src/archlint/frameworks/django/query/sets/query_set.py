"""Query sets: what they range over, and what was done to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.django.query.expressions.computed import Computed
from archlint.frameworks.django.query.expressions.expression import Reference
from archlint.frameworks.django.query.sets.deferring import Deferring
from archlint.frameworks.django.query.sets.methods import (
    ASKS,
    ASYNC,
    CHANGE_RELATED,
    COPIES,
    MAYBE_NONE,
    METHODS,
    NEW_SETS,
    ONE,
)
from archlint.frameworks.django.query.sets.results import BY_METHOD, Plain, Row
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import (
    SLICE,
    Arguments,
    Closure,
    Constant,
    Entries,
    Items,
    Many,
    Method,
    Object,
    Pending,
    Value,
    alternatives,
    joined,
)

if TYPE_CHECKING:
    from archlint.frameworks.django.query.objects.model_object import ModelObject
    from archlint.project.classes import ProjectClass
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_MAKE_USERS = frozenset({"create_user", "create_superuser"})
"""What the managers of users have besides."""

_OF_DJANGO = METHODS | CHANGE_RELATED | _MAKE_USERS | {"db_manager", "get_queryset"}


_RESHAPING = ("aggregate", "alias", "annotate", "extra", "using", "values", "values_list")
"""Methods after which a query set gives something else than its objects, or knows more names."""


class QuerySet(Behaviour, frozen=True):
    """A query set of one model."""

    may_be_empty = True

    model: str
    """Key of the model."""

    custom: ProjectClass | None = None
    """The class of the query set, where the project defines it."""

    annotations: tuple[str, ...] = ()
    computed: tuple[Computed, ...] = ()
    """What is known of the annotations whose expression was seen."""

    filtered: tuple[tuple[str, str], ...] = ()
    """The names of `FilteredRelation`, each with the path of its relation."""

    order: tuple[str, ...] = ()
    """The paths it is ordered by, without their signs."""

    selected: tuple[str, ...] = ()
    """Paths of `select_related`."""

    selects_all: bool = False
    prefetched: tuple[str, ...] = ()
    """Paths of `prefetch_related`."""

    to_attrs: tuple[tuple[str, str], ...] = ()
    """Attributes that `Prefetch(to_attr=…)` puts on the objects, with the path each stands for."""

    shape: str = "objects"
    """What it gives: `objects`, `dicts`, `tuples`, `named` ones, `flat` for single values, `dates`; `totals`
    is the dict that `aggregate` gives."""

    columns: tuple[str, ...] = ()
    """The names that `values` and `values_list` were given."""

    takes_all: bool = False
    """`values` or `values_list` was given no names: it gives every column."""

    groups: tuple[str, ...] = ()
    """The columns that it is grouped by: those of `values` before an aggregate."""

    deferring: Deferring | None = None
    """The fields that it leaves out; None where it loads all, or nobody can tell."""

    is_open: bool = False
    """It may have annotations that cannot be seen."""

    has_more: bool = False
    """Its class may have methods that cannot be seen, and an order of its own."""

    loads_more: bool = False
    """It may load relations that cannot be seen."""

    outer: tuple[Reference, ...] = ()
    """Paths of the query around it that it refers to: `OuterRef`."""

    is_unseen: bool = False
    """Code that nobody follows had it in hand: it may have any annotation that the project speaks of."""

    is_sliced: bool = False
    is_ordered: bool = False
    is_locked: bool = False
    """`select_for_update`."""

    is_empty: bool = False
    """`none()`."""

    is_combined: bool = False
    united_columns: tuple[str, ...] = ()
    """The columns that `values` had named when it was put together with others: its order takes no more."""

    is_held: bool = False
    """Loaded already, as its owner's rows were prefetched: asking it costs nothing."""

    is_whole: bool = False
    """All the related objects of its owner, none left out and nothing added."""

    of: ModelObject | None = None
    """The object whose related objects these are: `order.items`."""

    through: str = ""
    """The relation of that object."""

    is_manager: bool = False
    """It is a manager: not iterable, and knows `create`, `add`, `set`."""

    manager: ProjectClass | None = None
    """The class of the manager, where the project defines it."""

    @property
    def cls(self) -> ProjectClass | None:
        """The class whose methods it has."""
        return self.manager if self.is_manager and self.manager is not None else self.custom

    @property
    def has_known_bases(self) -> bool:
        """Whether nothing is hidden in its class: a base may be made by `from_queryset`."""
        return not (self.is_open or self.has_more)

    @property
    def classes(self) -> tuple[str, ...]:
        """A manager, or what it hands out."""
        return ("django.db.models.Manager",) if self.is_manager else ("django.db.models.QuerySet",)

    def types(self, project: Project) -> tuple[ProjectClass | External, ...]:
        """The project's own class, which is one of Django's even where its bases are made by a call."""
        inherited = super().types(project)
        return inherited if self.cls is None else (self.cls, *inherited)

    @property
    def kind(self) -> object:
        """Query sets of one model are alike."""
        return (self.model, self.is_manager)

    def attribute(self, name: str, site: Site) -> Value:
        """`.model`, a method, or what the project's own class has."""
        if name == "model":
            from archlint.frameworks.django.query.objects.model_object import ModelClass

            return ModelClass(self.model)
        if name in METHODS:
            return Method(self, name)
        return self._own(name, site)

    def has_added(self, name: str, project: Project) -> bool:
        """Whatever Django's have not: a class adds it, be it known or not.

        Only managers of relations have `add` and its like from Django.
        """
        if name not in _OF_DJANGO:
            return True
        if name not in CHANGE_RELATED or self.through:
            return False
        hierarchy = project.view(ClassHierarchy)
        own = (cls for cls in (self.manager, self.custom) if cls is not None)
        return any(isinstance(hierarchy.member(cls, name), tuple) for cls in own)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What a method gives."""
        own = self._own(name, site) if self.cls is not None or self.custom is not None else UNKNOWN
        if isinstance(own, Closure):
            result = site.call(own, arguments)
            if name == "get_queryset" and not isinstance(result, QuerySet):
                return msgspec.structs.replace(self, is_open=True, loads_more=True, is_manager=False)
            return self._fewer(own, site) if self._is_of_any(result) else result
        if name == "model":
            return site.call(self.attribute(name, site), arguments)
        return self.plain(name, arguments, site)

    def _is_of_any(self, result: Value) -> bool:
        """Whether a method gives itself, whatever it is called on: it was run often enough for others."""
        options = alternatives(result)
        own = [one for one in options if isinstance(one, Object) and one.of in (self.manager, self.custom)]
        return bool(own) and len(own) == sum(one is not UNKNOWN for one in options)

    def _fewer(self, by: Closure, site: Site) -> Value:
        """What a method leaves of it that was not run for this one."""
        rows = self.begun(site) if self.is_manager else self
        return rows.refined((by.function,)) if isinstance(rows, QuerySet) else UNKNOWN

    def inherited(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`super().filter(…)`, `super().get_queryset()`."""
        return self.plain(name, arguments, site)

    def plain(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What Django's own method gives."""
        if name == "get_queryset":
            return msgspec.structs.replace(self, is_manager=False)
        base = self if not self.is_manager else self.begun(site)
        if not isinstance(base, QuerySet):
            return UNKNOWN
        if name in COPIES and not self.is_manager:
            return base.changed("all", arguments, site)
        if name in _MAKE_USERS:
            return base.asked("create", arguments, site)
        if name in ASYNC:
            return Pending(base.asked(name[1:], arguments, site))
        if name in ASKS:
            return base.asked(name, arguments, site)
        return base.changed(name, arguments, site) if name in NEW_SETS else UNKNOWN

    def begun(self, site: Site) -> Value:
        """The query set that a manager begins with: what its `get_queryset` gives."""
        if self.manager is not None:
            own = self._own("get_queryset", site)
            if isinstance(own, Closure):
                result = site.call(own, Arguments())
                if isinstance(result, QuerySet):
                    return msgspec.structs.replace(
                        result,
                        of=self.of,
                        through=self.through,
                        is_held=self.is_held,
                        is_whole=self.is_whole,
                    )
                return msgspec.structs.replace(self, is_open=True, loads_more=True, is_manager=False)
        return msgspec.structs.replace(self, is_manager=False)

    def asked(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What a method gives that queries the database."""
        from archlint.frameworks.django.query.objects.model_object import ModelObject

        if name in ("get_or_create", "update_or_create"):
            return Items("tuple", (ModelObject(self.model, how="made"), UNKNOWN))
        if name == "create":
            return ModelObject(self.model, how="new")
        if name == "bulk_create":
            return Many(ModelObject(self.model, how="new"))
        if name == "iterator":
            return Many(self.row(), self)
        if name == "in_bulk":
            return Entries((), is_open=True, rest=self.row())
        if name in ONE:
            row = self.row(how="one")
            return joined(row, Constant(None)) if name in MAYBE_NONE else row
        if name == "aggregate":
            return totals(self, arguments)
        return Plain(BY_METHOD[name], name) if name in BY_METHOD else UNKNOWN

    def changed(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The query set after one more step."""
        if name != "all" and self.is_whole:
            changed = msgspec.structs.replace(self, is_held=False, is_whole=False)
            return changed.changed(name, arguments, site)
        from archlint.frameworks.django.query.sets.changes import CHANGES

        change = CHANGES.get(name)
        return self if change is None else change(self, arguments, site)

    def row(self, how: str = "row") -> Value:
        """One of what it gives."""
        from archlint.frameworks.django.query.objects.model_object import ModelObject

        if self.shape == "objects":
            return ModelObject(self.model, self, how=how)
        if self.shape == "flat":
            return joined(Row(self), Constant(None))
        return UNKNOWN if self.shape == "dates" else Row(self)

    def each(self, site: Site) -> Value:
        """One of its objects or rows."""
        return UNKNOWN if self.is_manager else self.row()

    def item(self, index: Value, site: Site) -> Value:
        """`objects[0]`, `objects[:10]`."""
        if index == SLICE:
            return msgspec.structs.replace(self, is_sliced=True)
        return self.row("one") if isinstance(index, Constant) and isinstance(index.value, int) else UNKNOWN

    def call(self, arguments: Arguments, site: Site) -> Value:
        """`order.items(manager="objects")` gives another manager."""
        if not self.is_manager:
            return UNKNOWN
        return msgspec.structs.replace(self, is_open=True, is_whole=False, is_held=False)

    def refined(self, by: Collection[ProjectFunction]) -> Value:
        """The rows of a view, fewer of them perhaps, and with more loaded."""
        if any(method.module.mentions(method.fact, *_RESHAPING) for method in by):
            return UNKNOWN
        return msgspec.structs.replace(self, is_unseen=True, loads_more=True, is_ordered=True)

    def rewritten(self, name: str) -> Value:
        """`orders.query = …`: what it asks for now was made elsewhere."""
        return UNKNOWN if name == "query" else self

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """`a | b` of two query sets: of one that is sliced, it asks for the rows by their keys."""
        if operator in ("|", "^"):
            return msgspec.structs.replace(self, is_sliced=False) if self.is_sliced else self
        return self if operator == "&" else UNKNOWN

    def defines(self, name: str, site: Site) -> bool:
        """Whether a class of the project has a method of its own by a name."""
        return isinstance(self._own(name, site), Closure)

    def _own(self, name: str, site: Site) -> Value:
        """What the project's own class of managers or query sets has by a name, bound to this."""
        for cls, receiver in self._classes(name, site):
            found = site.own(cls, receiver, name)
            if found is not UNKNOWN:
                return found
        return UNKNOWN

    def _classes(self, name: str, site: Site) -> Iterator[tuple[ProjectClass, Value]]:
        """A manager has the methods of its query sets, and calls them on the one that it begins with."""
        if self.is_manager and self.manager is not None:
            yield self.manager, self
        if self.custom is not None:
            is_begun = self.is_manager and name != "get_queryset"
            yield (
                self.custom,
                self.begun(site) if is_begun else msgspec.structs.replace(self, is_manager=False),
            )


def totals(base: QuerySet, arguments: Arguments) -> Row:
    """The dict that `aggregate` gives."""
    unnamed = [getattr(value, "default_alias", "") for value in arguments.positional]
    return Row(
        msgspec.structs.replace(
            base,
            shape="totals",
            columns=(*unnamed, *(name for name, _ in arguments.named)),
            takes_all=False,
            is_open=arguments.is_open or not all(unnamed),
        )
    )
