"""Columns that are unique together: by constraints, indexes and primary keys, wherever they are declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Literal, Name, Starred, last_name, says
from archlint.facts.forms import parts
from archlint.frameworks.sqlalchemy.candidates import encoded

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_CONSTRAINTS = frozenset({"PrimaryKeyConstraint", "UniqueConstraint", "create_unique_constraint"})
_INDEXES = frozenset({"Index", "create_index"})
"""What is unique only where it says so."""

_IN_SQL = (b"UNIQUE", b"unique index")


class Uniqueness:
    """Answers whether some columns may be unique together, of whatever table: migrations count, too."""

    def __init__(self, project: Project) -> None:
        modules = [each for each in project.modules if each.speaks_of(*map(encoded, _CONSTRAINTS | _INDEXES))]
        self._groups = [group for module in modules for group in _groups(module)]
        self._is_open = any(module.speaks_of(*_IN_SQL) for module in project.modules)

    @classmethod
    def build(cls, project: Project) -> Uniqueness:
        """The view of a project."""
        return cls(project)

    def may_be(self, columns: frozenset[str]) -> bool:
        """Whether a constraint or an index speaks of all these columns, or of some that nobody can tell."""
        return self._is_open or any(group is None or columns <= group for group in self._groups)


def _groups(module: Module) -> Iterator[frozenset[str] | None]:
    """The names in each constraint of a file; None for one whose names nobody can tell."""
    bodies = [module.body, *map(module.statements, module.classes), *map(module.statements, module.functions)]
    for body in bodies:
        for statement in body:
            for call in _calls(statement):
                found = frozenset(_names(call))
                yield None if "" in found else found


def _calls(form: Form) -> Iterator[Call]:
    if isinstance(form, Call):
        name, given = last_name(form.function), {each.name: each.value for each in form.keywords}
        unique = given.get("unique")
        is_unique = unique is not None and not says(unique, False)
        if name in _CONSTRAINTS or (name in _INDEXES and (is_unique or "" in given)):
            yield form
    for part in parts(form):
        yield from _calls(part)


def _names(form: Form) -> Iterator[str]:
    """The last names and the texts in a form; an empty one for what may be any."""
    if isinstance(form, Starred):
        yield ""
    elif isinstance(form, Literal) and isinstance(form.value, str):
        yield form.value
    elif isinstance(form, Attribute):
        yield form.attr
    elif isinstance(form, Name):
        yield form.id
    for part in parts(form):
        yield from _names(part)
