"""Sessions: what they run, and what that does to the objects that belong to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from archlint.frameworks.sqlalchemy.loads.identities import brought, met
from archlint.frameworks.sqlalchemy.loads.loads import loads_for
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.coroutines import AWAITED, Coroutine
from archlint.frameworks.sqlalchemy.sessions.lives import Mark, closed, happened, since, waiting, written
from archlint.frameworks.sqlalchemy.sessions.owner import Owner
from archlint.frameworks.sqlalchemy.sessions.transacting import BEGINNING, ended, fetched, is_idle, worked
from archlint.frameworks.sqlalchemy.sessions.transaction import Transaction
from archlint.frameworks.sqlalchemy.values.expressions import Selectable
from archlint.frameworks.sqlalchemy.values.instance_state import (
    is_of_earlier,
    owned,
    owner_of,
    refreshed,
)
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.options import LoaderOption
from archlint.frameworks.sqlalchemy.values.queries import query_of
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Rows
from archlint.frameworks.sqlalchemy.values.selected import given
from archlint.frameworks.sqlalchemy.values.statements import Statement, flat, select_of
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.remembered import MIXED
from archlint.project.flow.values import NONE, Arguments, Many, Value, alternatives, any_of, joined, text_of

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.project.project import Project


class Session(Behaviour, frozen=True):
    """A session or a scoped session."""

    is_true = True

    owner: Owner
    is_scoped: bool = False
    is_sqlmodel: bool = False
    overrides: frozenset[str] = frozenset()
    """The methods that its class, one of the project, has of its own: they may take more."""

    @property
    def origin(self) -> Origin:
        """Which session it is."""
        return self.owner.origin

    @property
    def is_async(self) -> bool | None:
        """Whether its methods are awaited; None where nobody can tell."""
        return self.owner.is_async

    @property
    def classes(self) -> tuple[str, ...]:
        """Of one kind or the other, both where nobody can tell; SQLModel's are SQLAlchemy's, too."""
        found = {"sqlalchemy.orm.Session": False, "sqlalchemy.ext.asyncio.AsyncSession": True}
        if self.is_sqlmodel:
            found |= {"sqlmodel.Session": False, "sqlmodel.ext.asyncio.session.AsyncSession": True}
        return tuple(name for name, is_async in found.items() if self.is_async in (is_async, None))

    @property
    def kind(self) -> object:
        """Sessions are alike."""
        return "session"

    def attribute(self, name: str, site: Site) -> Value:
        """The session behind an async one."""
        if name == "sync_session":
            return self.within(is_async=False)
        return self if name in ("registry", "session") and self.is_scoped else UNKNOWN

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A scoped session gives that of the request."""
        return self if self.is_scoped else UNKNOWN

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in _STEPS

    def has_added(self, name: str, project: Project) -> bool:
        """What its class, one of the project, has beyond."""
        return name in self.overrides and name not in _STEPS

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What one of its methods gives."""
        if self.is_async and name in AWAITED:
            return Coroutine(self, name, arguments, here(site))
        return self.run(name, arguments, site)

    def run(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Do it."""
        step = _STEPS.get(name)
        if name in BEGINNING:
            worked(site, self.owner)
        return UNKNOWN if step is None else step(self, arguments, site)

    def entered(self, site: Site) -> Value:
        """Itself."""
        return self

    def left(self, site: Site) -> None:
        """It closes."""
        closed(site, self.origin, here(site))

    def within(self, **fields: object) -> Session:
        """The same session from another side."""
        return msgspec.structs.replace(self, owner=msgspec.structs.replace(self.owner, **fields))

    # -- statements

    def execute(self, arguments: Arguments, site: Site, shape: str = "rows") -> Value:
        """A result."""
        statement = arguments.get("statement", 0)
        found: Value | None = None
        for option in alternatives(statement) if statement is not None else ():
            result = self.result(option, site, shape)
            found = result if found is None else joined(found, result)
        return UNKNOWN if found is None else found

    def result(self, statement: Value, site: Site, shape: str) -> Value:
        """The result of one statement."""
        if isinstance(statement, Selectable) and statement.root is not None:
            statement = select_of("select", here(site), (statement,))
        if not isinstance(statement, Statement):
            return UNKNOWN
        if statement.writes:
            written(site, self.origin, here(site))
        met(site, self.origin, statement)
        before = site.state((self.origin, "close"))
        return Result(statement, self.owner, shape, before=before if isinstance(before, Mark) else None)

    def scalars(self, arguments: Arguments, site: Site) -> Value:
        """A result of scalars."""
        return self.execute(arguments, site, "scalars")

    def scalar(self, arguments: Arguments, site: Site) -> Value:
        """The first value of the first row."""
        found = self.execute(arguments, site)
        return _of_each(found, lambda result: result.method("scalar", Arguments(), site))

    def exec(self, arguments: Arguments, site: Site) -> Value:
        """SQLModel's `exec`: objects where one thing is selected."""
        statement = arguments.get("statement", 0)
        found: Value | None = None
        for option in alternatives(statement) if statement is not None else ():
            is_select = isinstance(option, Statement) and option.kind == "select"
            is_scalar = is_select and option.is_single and option.is_scalar  # type: ignore[union-attr]
            shape = "scalars" if is_scalar else "rows"
            result = self.result(option, site, shape) if is_select else UNKNOWN
            found = result if found is None else joined(found, result)
        return UNKNOWN if found is None else found

    def query(self, arguments: Arguments, site: Site) -> Value:
        """A legacy query."""
        return query_of(given(tuple(flat(arguments.positional)), arguments), self.owner, site)

    def get(self, arguments: Arguments, site: Site) -> Value:
        """An object by its key, or None."""
        return joined(self.get_one(arguments, site), NONE)

    def get_one(self, arguments: Arguments, site: Site) -> Value:
        """An object by its key."""
        fetched(site, self.owner)
        cls = arguments.get("entity", 0)
        if not isinstance(cls, Selectable) or cls.root is None:
            return UNKNOWN
        statement = select_of("select", here(site), (cls,))
        wanted = arguments.get("options")
        options = tuple(
            o
            for value in flat((wanted,) if wanted is not None else ())
            if isinstance(value, LoaderOption)
            for o in value.options
        )
        more = wanted is not None and not loads_for(options, cls.root)
        found = statement.changed(options=options, loads_more=more)
        entity = cls.root.entity
        if entity is not None:
            site.remember((self.origin, "met", entity.key), True)
            brought(site, self.origin, entity, loads_for(options, cls.root))
        return found.first_column(site, self.owner, is_many=False)

    # -- objects

    def add(self, arguments: Arguments, site: Site) -> Value:
        """Objects become its own, and wait for a commit; those that another session still has, it refuses."""
        found = [instance for value in arguments.positional for instance in instances(value)]
        strange = [instance for instance in found if not self._has(instance, site)]
        for instance in found:
            if instance in strange or is_of_earlier(site.state, instance, self.origin):
                owned(site, instance, self.owner)
        now = since(site.state, self.origin)
        changed = any(site.state((each.track, "changed")) == now for each in found if each not in strange)
        if not found or changed or any(each.how in ("new", "given") for each in found):
            written(site, self.origin, here(site))  # what is only loaded waits for nothing
        return UNKNOWN

    def _has(self, instance: Instance, site: Site) -> bool:
        owner = owner_of(site.state, instance)
        return owner is not None and owner.origin == self.origin

    def change(self, arguments: Arguments, site: Site) -> Value:
        """Rows are written, of which nothing else is known: `session.bulk_insert_mappings(Order, rows)`."""
        written(site, self.origin, here(site))
        return NONE

    def delete(self, arguments: Arguments, site: Site) -> Value:
        """An object is deleted with the next commit; it was stored, or the session would refuse it."""
        for value in arguments.positional[:1]:
            for instance in instances(value):
                if instance.how == "given":
                    owned(site, instance, self.owner)
                    site.remember((instance.track, "stored"), True)
        written(site, self.origin, here(site))
        return UNKNOWN

    def merge(self, arguments: Arguments, site: Site) -> Value:
        """The session's own object for one from elsewhere; one that is as it was stored changes nothing."""
        given = [each for value in arguments.positional[:1] for each in instances(value)]
        if not given or any(each.how in ("new", "given") or _is_changed(each, site) for each in given):
            written(site, self.origin, here(site))
        found = [Instance(each.entity, "one", here(site), (), self.owner, is_open=True) for each in given]
        return found[0] if len(found) == 1 else UNKNOWN

    def refresh(self, arguments: Arguments, site: Site) -> Value:
        """An object is read anew."""
        instance, names = arguments.get("instance", 0), arguments.get("attribute_names", 1)
        wanted = tuple(map(text_of, flat((names,)))) if names not in (None, NONE) else ()
        for each in instances(instance) if instance is not None else ():
            refreshed(site, each, wanted)
            if "" in wanted:
                site.remember((each.track, "loaded"), MIXED)  # which, nobody can tell
        return UNKNOWN

    def expire(self, arguments: Arguments, site: Site) -> Value:
        """An object is read anew when somebody asks."""
        for value in arguments.positional[:1]:
            for each in instances(value) if len(arguments.positional) == 1 else ():
                site.remember((each.track, "expired"), True)
        return UNKNOWN

    def expunge_all(self, arguments: Arguments, site: Site) -> Value:
        """No object is its own any more; which of them were, nobody counts."""
        site.remember((self.origin, "expunged"), True)
        return UNKNOWN

    def expunge(self, arguments: Arguments, site: Site) -> Value:
        """An object is no more its own."""
        for value in arguments.positional:
            for each in instances(value):
                owned(site, each, None)
        return UNKNOWN

    # -- transactions

    def commit(self, arguments: Arguments, site: Site) -> Value:
        """What waited is kept."""
        happened(site, self.origin, "commit", here(site))
        ended(site, self.origin, here(site))
        return UNKNOWN

    def rollback(self, arguments: Arguments, site: Site) -> Value:
        """What waited is gone; where nothing has happened since a commit, nothing happens."""
        if is_idle(site.state, self.origin) and waiting(site.state, self.origin) is None:
            return UNKNOWN
        happened(site, self.origin, "rollback", here(site))
        ended(site, self.origin, here(site))
        return UNKNOWN

    def flush(self, arguments: Arguments, site: Site) -> Value:
        """What waited is sent."""
        happened(site, self.origin, "flush", here(site))
        return UNKNOWN

    def close(self, arguments: Arguments, site: Site) -> Value:
        """It ends."""
        closed(site, self.origin, here(site))
        return UNKNOWN

    def begin(self, arguments: Arguments, site: Site) -> Value:
        """A transaction that commits at the end of its `with`."""
        if not self.is_async:
            worked(site, self.owner)
        return Transaction(self, is_nested=arguments != Arguments())

    def begin_nested(self, arguments: Arguments, site: Site) -> Value:
        """A savepoint."""
        return Transaction(self, is_nested=True)

    def run_sync(self, arguments: Arguments, site: Site) -> Value:
        """A function is run with the session behind this one, where it may load."""
        if not arguments.positional:
            return UNKNOWN
        function, *rest = arguments.positional
        inside = Arguments((self.within(is_async=False), *rest), arguments.named, arguments.is_open)
        return site.call(function, inside)

    def stream(self, arguments: Arguments, site: Site) -> Value:
        """A result whose rows are awaited."""
        return _of_each(self.execute(arguments, site), lambda result: result.changed(is_stream=True))

    def stream_scalars(self, arguments: Arguments, site: Site) -> Value:
        """A result whose values are awaited."""
        found = self.execute(arguments, site, "scalars")
        return _of_each(found, lambda result: result.changed(is_stream=True))


