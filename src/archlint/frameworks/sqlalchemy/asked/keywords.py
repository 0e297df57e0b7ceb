"""Every keyword or key that is given for an attribute of a mapped class or a column of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import (
    Call,
    Collection,
    Comprehension,
    Expression,
    Keyword,
    Literal,
    Mapping,
    Name,
    says,
)
from archlint.frameworks.asking_first import looks_first
from archlint.frameworks.data_flow import DataFlow, call_of
from archlint.frameworks.places.expressions import place
from archlint.frameworks.sqlalchemy.asked.constructors import (
    drops_what_it_lacks,
    has_own_constructor,
    is_mapped_as_dataclass,
)
from archlint.frameworks.sqlalchemy.asked.own_constructors import taken_by_name
from archlint.frameworks.sqlalchemy.asked.put_keys import PutKeys
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.sessions.repositories import RepositoryMethod
from archlint.frameworks.sqlalchemy.tables.words import Table
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.entity import Entity
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Either, Entries, Items, Many, Value, something
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.project import Project

_TAKING_ROWS = frozenset({"bulk_insert_mappings", "bulk_update_mappings", "execute", "scalars"})


class Given(msgspec.Struct, frozen=True):
    """One keyword."""

    trace: Trace
    keyword: Keyword
    of: Entity | Table
    is_known: bool | None
    """None where nobody can tell."""

    is_new: bool = False
    """For a new object."""

    is_made_by_itself: bool = False
    """The attribute is there, but the constructor of a dataclass takes none for it: `init=False`."""

    taken: frozenset[str] | None = None
    """All that a constructor takes which the class has written itself."""

    @property
    def name(self) -> str:
        """The keyword."""
        return self.keyword.name

    @property
    def names(self) -> frozenset[str]:
        """What there is."""
        return frozenset(self.of.columns) if isinstance(self.of, Table) else self.of.mapped_names

    @property
    def defined(self) -> Place | None:
        """Where the class or table is declared."""
        return self.of.place if isinstance(self.of, Table) else self.of.model.place

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.keyword.line, self.keyword.column

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells places from each other, in however many runs they are met."""
        return self.trace.module.path, *self.place, self.name


