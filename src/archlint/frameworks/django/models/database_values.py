"""What fields leave to the database: generated values and defaults, as Django takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression
from archlint.facts.forms import walked
from archlint.frameworks.django.models.arguments import given, is_true, literal
from archlint.frameworks.django.models.spelling import MODELS, canonical
from archlint.project.answer import External
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration
    from archlint.project.module import Module
    from archlint.project.project import Project

GENERATED = f"{MODELS}.GeneratedField"
_F = f"{MODELS}.F"
_NEEDED = ("expression", "output_field", "db_persist")
_REFUSED = ("default", "db_default")


def generated(declaration: Declaration) -> Iterator[tuple[str, str]]:
    """What is wrong with the arguments of a `GeneratedField`, and what to do."""
    if declaration.arguments:
        yield "a `GeneratedField` takes no arguments by place", "give each its name"
        return
    for name in _NEEDED:
        if name not in declaration.options:
            yield f"a `GeneratedField` needs `{name}`", f"add `{name}`"
    for name in _REFUSED:
        if name in declaration.options:
            yield f"a `GeneratedField` has no `{name}`: the database works its value out", "leave it out"
    if is_true(declaration, "editable"):
        yield "nobody edits a `GeneratedField`", "leave `editable` out"
    if "blank" in declaration.options and is_true(declaration, "blank") is False:
        yield "a `GeneratedField` is never filled in, and has to be `blank`", "leave `blank` out"
    persist = literal(declaration.options.get("db_persist"))
    if persist not in (True, False, None, ...):
        yield "`db_persist` has to be True or False", "write `True` or `False`"


def refers_to_fields(project: Project, declaration: Declaration) -> bool:
    """Whether the default that the database fills in reads another column, as none can."""
    value, place = given(declaration, "db_default"), declaration.place
    if value is None or place is None:
        return False
    return any(
        _is_f(project, place.module, form.function) for form in walked((value,)) if isinstance(form, Call)
    )


def _is_f(project: Project, module: Module, function: Expression) -> bool:
    found = project.view(Scopes).resolve(module, "", function)
    return isinstance(found, External) and canonical(found.name) == _F
