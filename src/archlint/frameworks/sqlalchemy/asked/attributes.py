"""Every attribute that is asked of a mapped class or of one of its objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Comparison, Name, dotted, last_name
from archlint.facts.forms import walked
from archlint.frameworks.asking_first import looks_first
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.asked.added import AddedToBases
from archlint.frameworks.sqlalchemy.values.aliases import Aliased
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.entity import Entity
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called, Context, Operated, Read, Trace, Written
from archlint.project.flow.values import Constant, Value, something, texts
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.project import Project

_ALWAYS = frozenset({"metadata", "registry", "query", "awaitable_attrs", "c", "columns", "mro"})
_REQUESTS = frozenset({"req", "request", "websocket"})
_GETATTR = External("builtins.getattr")
_SETATTR = External("builtins.setattr")
_LOOKING = ("__mapper__", "__table__", "column_attrs", "columns", "dir", "hasattr", "inspect", "suppress")
_EXPECTING = ("AttributeError", "Exception", "BaseException")


class Asked(msgspec.Struct, frozen=True):
    """One attribute."""

    trace: Trace
    form: Attribute | Call
    entity: Entity
    name: str
    is_known: bool | None
    """None where nobody can tell."""

    is_sure: bool = True
    """False where only an annotation says what the object is."""

    @property
    def is_of_heir(self) -> bool:
        """Whether nobody was seen to call it: a method that an heir inherits was run for that heir."""
        first = self.trace
        while first.caller is not None:
            first = first.caller[0]
        return first.arguments is not None

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells places from each other, in however many runs they are met."""
        return self.trace.module.path, self.form.line, self.form.column, self.name


