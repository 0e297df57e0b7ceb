"""Whether what a call gives can be called again, as `Depends` needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, last_name
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.objects.values import Instance, Values

if TYPE_CHECKING:
    from archlint.facts.definitions import ClassFact
    from archlint.facts.expressions import Expression
    from archlint.project.answer import Answer
    from archlint.project.project import Project

_TRANSPARENT: Final = frozenset({"cache", "lru_cache", "staticmethod"})
"""Decorators that leave what a call gives as it is."""

_INERT: Final = frozenset(
    {
        *(f"builtins.{name}" for name in ("bool", "bytes", "dict", "float", "int", "list", "set", "str")),
        "builtins.tuple",
        "sqlalchemy.engine.Connection",
        "sqlalchemy.engine.Engine",
        "sqlalchemy.ext.asyncio.AsyncEngine",
        "sqlalchemy.ext.asyncio.AsyncSession",
        "sqlalchemy.orm.Session",
        "sqlalchemy.orm.session.Session",
        "sqlmodel.Session",
        *(
            f"{home}.{name}"
            for home in ("typing", "collections.abc")
            for name in ("AsyncGenerator", "AsyncIterator", "Generator", "Iterator")
        ),
    }
)
"""Classes from outside whose objects cannot be called."""

_BASES: Final = frozenset(
    {"pydantic.BaseModel", "pydantic_settings.BaseSettings", "abc.ABC", "typing.Protocol"}
)
"""Bases from outside that do not make objects callable."""


def made_in_vain(project: Project, callee: Answer) -> str:
    """What a call of something gives, in words, if that cannot be called; empty where it can or may be."""
    if not isinstance(callee, Definition):
        return ""
    if callee.kind is Kind.CLASS and not callee.member:
        owner = ProjectClass(callee.module, callee.index)
        return f"an object of `{owner.fact.name}`" if _is_inert(project, owner) else ""
    if callee.kind is not Kind.FUNCTION or callee.member:
        return ""
    return _result(project, ProjectFunction(callee.module, callee.index))


def _result(project: Project, function: ProjectFunction) -> str:
    if not _TRANSPARENT.issuperset(function.decorators):
        return ""
    if function.fact.is_generator:
        return "a generator"
    if function.fact.is_async:
        return "a coroutine"
    found = project.view(Values).result(function)
    if not isinstance(found, Instance):
        return ""
    of = found.of
    is_inert = of.name in _INERT if isinstance(of, External) else _is_inert(project, of)
    return f"an object of `{found.of.name.rpartition('.')[2]}`" if is_inert else ""


def _is_inert(project: Project, owner: ProjectClass) -> bool:
    """Whether all of a class is known, and nothing of it makes its objects callable."""
    return all(
        ancestor.name in _BASES | _INERT
        if isinstance(ancestor, External)
        else isinstance(ancestor, ProjectClass) and _is_plain(ancestor.fact)
        for ancestor in project.view(ClassHierarchy).order(owner)
    )


def _is_plain(cls: ClassFact) -> bool:
    if cls.keywords or any(last_name(_uncalled(each)) != "dataclass" for each in cls.decorators):
        return False
    return not any(member.name in ("__call__", "__new__") for member in cls.members)


def _uncalled(decorator: Expression) -> Expression:
    """What decorates, without what it is called with."""
    return decorator.function if isinstance(decorator, Call) else decorator
