"""What makes sessions: factories, Flask-SQLAlchemy's `db`."""

from __future__ import annotations

from msgspec.structs import replace

from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.heard import of_object
from archlint.frameworks.sqlalchemy.sessions.lives import beside_others, happened, opened
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.transaction import Transaction
from archlint.frameworks.sqlalchemy.values.pages import Page
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Value, alternatives, any_of


class ObjectSession(Behaviour, frozen=True):
    """`object_session(order)`: in a listener, the session that is flushing."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A session, where a listener asks."""
        owner = of_object(site)
        return UNKNOWN if owner is None else Session(owner)


OBJECT_SESSION = ObjectSession()


class SessionClass(Behaviour, frozen=True):
    """`Session`, `AsyncSession`, SQLModel's, or a class of the project that inherits from one."""

    is_noted = False

    is_async: bool
    is_sqlmodel: bool = False
    commits: bool = False
    """It commits at the end of a `with`, for the project's class says so."""

    overrides: frozenset[str] = frozenset()
    """The methods that a class of the project has of its own."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A new session."""
        expires = expiring(arguments, True)
        return made(site, self.is_async, expires, self.is_sqlmodel, self.commits, self.overrides)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`Session.object_session(order)`."""
        return OBJECT_SESSION.call(arguments, site) if name == "object_session" else UNKNOWN

    def instance(self, site: Site) -> Value:
        """A session that an annotation promises: nobody knows its factory."""
        owner = Owner(_promised(site), self.is_async, None, False)
        return Session(owner, is_sqlmodel=self.is_sqlmodel, overrides=self.overrides)


class Factory(Behaviour, frozen=True):
    """What `sessionmaker(…)` gives."""

    is_async: bool
    expires: bool | None
    is_sqlmodel: bool = False
    is_scoped: bool = False
    source: Place | None = None
    commits: bool = False
    overrides: frozenset[str] = frozenset()

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A new session."""
        expires = expiring(arguments, self._expires(site))
        return made(site, self.is_async, expires, self.is_sqlmodel, self.commits, self.overrides)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`Factory.begin()`: a session and its transaction in one; `Factory.configure(…)` before."""
        if name == "configure":
            self._configured(arguments, site)
        if name != "begin":
            return UNKNOWN
        session = self.call(arguments, site)
        return Transaction(session, closes=True) if isinstance(session, Session) else UNKNOWN

    def _configured(self, arguments: Arguments, site: Site) -> None:
        """It is told again how to make sessions, for whoever makes one later."""
        if self.source is not None and arguments.get("expire_on_commit") is not None:
            expires = expiring(arguments, self.expires)
            site.put_aside((_CONFIGURED, repr(self.source)), replace(self, expires=expires))

    def _expires(self, site: Site) -> bool | None:
        """`expire_on_commit` as it is in the end, wherever it is told."""
        shelf = (_CONFIGURED, repr(self.source))
        found = UNKNOWN if self.source is None else site.aside(shelf, *_CONFIGURING)
        if found is UNKNOWN:
            return self.expires
        told = {each.expires if isinstance(each, Factory) else None for each in alternatives(found)}
        return told.pop() if len(told) == 1 else None


class FactoryClass(Behaviour, frozen=True):
    """`sessionmaker`, `async_sessionmaker`."""

    is_noted = False

    is_async: bool

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A factory."""
        cls = arguments.get("class_", 1 if self.is_async else 99)
        kind = cls if isinstance(cls, SessionClass) else SessionClass(self.is_async)
        expires, source = expiring(arguments, True), here(site)
        return Factory(
            kind.is_async,
            expires,
            kind.is_sqlmodel,
            source=source,
            commits=kind.commits,
            overrides=kind.overrides,
        )

    def instance(self, site: Site) -> Value:
        """A factory that an annotation promises."""
        return Factory(self.is_async, None)


