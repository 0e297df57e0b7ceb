"""What SQLAlchemy makes of the names and classes of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.frameworks.sqlalchemy.names import LIBRARIES, is_of_module, is_used
from archlint.frameworks.sqlalchemy.sessions.engines import ConnectionClass, EngineMaker
from archlint.frameworks.sqlalchemy.sessions.environment import READERS
from archlint.frameworks.sqlalchemy.sessions.heard import given_to_listener
from archlint.frameworks.sqlalchemy.sessions.makers import (
    OBJECT_SESSION,
    FactoryClass,
    FlaskClass,
    ScopedClass,
    SessionClass,
)
from archlint.frameworks.sqlalchemy.sessions.repositories import repository_method
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.urls import UrlMaker, UrlParser
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.constructs import TableClass, construct_of
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.mappers import Inspector
from archlint.frameworks.sqlalchemy.values.moments import MAKERS
from archlint.frameworks.sqlalchemy.values.options import COLUMN_OPTIONS, LOADERS, Loader
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Object, Value

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_CLASSES: dict[str, Value] = {
    "AsyncConnection": ConnectionClass(True),
    "Connection": ConnectionClass(False),
    "AsyncEngine": EngineMaker(True),
    "AsyncSession": SessionClass(True),
    "Engine": EngineMaker(False),
    "SQLAlchemy": FlaskClass(),
    "class_mapper": Inspector(),
    "inspect": Inspector(),
    "object_mapper": Inspector(),
    "Session": SessionClass(False),
    "object_session": OBJECT_SESSION,
    "async_scoped_session": ScopedClass(),
    "async_sessionmaker": FactoryClass(True),
    "create_async_engine": EngineMaker(True),
    "create_engine": EngineMaker(False),
    "scoped_session": ScopedClass(),
    "sessionmaker": FactoryClass(False),
}
_URLS_OF_SETTINGS = frozenset(
    f"{module}.{kind}Dsn.build"
    for module in ("pydantic", "pydantic.networks")
    for kind in ("MariaDB", "MySQL", "Postgres")
)


class SqlAlchemySemantics(Semantics):
    """Mapped classes, statements, sessions."""

    spelled = frozenset({"Table", "c", "columns", "excluded", "getattr"})

    def __init__(self, project: Project) -> None:
        self._entities = project.view(Entities)
        self._hierarchy = project.view(ClassHierarchy)
        self._table = TableClass(self._entities.mappings.catalog)

    @classmethod
    def of(cls, project: Project) -> SqlAlchemySemantics | None:
        """For a project that uses SQLAlchemy."""
        return cls(project) if is_used(project) else None

    def external(self, name: str) -> Value | None:
        """Functions and classes of the library, wherever they are imported from."""
        if name in READERS or name in MAKERS:
            return READERS.get(name, MAKERS.get(name))
        root, _, rest = name.partition(".")
        if (root in LIBRARIES and rest.endswith("URL.create")) or name in _URLS_OF_SETTINGS:
            return UrlMaker()
        if not is_of_module(name):
            return None
        last = rest.rpartition(".")[2]
        if last in _CLASSES:
            return _sqlmodel(root, _CLASSES[last])
        if last in LOADERS or last in COLUMN_OPTIONS or last == "Load":
            return Loader(last)
        if last == "Table":
            return self._table
        if last == "make_url":
            return UrlParser()
        return construct_of(last, is_sqlmodel=root == "sqlmodel")

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """The session that listeners are given."""
        owner = given_to_listener(function, parameter.name, site)
        return None if owner is None else Session(owner)

    def defined(self, cls: ProjectClass) -> Value | None:
        """A mapped class, or one that inherits from a session or from Flask-SQLAlchemy's."""
        entity = self._entities.of_class(cls)
        if entity is not None:
            return ModelClass(entity)
        order = self._hierarchy.order(cls)
        for ancestor in order[1:]:
            if isinstance(ancestor, External) and ancestor.name.partition(".")[0] in LIBRARIES:
                found = _CLASSES.get(ancestor.name.rpartition(".")[2])
                if isinstance(found, SessionClass):
                    own = [one for one in order if isinstance(one, ProjectClass)]
                    overrides = frozenset(member.name for one in own for member in one.fact.members)
                    commits = any(map(_commits_at_its_end, order))
                    return replace(found, commits=commits, overrides=overrides)
                if isinstance(found, (FlaskClass, FactoryClass)):
                    return found
        return None

    def instance(self, cls: ProjectClass | str, arguments: tuple[Value, ...]) -> Value | None:
        """An object that an annotation promises."""
        if isinstance(cls, str):
            return None
        entity = self._entities.of_class(cls)
        return Instance(entity) if entity is not None else None

    def member(self, of: Object, base: str, name: str, site: Site) -> Value | None:
        """What a repository of Advanced Alchemy brings; of `self.session`, nothing is known."""
        return repository_method(of, base, name, site)


def _commits_at_its_end(ancestor: object) -> bool:
    """Whether a class of sessions has an `__exit__` of its own that speaks of a commit."""
    if not isinstance(ancestor, ProjectClass):
        return False
    return any(
        ancestor.module.mentions(ancestor.module.functions[member.index], "commit")
        for member in ancestor.fact.members
        if member.kind is Kind.FUNCTION and member.name in ("__exit__", "__aexit__")
    )


def _sqlmodel(root: str, value: Value) -> Value:
    if root == "sqlmodel" and isinstance(value, SessionClass):
        return SessionClass(value.is_async, True)
    return value