class GivenKeywords:
    """The keywords of constructors, `filter_by` and `values`, and the keys of dicts that these are given."""

    def __init__(self, project: Project) -> None:
        self._flow = project.view(DataFlow)
        self._lineage = project.view(Mappings).lineage
        self._functions = project.view(Functions)
        self._put_keys = project.view(PutKeys)

    @classmethod
    def build(cls, project: Project) -> GivenKeywords:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Given]:
        for trace, called in self._flow.events(Called):
            callee = called.callee
            if isinstance(callee, ModelClass):
                yield from self._constructed(trace, called, callee.entity)
            elif isinstance(callee, RepositoryMethod):
                yield from self._compared(trace, called, callee)
            elif called.name in ("filter_by", "update", "values") and called.receiver is not None:
                options = tuple(something(called.receiver))
                statement = options[0] if len(options) == 1 else None
                if isinstance(statement, Query) and called.name == "update":
                    yield from self._written(trace, self._keys(trace, called), statement)
                elif isinstance(statement, Statement) and called.name == "values":
                    for at, keyword in self._named(trace, called):
                        yield from self._written(at, (keyword,), statement)
                    yield from self._written(trace, self._keys(trace, called), statement)
                elif isinstance(statement, Statement) and called.name == "filter_by":
                    yield from self._asked(trace, called, statement)
            elif called.name == "sqlmodel_update" and isinstance(called.receiver, Instance):
                yield from self._dropped(trace, self._keys(trace, called), called.receiver.entity)
            elif called.name == "on_conflict_do_update" and called.receiver is not None:
                yield from self._upserted(trace, called)
            elif called.name in ("any", "has") and called.receiver is not None:
                yield from self._of_related(trace, called)
            elif called.name in _TAKING_ROWS and len(called.arguments.positional) > 1:
                yield from self._of_rows(trace, called)

    def _of_rows(self, trace: Trace, called: Called) -> Iterator[Given]:
        """Rows that a session or a connection is given to write: what is no column is dropped."""
        written = called.arguments.positional[0]
        if isinstance(written, ModelClass) and called.name.startswith("bulk_"):
            for key in self._keys(trace, called, at=1):
                yield self._into(trace, key, written.entity)
        elif isinstance(written, Statement) and written.kind == "insert" and not _binds(trace):
            yield from self._written(trace, self._keys(trace, called, at=1), written)

    def _compared(self, trace: Trace, called: Called, method: RepositoryMethod) -> Iterator[Given]:
        """What a repository of Advanced Alchemy compares with attributes of its model."""
        entity = method.of.entity
        for at, keyword in self._named(trace, called):
            if method.names_attribute(keyword.name):
                known = _has(entity, keyword.name) or keyword.name in entity.model.attributes
                yield Given(at, keyword, entity, True if known else _unless(entity.is_open))

    def _upserted(self, trace: Trace, called: Called) -> Iterator[Given]:
        """`on_conflict_do_update(set_={…})` names columns of the table, too."""
        options = tuple(something(called.receiver)) if called.receiver is not None else ()
        if len(options) != 1 or not isinstance(options[0], Statement):
            return
        for keyword in called.form.keywords:
            if keyword.name == "set_":
                yield from self._written(trace, _written_keys(keyword.value), options[0])

    def _of_related(self, trace: Trace, called: Called) -> Iterator[Given]:
        """`Order.customer.has(name=…)` speaks of the class that the relationship leads to."""
        options = tuple(something(called.receiver)) if called.receiver is not None else ()
        target = options[0].target if len(options) == 1 and isinstance(options[0], Attr) else None
        if target is None or target.entity is None:
            return
        entity = target.entity
        for at, keyword in self._named(trace, called):
            yield Given(at, keyword, entity, True if _has(entity, keyword.name) else _unless(entity.is_open))

    def _keys(self, trace: Trace, called: Called, at: int = 0) -> Iterator[Keyword]:
        """The keys of the dicts that a call is given, as keywords, where they are written if that is seen."""
        form = called.form.arguments[at] if at < len(called.form.arguments) else None
        if isinstance(form, Name):
            yield from self._keys_behind(trace, called, form, at)
        elif isinstance(form, Call):
            yield from _keys_of(_given(called, at), form)
        for each in _written_rows(form):
            yield from _written_keys(each)

    def _keys_behind(self, trace: Trace, called: Called, form: Name, at: int) -> Iterator[Keyword]:
        """The keys of what a name stands for: a dict of the function's own, or one that it is given."""
        summary = self._functions.summary(trace.function) if trace.function is not None else None
        bound = summary.bound.get(form.id, ()) if summary is not None else ()
        given = _given(called, at)
        rows = _rows(given)
        whole = {name for row in rows for name, _ in row.values}
        if len(bound) == 1 and bound[0].how == "assign" and whole:
            for written in _written_rows(bound[0].value):
                yield from (keyword for keyword in _written_keys(written) if keyword.name in whole)
        else:
            yield from _keys_of(given, form)

    def _constructed(self, trace: Trace, called: Called, entity: Entity) -> Iterator[Given]:
        if entity.is_sqlmodel:
            yield from self._dropped(trace, called.form.keywords, entity)
            return
        has_own = has_own_constructor(self._lineage, entity.mapped)
        is_dataclass = has_own and is_mapped_as_dataclass(self._lineage, entity.cls)
        for at, keyword in self._named(trace, called):
            known = _has(entity, keyword.name) or keyword.name in (_OF_BASES | entity.model.attributes)
            if is_dataclass and _is_left_out(entity, keyword.name):
                yield Given(at, keyword, entity, False, True, is_made_by_itself=True)
                continue
            taken = taken_by_name(self._lineage, entity.mapped) if has_own else None
            if taken is not None:
                known = keyword.name in taken.names or (known and not taken.are_all)
                names = taken.names if taken.are_all else None
                yield Given(at, keyword, entity, known, True, taken=names)
                continue
            unsure = entity.is_open or has_own
            yield Given(at, keyword, entity, True if known else (None if unsure else False), True)

    def _dropped(self, trace: Trace, keywords: Iterable[Keyword], entity: Entity) -> Iterator[Given]:
        """What an object of SQLModel is given by name: it keeps what it has an attribute for."""
        drops = drops_what_it_lacks(self._lineage, entity)
        for keyword in keywords:
            if keyword.name:
                known = _has(entity, keyword.name) or keyword.name in entity.model.attributes
                yield Given(trace, keyword, entity, True if known else _unless(not drops), True)

    def _written(self, trace: Trace, keys: Iterable[Keyword], statement: Statement) -> Iterator[Given]:
        """What is put into columns."""
        target = statement.target
        if target is None or statement.kind not in ("insert", "update", "query"):
            return
        for key in keys:
            if target.entity is not None:
                yield self._into(trace, key, target.entity)
            elif target.table is not None:
                is_open = target.table.is_open or not all(target.table.columns)
                known = key.name in target.table.columns
                yield Given(trace, key, target.table, True if known else _unless(is_open))

    def _into(self, trace: Trace, key: Keyword, entity: Entity) -> Given:
        known = any(_has(each, key.name, columns=True) for each in (entity, *entity.sharing()))
        return Given(trace, key, entity, True if known else _unless(entity.is_open))

    def _asked(self, trace: Trace, called: Called, statement: Statement) -> Iterator[Given]:
        if statement.kind == "query":
            candidates = [statement.last.entity if statement.last is not None else None]
        else:
            candidates = [origin.entity for origin in statement.froms]
            if statement.is_open:
                candidates.append(None)
        known = [entity for entity in candidates if entity is not None]
        if not known:
            return
        last = statement.last.entity if statement.last is not None else None
        spoken_of = last if last in known and last is not None else known[0]
        for at, keyword in self._named(trace, called):
            found: bool | None = any(_has(entity, keyword.name) for entity in known)
            if not found and (len(known) < len(candidates) or any(entity.is_open for entity in known)):
                found = None
            if found is False and looks_first(self._functions, trace, keyword.name):
                found = None
            yield Given(at, keyword, spoken_of, found)

    def _named(self, trace: Trace, called: Called) -> Iterator[tuple[Trace, Keyword]]:
        """The keywords of a call, and those that come with `**`, where somebody has written them."""
        written = {keyword.name for keyword in called.form.keywords}
        for keyword in called.form.keywords:
            if keyword.name:
                yield trace, keyword
        for name, _ in called.arguments.named:
            found = self._handed_on(trace, called, name) if name not in written else None
            if found is not None:
                yield found

    def _handed_on(self, trace: Trace, called: Called, name: str) -> tuple[Trace, Keyword] | None:
        """Where a keyword was written that came here with `**`; None where it may not be for this call."""
        at, outer = trace, call_of(trace)
        while at.caller is not None and outer is not None:
            at = at.caller[0]
            for keyword in outer.form.keywords:
                if keyword.name == name:
                    return at, keyword
            outer = call_of(at)
        if called.arguments.is_open:
            return self._put_keys.put(trace, called, name)
        form = called.form
        return trace, Keyword(name, form, form.line, form.column)


