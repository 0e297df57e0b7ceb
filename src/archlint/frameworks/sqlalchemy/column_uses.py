"""Where operators of mapped columns are called: `Article.tags.contains(...)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Name
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mappings import Mappings
    from archlint.frameworks.sqlalchemy.tables.words import Column
    from archlint.project.module import Module
    from archlint.project.project import Project


class ColumnCall(msgspec.Struct, frozen=True):
    """One call of a method of a mapped column."""

    module: Module
    call: Call
    method: str
    column: Column
    written: str
    """Class and attribute: `Article.tags`."""


def calls_on_columns(project: Project, mappings: Mappings, methods: tuple[str, ...]) -> Iterator[ColumnCall]:
    """The calls of some methods on columns of mapped classes, where the class is named."""
    functions = project.view(Functions)
    wanted = [method.encode() for method in methods]
    for module in mappings.candidates.mentioning(*methods):
        for index in range(len(module.functions)):
            function = ProjectFunction(module, index)
            blob = function.module.encoded(function.fact)
            if not any(method in blob for method in wanted):
                continue
            for site in functions.summary(function).calls:
                found = _read(mappings, module, function.scope, site.call, methods)
                if found is not None:
                    yield found


def _read(
    mappings: Mappings, module: Module, scope: str, call: Call, methods: tuple[str, ...]
) -> ColumnCall | None:
    method = call.function
    if not isinstance(method, Attribute) or method.attr not in methods:
        return None
    attribute = method.value
    if not isinstance(attribute, Attribute) or not isinstance(attribute.value, (Name, Attribute)):
        return None
    mapped = mappings.named_by(module, scope, attribute.value)
    column = mapped.columns.get(attribute.attr) if mapped is not None else None
    if mapped is None or column is None:
        return None
    return ColumnCall(module, call, method.attr, column, f"{mapped.cls.fact.name}.{attribute.attr}")