def _of_each(found: Value, change: Callable[[Result], Value]) -> Value:
    """What becomes of a result, whichever statement it is of."""
    return any_of(change(each) if isinstance(each, Result) else UNKNOWN for each in alternatives(found))


def _is_changed(instance: Instance, site: Site) -> bool:
    return instance.is_detached or site.state((instance.track, "changed")) not in (None, "nothing")


def instances(value: Value) -> tuple[Instance, ...]:
    """The objects that a value is or holds."""
    if isinstance(value, Many):
        return instances(value.of)
    if isinstance(value, (Rows, Collection)):
        return instances(value.of)
    found = [o for each in flat((value,)) for o in alternatives(each) if isinstance(o, Instance)]
    return tuple(found)


_STEPS: dict[str, Any] = {
    "aclose": Session.close,
    "add": Session.add,
    "add_all": Session.add,
    "begin": Session.begin,
    "begin_nested": Session.begin_nested,
    "bulk_insert_mappings": Session.change,
    "bulk_save_objects": Session.change,
    "bulk_update_mappings": Session.change,
    "close": Session.close,
    "commit": Session.commit,
    "delete": Session.delete,
    "exec": Session.exec,
    "execute": Session.execute,
    "expire": Session.expire,
    "expunge": Session.expunge,
    "expunge_all": Session.expunge_all,
    "flush": Session.flush,
    "get": Session.get,
    "get_one": Session.get_one,
    "merge": Session.merge,
    "query": Session.query,
    "refresh": Session.refresh,
    "remove": Session.close,
    "reset": Session.close,
    "rollback": Session.rollback,
    "run_sync": Session.run_sync,
    "scalar": Session.scalar,
    "scalars": Session.scalars,
    "stream": Session.stream,
    "stream_scalars": Session.stream_scalars,
}