def _is_left_out(entity: Entity, name: str) -> bool:
    """Whether an attribute of a dataclass is declared with `init=False`."""
    member = entity.model.fields.get(name) or entity.model.relations.get(name)
    given = member.options.get("init") if member is not None else None
    return says(given, False)


def _unless(is_open: bool) -> bool | None:
    """That it is not there; None where there may be more than can be seen."""
    return None if is_open else False


_NONE_YET = Items("list", ())
"""A list that is filled in a loop, before the first turn."""


def _given(called: Called, at: int) -> Value | None:
    return called.arguments.positional[at] if at < len(called.arguments.positional) else None


def _keys_of(given: Value | None, form: Name | Call) -> Iterator[Keyword]:
    """The keys of dicts that are written elsewhere, at the place where they are handed on."""
    rows = _rows(given)
    line, column = place(form)
    for row in rows if not any(row.is_open for row in rows) else ():
        yield from (Keyword(name, form, line, column) for name, _ in row.values)


def _rows(given: Value | None) -> tuple[Entries, ...]:
    """The dicts that a value is or holds; nothing where it may hold something else."""
    if isinstance(given, Many):
        return _rows(given.of)
    if isinstance(given, (Items, Either)):
        options = given.items if isinstance(given, Items) else given.options
        found = [_rows(each) for each in options if each != _NONE_YET]
        return tuple(row for rows in found for row in rows) if all(found) else ()
    return (given,) if isinstance(given, Entries) else ()


def _written_rows(form: Expression | None) -> tuple[Expression | None, ...]:
    """The dicts that are written out in a list or in a comprehension, or the one that is."""
    if isinstance(form, Comprehension) and form.kind != "dict":
        return (form.element,)
    return form.items if isinstance(form, Collection) else (form,)


def _written_keys(form: Expression | None) -> Iterator[Keyword]:
    """The keys of a dict that is written out."""
    for key, value in zip(form.keys, form.values, strict=True) if isinstance(form, Mapping) else ():
        if isinstance(key, Literal) and isinstance(key.value, str):
            yield Keyword(key.value, value, key.line, key.column + 1)  # behind the quote


def _binds(trace: Trace) -> bool:
    """Whether a function names parameters of its own, which the keys may be for."""
    function = trace.function
    return function is None or trace.module.mentions(function.fact, "bindparam", "from_select")


def _has(entity: Entity, name: str, *, columns: bool = False) -> bool:
    if name in entity.mapped_names:
        return True
    return columns and any(field.column in (name, "") for field in entity.model.fields.values())


_OF_BASES = frozenset({"metadata", "registry"})
"""What every declarative class has: its constructor takes them, and stores nothing."""