class AskedAttributes:
    """What is read and called of mapped classes and their objects."""

    def __init__(self, project: Project) -> None:
        self._flow = project.view(DataFlow)
        self._functions = project.view(Functions)
        self._entities = project.view(Entities)
        self._hierarchy = project.view(ClassHierarchy)
        self._added = AddedToBases(self._entities.mappings)
        self._told_apart: dict[int, bool] = {}
        self._set: set[tuple[str, str]] = set()
        self._set_on_bases: set[tuple[ProjectClass, str]] = set()
        for _, event in self._flow.events(Written):
            self._note(event.receiver, event.name)
        for _, called in self._flow.events(Called):
            if called.callee == _SETATTR and len(called.arguments.positional) == 3:
                of, named, _ = called.arguments.positional
                if isinstance(named, Constant) and isinstance(named.value, str):
                    self._note(of, named.value)

    @classmethod
    def build(cls, project: Project) -> AskedAttributes:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Asked]:
        for trace, read in self._flow.events(Read):
            yield from self._asked(trace, read.form, read.receiver, read.name, read.context)
        for trace, called in self._flow.events(Called):
            if called.receiver is not None:
                yield from self._asked(trace, called.form, called.receiver, called.name, called.context)
            elif called.callee == _GETATTR and len(called.arguments.positional) == 2:
                for name in self._names_asked(trace, called):
                    yield from self._asked(
                        trace, called.form, called.arguments.positional[0], name, called.context
                    )

    def _names_asked(self, trace: Trace, called: Called) -> tuple[str, ...]:
        """The names that a `getattr` may ask for, where nothing shows that only some of them come here."""
        names = texts(called.arguments.positional[1])
        if not names or _is_tried(trace):
            return ()
        return names if len(names) == 1 or _is_all_that_asks(trace, called) else ()

    def _note(self, of: Value, name: str) -> None:
        """An attribute that code puts on something."""
        for option in something(of):
            entity = _entity(option)
            base = self._hierarchy.of(option) if isinstance(option, Definition) else None
            if entity is not None:
                self._set.add((entity.key, name))
            elif base is not None:
                self._set_on_bases.add((base, name))

    def _asked(
        self, trace: Trace, form: Attribute | Call, receiver: Value, name: str, context: Context
    ) -> Iterator[Asked]:
        entities = [_entity(option) for option in something(receiver)]
        known = [entity for entity in entities if entity is not None]
        if not known or name.startswith("_") or name in _ALWAYS:
            return
        if len(known) != len(entities) or any(
            caught.endswith(_EXPECTING) or not caught for caught in context.caught
        ):
            yield Asked(trace, form, known[0], name, None)
            return
        if trace.arguments is not None and self._tells_apart(trace):
            yield Asked(trace, form, known[0], name, None)
            return
        given = [o for o in something(receiver) if isinstance(o, Instance) and o.how == "given"]
        if given and _is_of_request(form):
            yield Asked(trace, form, known[0], name, None)
            return
        found = [self._has(entity, name, is_named=_names(form, entity)) for entity in known]
        is_known = True if True in found else (None if None in found else False)
        if is_known is False and looks_first(self._functions, trace, name):
            is_known = None
        is_sure = all(option == trace.receiver for option in given)
        yield Asked(trace, form, known[0], name, is_known, is_sure)

    def _tells_apart(self, trace: Trace) -> bool:
        """Whether a run asks which class it was given: `if model is Order`, `if model in (Order, Item)`."""
        found = self._told_apart.get(id(trace))
        if found is None:
            given = {value for _, value in trace.arguments or () if isinstance(value, ModelClass)}
            found = self._told_apart[id(trace)] = bool(given) and any(
                isinstance(event, Operated)
                and isinstance(event.form, Comparison)
                and not given.isdisjoint(each for each in event.operands if isinstance(each, ModelClass))
                for event in trace.events
            )
        return found

    def _has(self, entity: Entity, name: str, *, is_named: bool) -> bool | None:
        if name in entity.mapped_names or name in entity.model.attributes:
            return True
        if entity.is_open:
            return None
        if self._is_set(entity, name):
            return True
        if (
            any(member.name == name for member in entity.cls.fact.members)
            or name in entity.cls.fact.attributes
        ):
            return True
        if is_named:
            return False  # the class itself has nothing of its heirs
        return None if self._entities.has_heir_with(entity, name) else False

    def _is_set(self, entity: Entity, name: str) -> bool:
        """Whether code puts it on the class, on a base or on an object: `Base.session = session`."""
        if self._added.has(entity, name):
            return True
        if any((key, name) in self._set for key in (entity.key, *entity.model.parents)):
            return True
        return any((each, name) in self._set_on_bases for each in self._hierarchy.order(entity.cls))


def _names(form: Attribute | Call, entity: Entity) -> bool:
    """Whether a class is asked by its own name, and not as `cls` or `self.model`, which may be an heir."""
    asked = form.function if isinstance(form, Call) else form
    owner = asked.value if isinstance(asked, Attribute) else None
    return isinstance(owner, Name) and owner.id == entity.cls.fact.name


def _is_tried(trace: Trace) -> bool:
    """Whether a function that asks by `getattr` looks first what there is, in whatever way."""
    function = trace.function
    return function is None or any(trace.module.mentions(function.fact, word) for word in _LOOKING)


def _is_all_that_asks(trace: Trace, called: Called) -> bool:
    """Whether a function looks nowhere else at what tells the name: `getattr(Order, sort.value)`."""
    path = dotted(called.form.arguments[1]).removesuffix(".value")
    if not path or trace.function is None:
        return False
    body = walked(trace.module.statements(trace.function.fact))
    return sum(isinstance(each, (Attribute, Name)) and dotted(each) == path for each in body) == 1


def _is_of_request(form: Attribute | Call) -> bool:
    """Whether it is asked of `request.user` and its like, which others than the project set, too."""
    asked = form.function if isinstance(form, Call) else form
    owner = asked.value if isinstance(asked, Attribute) else None
    return isinstance(owner, Attribute) and last_name(owner.value) in _REQUESTS


def _entity(value: Value) -> Entity | None:
    if isinstance(value, (ModelClass, Instance)):
        return value.entity
    return value.origin.entity if isinstance(value, Aliased) else None
