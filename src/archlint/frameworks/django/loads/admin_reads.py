"""What the lists of Django's admin read of each row without having loaded it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import Literal
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.admin.registered import Admin, Admins
from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.listed import Listed
from archlint.project.answer import UNKNOWN
from archlint.project.flow.values import Arguments, Closure, Object

if TYPE_CHECKING:
    from archlint.frameworks.django.loads.lazy_reads import LazyRead, LazyReads
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project

_STEERING = ("get_list_select_related", "get_list_display", "get_changelist", "get_changelist_instance")
"""What decides in another way which columns a list has, and what it loads."""


class ListRead(msgspec.Struct, frozen=True):
    """One relation that a list reads of each of its rows."""

    admin: Admin
    column: str
    """The name in `list_display`."""

    read: LazyRead
    path: tuple[str, ...]
    """The relations from the row."""


class AdminLists:
    """Runs what `list_display` names for a row of the list."""

    def __init__(self, project: Project, reads: LazyReads) -> None:
        self._admins, self._models = project.view(Admins), project.view(DjangoModels)
        self._values, self._listed = project.view(ClassValues), project.view(Listed)
        self._reads = reads
        self._flow = project.view(DataFlow).flow

    def __iter__(self) -> Iterator[tuple[Admin, tuple[ListRead, ...]]]:
        """Every list of the admin that can be followed, with what it reads late."""
        for admin in self._admins:
            if admin.is_closed and self._values.of(admin.cls, "model") is None:
                row = self._row(admin)
                if row is not None:
                    yield admin, tuple(self._of(admin, row))

    def _columns(self, admin: Admin) -> tuple[str, ...]:
        found = self._values.of(admin.cls, "list_display")
        if found is None:
            return ("__str__",)
        listed = self._listed.of(found)
        return tuple(one.name for one in listed.names)

    def _row(self, admin: Admin) -> ModelObject | None:
        """A row as the list gets it; None where nobody can tell."""
        site = self._flow.site(admin.cls.module)
        rows = site.call(self._flow.attribute(site, Object(admin.cls), "get_queryset"), Arguments((UNKNOWN,)))
        option = self._values.of(admin.cls, "list_select_related")
        is_steered = any(self._values.of(admin.cls, name) is not None for name in _STEERING)
        if not isinstance(rows, QuerySet) or is_steered or (option is not None and option.is_method):
            return None
        if not rows.selected and not rows.selects_all:
            selected = self._selected(admin, option)
            if selected is None:
                return None
            rows = replace(rows, selected=selected)
        row = rows.row()
        return row if isinstance(row, ModelObject) else None

    def _selected(self, admin: Admin, option: ClassValue | None) -> tuple[str, ...] | None:
        """What the list adds to the query set: what it is told to, or all keys where it shows one."""
        value = option.value if option is not None else Literal(False, 0, 0)
        if isinstance(value, Literal) and isinstance(value.value, bool):
            shows_key = any(self._is_key(admin, name) for name in self._columns(admin))
            return self._keys(admin) if value.value or shows_key else ()
        listed = self._listed.of(option)
        return None if listed.is_open or listed.text else tuple(one.name for one in listed.names)

    def _is_key(self, admin: Admin, name: str) -> bool:
        relation = admin.model.relations.get(name)
        return relation is not None and relation.kind in WITH_COLUMN and not relation.is_reverse

    def _keys(self, admin: Admin) -> tuple[str, ...]:
        """The relations that `select_related()` follows, with all that may be behind them."""
        names = [
            name
            for name in admin.model.relations
            if self._is_key(admin, name) and admin.model.relations[name].null is not True
        ]
        return tuple(each for name in names for each in (name, f"{name}__*"))

    def _of(self, admin: Admin, row: ModelObject) -> Iterator[ListRead]:
        for column in self._columns(admin):
            trace = self._run(admin, row, column)
            for run in trace.each_time() if trace is not None else ():
                for read in self._reads.of(run):
                    if read.row.source == row.source and read.is_loaded is False:
                        yield ListRead(admin, column, read, (*read.row.way, read.relation.name))

    def _run(self, admin: Admin, row: ModelObject, column: str) -> Trace | None:
        """What happens when a column is written: a method of the admin, or of the model."""
        site = self._flow.site(admin.cls.module)
        if self._values.of(admin.cls, column) is not None:
            method = self._flow.attribute(site, Object(admin.cls), column)
            return (
                self._flow.called(site, method, Arguments((row,)))[1] if isinstance(method, Closure) else None
            )
        if admin.model.member(column) is not None:
            return None
        site.inside = None
        value = row.attribute(column, site)
        return self._flow.called(site, value, Arguments())[1] if isinstance(value, Closure) else site.inside