class ScopedClass(Behaviour, frozen=True):
    """`scoped_session`, `async_scoped_session`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A session for each thread or request."""
        factory = arguments.get("session_factory", 0)
        if isinstance(factory, Factory):
            expires = None if _is_configured_later(site) else factory.expires
            owner = Owner(Origin("scoped", here(site)), factory.is_async, expires)
            return Session(owner, is_scoped=True, is_sqlmodel=factory.is_sqlmodel)
        return Session(Owner(Origin("scoped", here(site)), None, None, False), is_scoped=True)

    def instance(self, site: Site) -> Value:
        """One that an annotation promises."""
        return Session(Owner(_promised(site), None, None, False), is_scoped=True)


class FlaskDb(Behaviour, frozen=True):
    """Flask-SQLAlchemy's `db`: the library, and the session of the request."""

    def attribute(self, name: str, site: Site) -> Value:
        """The session, or something of SQLAlchemy."""
        if name == "session":
            return _of_request()
        if name in ("Model", "engine", "metadata", "app"):
            return UNKNOWN
        return site.attribute(External("sqlalchemy.orm" if name in _ORM else "sqlalchemy"), name)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What it asks the session of the request for, or something of SQLAlchemy."""
        if name == "get_or_404":
            return _of_request().get_one(arguments, site)
        if name not in _ASKING:
            return site.call(self.attribute(name, site), arguments)
        statement = arguments.get("select" if name == "paginate" else "statement", 0)
        found = UNKNOWN if statement is None else _of_request().scalars(Arguments((statement,)), site)
        return any_of(_answer(name, result, site) for result in alternatives(found))


def _answer(name: str, found: Value, site: Site) -> Value:
    """What a method that asks gives of what is found."""
    if not isinstance(found, Result):
        return UNKNOWN
    return Page(found.each(site)) if name == "paginate" else found.element(site, is_many=False)


def _of_request() -> Session:
    return Session(Owner(Origin("scoped"), False, True), is_scoped=True)


class FlaskClass(Behaviour, frozen=True):
    """`SQLAlchemy`, the class of Flask-SQLAlchemy."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """Its object."""
        return FlaskDb()

    def instance(self, site: Site) -> Value:
        """Its object."""
        return FlaskDb()


def _promised(site: Site) -> Origin:
    """A session that an annotation speaks of: what another function is promised may be another one."""
    return Origin("promised", Place(site.module, site.function.fact.line if site.function else 0, 0))


class CommittingSession(Session, frozen=True):
    """One of a class of the project whose `__exit__` commits."""

    def left(self, site: Site) -> None:
        """It commits and closes."""
        happened(site, self.origin, "commit", here(site))
        Session.left(self, site)


def made(
    site: Site,
    is_async: bool,
    expires: bool | None,
    is_sqlmodel: bool = False,
    commits: bool = False,
    overrides: frozenset[str] = frozenset(),
) -> Session:
    """A session that begins here."""
    origin = beside_others(site, Origin("made", here(site), site.function is not None))
    opened(site, origin)
    kind = CommittingSession if commits else Session
    return kind(Owner(origin, is_async, expires), is_sqlmodel=is_sqlmodel, overrides=overrides)


def _is_configured_later(site: Site) -> bool:
    """Whether some function may tell a scoped session what its sessions do at a commit."""
    return any(
        all(module.mentions(fact, word) for word in _CONFIGURING)
        for module in site.project.modules
        for fact in module.functions
    )


def expiring(arguments: Arguments, default: bool | None) -> bool | None:
    """What `expire_on_commit` says; None where nobody can tell."""
    given = arguments.get("expire_on_commit")
    if given is None:
        return None if arguments.is_open else default
    return given.value if isinstance(given, Constant) and isinstance(given.value, bool) else None


_CONFIGURED = "configured"
"""Where factories are put aside as they are told to be later."""

_CONFIGURING = ("configure", "expire_on_commit")
"""The words of a function that tells them."""

_ASKING = frozenset({"first_or_404", "one_or_404", "paginate"})

_ORM = frozenset(
    {
        "aliased",
        "backref",
        "column_property",
        "contains_eager",
        "defer",
        "deferred",
        "joinedload",
        "load_only",
        "mapped_column",
        "relationship",
        "selectinload",
        "subqueryload",
        "synonym",
        "undefer",
        "with_polymorphic",
    }
)
