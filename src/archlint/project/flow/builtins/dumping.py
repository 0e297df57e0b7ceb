"""What `asdict(order)` and `vars(order)` give: a dict with the fields of a dataclass as keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Name, Subscript, last_name
from archlint.facts.statements import Annotate
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Constant, Entries, Items, Object, Value

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place
    from archlint.project.project import Project

_FIELD = External("dataclasses.Field")
DUMPING = frozenset({"dataclasses.asdict", "attr.asdict", "attrs.asdict"})
_MAKING = frozenset({"dataclass", "define", "frozen", "mutable"})
_PLAIN_BASES = frozenset({"abc.ABC", "builtins.object", "typing.Generic", "typing.Protocol"})
_NO_FIELDS = frozenset({"ClassVar", "InitVar"})


def as_dict(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """The fields of a dataclass of the project, with what is known of this very object."""
    if len(arguments.positional) != 1 or arguments.named or arguments.is_open:
        return UNKNOWN
    of = arguments.positional[0]
    if not isinstance(of, Object) or not isinstance(of.of, ProjectClass):
        return UNKNOWN
    names = _fields(flow.project, of.of)
    held = dict(of.fields)
    return UNKNOWN if names is None else Entries(tuple([(name, held.get(name, UNKNOWN)) for name in names]))


def fields_of(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`fields(criteria)`: the fields of a dataclass, or of its class, which have names."""
    of = arguments.positional[0] if len(arguments.positional) == 1 else UNKNOWN
    one = of if isinstance(of, Object) else flow.instance_of(of, site)
    cls = one.of if isinstance(one, Object) else None
    names = _fields(flow.project, cls) if isinstance(cls, ProjectClass) else None
    fields = [Object(_FIELD, (("name", Constant(name)),)) for name in names or ()]
    return Items("tuple", tuple(fields)) if fields else UNKNOWN


def _fields(project: Project, cls: ProjectClass) -> tuple[str, ...] | None:
    """The names of the fields; None where a class above may bring others."""
    names: dict[str, None] = {}
    for ancestor in reversed(project.view(ClassHierarchy).order(cls)):
        if isinstance(ancestor, External) and ancestor.name in _PLAIN_BASES:
            continue
        if not isinstance(ancestor, ProjectClass) or not is_dataclass(ancestor):
            return None
        names.update(dict.fromkeys(_declared(ancestor)))
    return tuple(names) or None


def is_dataclass(cls: ProjectClass) -> bool:
    """Whether a decorator makes its constructor from the fields, those of attrs too."""
    decorators = (each.function if isinstance(each, Call) else each for each in cls.fact.decorators)
    return any(last_name(each) in _MAKING for each in decorators)


def _declared(cls: ProjectClass) -> Iterator[str]:
    for statement in cls.module.statements(cls.fact):
        if not isinstance(statement, Annotate) or not isinstance(statement.target, Name):
            continue
        kind = statement.annotation
        if last_name(kind.value if isinstance(kind, Subscript) else kind) not in _NO_FIELDS:
            yield statement.target.id
