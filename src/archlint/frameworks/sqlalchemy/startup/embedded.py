"""The database of an application that nobody else can have made: SQLite's, in its memory or in its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, last_name
from archlint.facts.forms import passed_values
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.candidates import encoded
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.startup.asked_for import APPLICATIONS
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.expressions import Call, Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

_ENGINES: Final = frozenset({"create_engine", "create_async_engine"})
_OPENING: Final = (*sorted(_ENGINES), "init_app", "SQLAlchemy")
_SQLITE: Final = (b"sqlite://", b"sqlite+")
_SERVERS: Final = (b"postgres", b"mysql", b"mariadb", b"mssql", b"oracle", b"cockroach")
_DRIVERS: Final = ("asyncpg", "psycopg", "psycopg2", "psycopg2-binary", "pymysql", "mysqlclient", "aiomysql")
_FILES: Final = (".db", ".sqlite", ".sqlite3")
_READING: Final = (b"automap", b"autoload", b"reflect", b"checkfirst")
_WRITING: Final = tuple(map(encoded, ("add", "add_all", "insert", "bulk_save_objects", "merge")))
_MAKING: Final = tuple(map(encoded, APPLICATIONS))
_TAKING: Final = ("bind", "conn", "engine")


def embedded_database(project: Project) -> Place | None:
    """Where the only engine is made, if its database is one of SQLite that the application fills itself.

    None, too, where a table may be created on its own.
    """
    modules = [module for module in project.modules if not is_test(module.path)]
    if not _speaks(modules, _SQLITE) or _speaks(modules, _SERVERS) or _speaks(modules, _READING):
        return None
    if (
        not _speaks(modules, _MAKING)
        or not _speaks(modules, _WRITING)
        or any(path.endswith(_FILES) for path in project.files)
    ):
        return None
    requirements = project.view(Requirements)
    if any(requirements.name(name) for name in _DRIVERS) or any(_single_tables(project)):
        return None
    places = tuple(_opened(project))
    return places[0] if len(places) == 1 else None


def _speaks(modules: list[Module], words: tuple[bytes, ...]) -> bool:
    return any(module.speaks_of(*words) for module in modules)


def _opened(project: Project) -> Iterator[Place]:
    """Where engines are made, or `db` is given its application."""
    mappings = project.view(Mappings)
    for module, scope, call in _calls(project, *_OPENING):
        is_engine = last_name(call.function) in _ENGINES
        if is_engine or _is_given_application(mappings, module, scope, call):
            yield Place(module, call.line, max(call.column - 1, 0))


def _is_given_application(mappings: Mappings, module: Module, scope: str, call: Call) -> bool:
    """Whether it is `db.init_app(app)` or `SQLAlchemy(app)`."""
    if not call.arguments:
        return False
    if isinstance(call.function, Attribute) and call.function.attr == "init_app":
        origin = mappings.names.origin(module, scope, call.function.value)
        registry = mappings.lineage.registry_of_value(origin)
        return registry is not None and registry.naming == "snake"
    return last_name(call.function) == "SQLAlchemy"


def _single_tables(project: Project) -> Iterator[Call]:
    """Calls that may create one table: `Order.__table__.create(engine)`."""
    for _, _, call in _calls(project, "create"):
        given = passed_values(call)
        if last_name(call.function) == "create" and any(_may_be_engine(each) for each in given):
            yield call


def _may_be_engine(given: Expression) -> bool:
    name = last_name(given).lower()
    return any(word in name for word in _TAKING)


def _calls(project: Project, *names: str) -> Iterator[tuple[Module, str, Call]]:
    """The calls in modules that speak of one of some names, with the scope they stand in."""
    functions = project.view(Functions)
    for module in project.view(Mappings).candidates.mentioning(*names):
        if is_test(module.path):
            continue
        for site in functions.module_summary(module).calls:
            yield module, "", site.call
        for index in range(len(module.functions)):
            function = ProjectFunction(module, index)
            for site in functions.summary(function).calls:
                yield module, function.scope, site.call
