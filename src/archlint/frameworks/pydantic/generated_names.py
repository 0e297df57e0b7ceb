"""The names under which models read and write their fields, where their configuration makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from archlint.facts.expressions import Call, Expression, Name, says
from archlint.facts.statements import Assign
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

Maker: TypeAlias = Callable[[str], str]
"""From the name of a field to its alias; empty where nobody can tell."""

_PLAIN = re.compile(r"[a-z]+(_[a-z]+)*")


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others)) if _PLAIN.fullmatch(name) else ""


def _pascal(name: str) -> str:
    return "".join(map(str.capitalize, name.split("_"))) if _PLAIN.fullmatch(name) else ""


_KNOWN: Final[Mapping[str, Maker]] = MappingProxyType(
    {"pydantic.alias_generators.to_camel": _camel, "pydantic.alias_generators.to_pascal": _pascal}
)


def alias_maker(project: Project, cls: ProjectClass) -> Maker | None:
    """What makes the aliases of a model that has any made."""
    for ancestor in project.view(ClassHierarchy).order(cls):
        given = _given(ancestor) if isinstance(ancestor, ProjectClass) else None
        if given is None or not isinstance(ancestor, ProjectClass):
            continue
        found = project.view(Scopes).resolve(ancestor.module, ancestor.fact.qualname, given)
        known = _KNOWN.get(found.name) if isinstance(found, External) else None
        return None if says(given, None) else known or _unknown
    return None


def configured(cls: ProjectClass) -> tuple[Expression, ...]:
    """What a class body itself assigns to `model_config`."""
    return tuple(
        statement.value
        for statement in cls.module.statements(cls.fact)
        if isinstance(statement, Assign)
        and any(isinstance(target, Name) and target.id == "model_config" for target in statement.targets)
    )


def _given(cls: ProjectClass) -> Expression | None:
    calls = [each for each in configured(cls) if isinstance(each, Call)]
    named = [each.value for call in calls for each in call.keywords if each.name == "alias_generator"]
    return named[-1] if named else None


def _unknown(_: str) -> str:
    return ""
