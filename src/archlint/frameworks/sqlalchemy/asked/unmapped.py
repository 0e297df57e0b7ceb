"""Classes and objects that are given where SQLAlchemy wants mapped ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.names import KNOWN_BASES
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.building import JOINS
from archlint.frameworks.sqlalchemy.values.cells import Cell
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.constructs import Construct
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Row, Rows
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass, class_itself
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant, Entries, Items, Many, Object, Value, something

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mappings import Mappings
    from archlint.project.project import Project

_NEVER_MAPPING = frozenset({"abc", "builtins", "enum", "marshmallow", "pydantic", "typing"})
"""Whose classes are no base of mapped ones."""

_PLAIN_DECORATORS = frozenset({"dataclass", "define", "frozen", "total_ordering", "final"})
_EXPECTING = ("ArgumentError", "InvalidRequestError", "UnmappedInstanceError")
_OTHERS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((Items, Many, Rows), "several objects"),
    (Entries, "a dict"),
    (Row, "a row"),
    (Result, "a result"),
    (Statement, "a query"),
    ((Constant, Cell), "a plain value"),
)
"""What is no object of a mapped class."""

_ADDING = frozenset({"add", "delete", "refresh", "merge", "expunge"})


class GivenEntity(msgspec.Struct, frozen=True):
    """One class or object."""

    trace: Trace
    form: Call
    cls: ProjectClass | None
    """None where it is no class of the project, nor an object of one."""

    is_class: bool
    is_mapped: bool | None
    """None where nobody can tell."""

    what: str = ""
    """What it is instead of a class or an object, in words."""


def given_entities(project: Project) -> Iterator[GivenEntity]:
    """What `select`, `query`, `get` and `add` are given, where it is a class of the project or its object."""
    mappings = project.view(Entities).mappings
    hierarchy = project.view(ClassHierarchy)
    bases = {base for cls in hierarchy.classes() for base in hierarchy.bases(cls)}
    for trace, called in project.view(DataFlow).events(Called):
        if any(caught.endswith(_EXPECTING) for caught in called.context.caught):
            continue
        for value, is_class in _wanted(called):
            # A class method of an object has the object where its class should be: it is not followed.
            is_promised = isinstance(value, Instance) and value.how == "given"
            is_sure = value != trace.receiver and not (is_class and is_promised)  # a promise may be wrong
            what = _other(value, is_class=is_class) if is_sure else ""
            if what:
                yield GivenEntity(trace, called.form, None, is_class, False, what)
                continue
            if isinstance(value, (ModelClass, Instance)):
                yield GivenEntity(trace, called.form, value.entity.cls, is_class, True)
                continue
            cls = class_itself(value) if is_class else _object_of(value)
            if cls is not None:
                is_named = any(_last(form) == cls.fact.name for form in called.form.arguments)
                # `session.add(self)` is written for heirs, or for `declarative_base(cls=…)`.
                is_for_others = cls in bases or value == trace.receiver
                unmapped = (is_named or not is_for_others) and _is_unmapped(mappings, cls)
                unmapped = unmapped and (mappings.is_whole or _is_schema(mappings, cls))
                yield GivenEntity(trace, called.form, cls, is_class, False if unmapped else None)


def _is_unmapped(mappings: Mappings, cls: ProjectClass) -> bool:
    """Whether a class is surely not mapped: all its bases are known, and none of them maps."""
    mapped = mappings.mapped(cls.name)
    if mapped is not None:
        return mapped.is_abstract and not mapped.is_open
    plain = all(
        isinstance(each, ProjectClass)
        or (isinstance(each, External) and (each.name in KNOWN_BASES or _root(each.name) in _NEVER_MAPPING))
        for each in mappings.lineage.order(cls)
    )
    decorators = (_last(decorator) for decorator in cls.fact.decorators)
    return plain and all(name in _PLAIN_DECORATORS for name in decorators)


def _is_schema(mappings: Mappings, cls: ProjectClass) -> bool:
    """Whether it is a class of Pydantic, which nobody maps by a call."""
    return any(isinstance(e, External) and _root(e.name) == "pydantic" for e in mappings.lineage.order(cls))


def _root(name: str) -> str:
    return name.partition(".")[0]


def _last(form: Expression) -> str:
    """The last name of a chain, called or not."""
    if isinstance(form, Call):
        return _last(form.function)
    return form.attr if isinstance(form, Attribute) else getattr(form, "id", "")


def _wanted(called: Called) -> Iterator[tuple[Value, bool]]:
    """What must be mapped, and whether a class is asked for."""
    given = called.arguments.positional
    if isinstance(called.callee, Construct) and called.callee.name in ("select", "aliased"):
        yield from ((value, True) for value in given)
    options = tuple(something(called.receiver)) if called.receiver is not None else ()
    if len(options) == 1 and isinstance(options[0], Statement) and called.name in JOINS:
        yield from ((value, True) for value in given[:1] if not isinstance(value, Instance))
    if len(options) != 1 or not isinstance(options[0], Session):
        return
    if called.name == "query":
        yield from ((value, True) for value in given)
    elif called.name in ("get", "get_one"):
        yield from ((value, True) for value in given[:1])
    elif called.name in _ADDING:
        yield from ((value, False) for value in given[:1])
    elif called.name == "add_all":
        yield from ((item, False) for value in given[:1] if isinstance(value, Items) for item in value.items)


def _other(value: Value, *, is_class: bool) -> str:
    """What a value is that is surely neither a class nor an object, or one in the place of the other."""
    options = something(value)
    if len(options) != 1:
        return ""
    value = options[0]
    if is_class:
        return f"an object of `{value.entity.name}`" if isinstance(value, Instance) else ""
    if isinstance(value, ModelClass):
        return f"the class `{value.entity.name}` itself"
    return next((what for kind, what in _OTHERS if isinstance(value, kind)), "")


def _object_of(value: Value) -> ProjectClass | None:
    return value.of if isinstance(value, Object) and isinstance(value.of, ProjectClass) else None
