"""The models of a project as tables: what a migration would have to follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from archlint.frameworks.inventory.migrations import migrations
from archlint.frameworks.inventory.texts import written
from archlint.frameworks.inventory.words import Table
from archlint.frameworks.orm import Field, Model
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

_NO_TABLE: Final = frozenset({"abstract", "app_label", "proxy", "apps"})
"""Options of `Meta` that say where a model belongs, not what its table is like."""

_NO_COLUMN: Final = ("GenericRelation", "GenericForeignKey")

_OF_PYTHON: Final = frozenset(
    {
        "active_history",
        "compare",
        "default",
        "default_factory",
        "deferred",
        "deferred_group",
        "deferred_raiseload",
        "doc",
        "info",
        "init",
        "insert_default",
        "kw_only",
        "onupdate",
        "repr",
        "sort_order",
    }
)
"""Arguments of a column that the database never sees."""


def tables(project: Project) -> tuple[Table, ...]:
    """The tables of all models, in the order of their files. Those of tests are left out."""
    found = [*_django(project)] if "django" in project.imported else []
    found += _sqlalchemy(project)
    steps = {migration.source for migration in migrations(project)}  # which have models of their own
    kept = (table for table in found if table.source not in steps)
    return tuple(sorted(kept, key=lambda table: (table.source, table.line)))


def _django(project: Project) -> Iterator[Table]:
    from archlint.frameworks.django.models.registered import DjangoModels

    models = project.view(DjangoModels)
    for model in models.declared():
        module = _home(model)
        if module is None or model.is_abstract or model.is_proxy or model.is_swapped:
            continue
        columns = {f"option {n}": written(v) for n, v in model.meta.items() if n not in _NO_TABLE}
        if columns.get("option managed") == "False":
            continue
        for name in model.local:
            member = model.member(name)
            if member is not None and member.place is not None and not member.kind.endswith(_NO_COLUMN):
                columns[name] = _text(member.kind, member.arguments, member.options)
        yield Table(model.key, "django", columns, module.path, _line(model))


def _sqlalchemy(project: Project) -> Iterator[Table]:
    from archlint.frameworks.sqlalchemy.names import is_used

    if not is_used(project):
        return
    from archlint.frameworks.sqlalchemy.mappings import Mappings

    for model in project.view(Mappings).declared():
        module = _home(model)
        if module is None or model.is_abstract:
            continue
        columns = {"option table": model.table} if model.table else {}
        for field in model.fields.values():
            if field.place is not None:
                options = {name: value for name, value in field.options.items() if name not in _OF_PYTHON}
                columns[field.column or field.name] = _column(field, options)
        yield Table(model.key, "sqlalchemy", columns, module.path, _line(model))


def _home(model: Model) -> Module | None:
    if model.cls is None or is_test(model.cls.module.path) or "()" in model.cls.fact.qualname:
        return None
    return model.cls.module


def _line(model: Model) -> int:
    return model.cls.fact.line if model.cls is not None else 0


def _column(field: Field, options: Mapping[str, Expression]) -> str:
    facts = (field.kind, field.null, field.primary_key, field.unique)
    return f"{facts} {_text('', field.arguments, options)}"


def _text(kind: str, arguments: tuple[Expression, ...], options: Mapping[str, Expression]) -> str:
    given = ", ".join(f"{name}={written(value)}" for name, value in sorted(options.items()))
    return f"{kind}({written(arguments)}, {given})"
