"""Objects made to hold fields: those of `SimpleNamespace`, of what `namedtuple` makes, of a `NamedTuple`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Entries, Items, Object, Value, all_texts

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place
    from archlint.project.project import Project

_NAMESPACE = External("types.SimpleNamespace")
_NAMED_TUPLE = External("collections.namedtuple")
_NAMED_TUPLES = frozenset({External("typing.NamedTuple"), External("typing_extensions.NamedTuple")})


class RecordClass(Behaviour, frozen=True):
    """What `namedtuple` makes: a class."""

    is_noted = False

    names: tuple[str, ...]

    def call(self, arguments: Arguments, site: Site) -> Value:
        """An object with a value for each name."""
        if arguments.is_open:
            return UNKNOWN
        given = {**dict(zip(self.names, arguments.positional, strict=False)), **dict(arguments.named)}
        return Object(_NAMED_TUPLE, tuple([(name, given.get(name, UNKNOWN)) for name in self.names]))


def named_tuple(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`namedtuple("Pair", "order total")`: a class, where its fields are written down."""
    fields = arguments.get("field_names", 1)
    if isinstance(fields, Constant) and isinstance(fields.value, str):
        return RecordClass(tuple(fields.value.replace(",", " ").split()))
    names = all_texts(fields.items) if isinstance(fields, Items) else ()
    return RecordClass(names) if names else UNKNOWN


def namespace(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`SimpleNamespace(order=order)`: an object with what it is given."""
    return UNKNOWN if arguments.is_open or arguments.positional else Object(_NAMESPACE, arguments.named)


def is_record(value: Object) -> bool:
    """Whether an object has what it is given, and nothing else."""
    return value.of == _NAMESPACE


def items_of(value: Value, project: Project) -> Items | None:
    """The fields of a named tuple one by one, in their order; None for anything else."""
    found = fields_of(value, project)
    return None if found is None else Items("tuple", tuple([held for _, held in found.values]))


def fields_of(value: Value, project: Project) -> Entries | None:
    """What `pair._asdict()` gives: the fields of a named tuple by their names; None for anything else."""
    if not isinstance(value, Object):
        return None
    if value.of == _NAMED_TUPLE:
        return Entries(value.fields)
    names = _declared(value.of, project) if isinstance(value.of, ProjectClass) else ()
    held = dict(value.fields)
    return Entries(tuple([(name, held.get(name, UNKNOWN)) for name in names])) if names else None


def _declared(cls: ProjectClass, project: Project) -> tuple[str, ...]:
    """The fields of a class that is a named tuple; none for any other."""
    hierarchy = project.view(ClassHierarchy)
    for ancestor in hierarchy.order(cls):
        if isinstance(ancestor, ProjectClass) and not _NAMED_TUPLES.isdisjoint(hierarchy.bases(ancestor)):
            members = ancestor.fact.members
            return tuple([m.name for m in members if m.kind in (Kind.DECLARED, Kind.VALUE)])
    return ()
