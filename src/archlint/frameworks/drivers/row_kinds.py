"""What rows of drivers are, by what a project sets for all of its connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Name, says
from archlint.project.answer import External
from archlint.project.functions import Functions, mentioning
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.drivers.rows import Row
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_SETTING: Final = ("row_factory", "cursor_factory")
_ROWS: Final = frozenset({"aiosqlite.Row", "sqlite3.Row"})

WITH: Final = {
    "dict": frozenset(dir(dict)),
    "record": frozenset({"get", "items", "keys", "values"}),
    "row": frozenset({"keys"}),
    "tuple": frozenset({"count", "index"}),
}
"""The attributes of each kind of row."""

TITLES: Final = {
    "dict": "dict",
    "record": "`asyncpg.Record`",
    "row": "`sqlite3.Row`",
    "tuple": "tuple",
}
"""What people call them."""


class RowKinds:
    """Answers for rows that a framework knows."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._set = {
            kind
            for module in project.modules
            if module.speaks_of(*(name.encode() for name in _SETTING))
            for kind in self._set_in(module)
        }

    @classmethod
    def build(cls, project: Project) -> RowKinds:
        """The view of a project."""
        return cls(project)

    def of(self, row: Row) -> tuple[str, ...]:
        """The kinds that a row may be of; nothing where it may be anything."""
        if row.kind == "sqlite":
            return () if "" in self._set else tuple(sorted(self._set | {"tuple"}, key=_by_telling))
        is_set = row.driver.name != "django" and not self._set.issubset({"row"})
        if not row.kind or (row.kind == "tuple" and is_set):
            return ()
        return (row.kind,)

    def _set_in(self, module: Module) -> set[str]:
        functions = self._project.view(Functions)
        bodies = [("", functions.module_summary(module))]
        bodies += [(each.scope, functions.summary(each)) for each in mentioning(module, *_SETTING)]
        return {kind for scope, summary in bodies for kind in self._kinds(module, scope, summary)}

    def _kinds(self, module: Module, scope: str, summary: Summary) -> set[str]:
        found = set()
        for target, bound in summary.stored:
            if target.attr not in _SETTING:
                continue
            value = bound.value
            if says(value, None):
                found.add("tuple")
                continue
            answer = None
            if isinstance(value, (Name, Attribute)):
                answer = self._project.view(Scopes).resolve(module, scope, value)
            found.add("row" if isinstance(answer, External) and answer.name in _ROWS else "")
        return found


def _by_telling(kind: str) -> tuple[bool, str]:
    return kind != "row", kind
