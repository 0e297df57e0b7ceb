"""What query sets and managers have by which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY
from archlint.frameworks.django.models.managers import built_bases
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.methods import METHODS
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Written
from archlint.project.flow.values import alternatives
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

OF_SETS = METHODS | frozenset(
    {"as_manager", "db", "model", "ordered", "query", "totally_ordered", "resolve_expression"}
)
"""Public names of every query set."""

OF_MANAGERS = frozenset(
    {
        "auto_created",
        "check",
        "contribute_to_class",
        "creation_counter",
        "db",
        "db_manager",
        "deconstruct",
        "from_queryset",
        "get_queryset",
        "model",
        "name",
        "use_in_migrations",
    }
)
"""Public names of every manager, besides the methods of query sets."""

OF_RELATED = frozenset(
    {
        "aadd",
        "aclear",
        "add",
        "aremove",
        "aset",
        "clear",
        "core_filters",
        "do_not_call_in_templates",
        "field",
        "get_prefetch_queryset",
        "get_prefetch_querysets",
        "instance",
        "pk_field_names",
        "prefetch_cache_name",
        "query_field_name",
        "rel",
        "related_manager_cls",
        "related_val",
        "remove",
        "reverse",
        "set",
        "source_field",
        "source_field_name",
        "symmetrical",
        "target_field",
        "target_field_name",
        "through",
    }
)
"""Public names of managers of related objects."""

REMOVING = frozenset({"aclear", "aremove", "clear", "remove"})
"""What takes objects out of a relation, which only a foreign key does that may be null."""

_QUERY_SET_CLASS = "_queryset_class"
"""The attribute of a manager with the class of its query sets."""


class SetAttributes:
    """Answers for values that are query sets or managers."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._hierarchy, self._scopes = project.view(ClassHierarchy), project.view(Scopes)
        data_flow = project.view(DataFlow)
        self._flow = data_flow.flow
        self._reclassed = frozenset(
            value.model
            for _, event in data_flow.events(Written)
            if event.name == "__class__"
            for value in alternatives(event.receiver)
            if isinstance(value, QuerySet)
        )
        """The models with query sets that code makes into ones of another class."""

    @classmethod
    def build(cls, project: Project) -> SetAttributes:
        """The view of a project."""
        return cls(project)

    def has(self, of: QuerySet, name: str) -> bool | None:
        """Whether a query set or manager has an attribute; None where nobody can tell."""
        if name in OF_SETS or hasattr(object, name) or (of.is_manager and name in OF_MANAGERS):
            return True
        if of.is_manager and of.of is not None and name in OF_RELATED:
            return not (name in REMOVING and self._keeps_all(of))
        if name.startswith("_"):
            return None
        classes = (of.manager, of.custom) if of.is_manager else (of.custom,)
        own = [self._of_class(cls, name) for cls in classes if cls is not None]
        if True in own:
            return True
        if (
            of.is_open
            or of.has_more
            or None in own
            or of.model in self._reclassed
            or name in self._flow.written
            or (of.is_unseen and self._is_of_heir(of.custom, name))
            or not self._is_plain(of)
        ):
            return None
        return False

    def is_iterable(self, of: QuerySet) -> bool | None:
        """Whether it can be looped over: managers cannot, unless their class says so."""
        if not of.is_manager:
            return True
        is_open = of.is_open or of.has_more
        if of.manager is None:
            return False if self._is_plain(of) and not is_open else None
        own = [self._of_class(of.manager, name) for name in ("__iter__", "__getitem__")]
        return None if is_open or any(each is not False for each in own) else False

    def _keeps_all(self, of: QuerySet) -> bool:
        """Whether the foreign key behind a manager cannot be null, so that nothing is taken out."""
        owner = self._models.model(of.of.model) if of.of is not None else None
        relation = owner.relations.get(of.through) if isinstance(owner, DjangoModel) else None
        if (
            relation is None
            or relation.kind != FOREIGN_KEY
            or not relation.is_reverse
            or of.manager is not None
        ):
            return False
        target = self._models.model(relation.target)
        back = target.relations.get(relation.inverse) if isinstance(target, DjangoModel) else None
        return back is not None and back.kind == FOREIGN_KEY and back.null is False

    def _is_plain(self, of: QuerySet) -> bool:
        """Whether its class is Django's own or the project's: users of Django's bring a manager of theirs."""
        model = self._models.model(of.model)
        if isinstance(model, DjangoModel) and model.is_historical:
            return model.place is not None  # those of Django bring their managers
        if not isinstance(model, DjangoModel) or model.cls is None or self._models.hides_bases(model):
            return False
        if any(self._chooses_class(manager.cls) for manager in model.managers.values() if manager.cls):
            return False
        parents = (self._models.model(key) for key in model.parents)
        return all(isinstance(parent, DjangoModel) and parent.cls is not None for parent in parents)

    def _chooses_class(self, manager: ProjectClass) -> bool:
        """Whether its body or a constructor of its own says of what class its query sets are."""
        own = [one for one in self._hierarchy.order(manager) if isinstance(one, ProjectClass)]
        said = {member.name for one in own for member in one.fact.members}
        return _QUERY_SET_CLASS in said or any(_QUERY_SET_CLASS in one.fact.attributes for one in own)

    def _of_class(self, cls: ProjectClass, name: str) -> bool | None:
        """Whether a class of the project, or one above it, has a name; Django's own bases are known."""
        order = self._hierarchy.order(cls)
        made = [(one, base) for one in order if isinstance(one, ProjectClass) for base in built_bases(one)]
        is_seen = any(isinstance(one, External) and one.name.startswith(_MODELS) for one in order)
        if not is_seen and not made:
            return None  # it is something else that makes one
        answers = {self._of_made(one, base, name) for one, base in made}
        if answers - {False}:
            return None if None in answers else True
        unseen = len(made)
        for ancestor in order:
            if isinstance(ancestor, Unresolved) and unseen:
                unseen -= 1  # a base that `from_queryset` makes is one that names alone do not resolve
                continue
            if isinstance(ancestor, Unresolved):
                return None
            if isinstance(ancestor, External):
                if not ancestor.name.startswith((_MODELS, "typing.", "builtins.")):
                    return None
                continue
            members = {member.name for member in ancestor.fact.members}
            if name in members or name in ancestor.fact.attributes:
                return True
            if not members.isdisjoint(("__getattr__", "__getattribute__")):
                return None
        return False

    def _is_of_heir(self, cls: ProjectClass | None, name: str) -> bool:
        """Whether a class below has it: `self` in the methods of a class may be any of those."""
        below = self._hierarchy.below(cls) if cls is not None else ()
        return any(member.name == name for heir in below for member in heir.fact.members)

    def _of_made(self, cls: ProjectClass, base: Call, name: str) -> bool | None:
        """Whether the manager has a name of which `from_queryset` makes a base; sets are asked apart."""
        manager = base.function.value if isinstance(base.function, Attribute) else base.function
        answer = self._scopes.resolve(cls.module, cls.fact.qualname.rpartition(".")[0], manager)
        own = self._hierarchy.of(answer)
        if own is not None:
            return self._of_class(own, name)
        return False if isinstance(answer, External) and answer.name.startswith(_MODELS) else None


_MODELS = "django.db.models."
