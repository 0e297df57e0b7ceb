"""How code speaks of the fields of a form and of the data that it has validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Literal,
    Name,
    Subscript,
    last_name,
    says,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.project.summaries import summarize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.project.functions import ProjectFunction
    from archlint.project.summaries import Summary

FILLING = frozenset({"update", "setdefault", "__setitem__"})
_HELD = frozenset({"fields", "base_fields", "declared_fields", "cleaned_data"})
_CUSTOMARY = frozenset({"cleaned_data", "data", "fields"})
"""What parameters are called that are given them."""


def is_held(value: Expression) -> bool:
    """Whether an expression is `form.fields` or `form.cleaned_data`."""
    return isinstance(value, Attribute) and value.attr in _HELD


def is_data(form: Expression) -> bool:
    """Whether an expression is the validated data of the form: `self.cleaned_data`, `super().clean()`."""
    if isinstance(form, Call):
        return last_name(form.function) == "clean"
    return isinstance(form, Attribute) and form.attr == "cleaned_data"


def put_in(method: ProjectFunction) -> set[str] | None:
    """The names that a method of a form puts into its fields or its data; None where that may be any."""
    statements = method.module.statements(method.fact)
    names = _names_for(summarize(statements)) | _CUSTOMARY
    found: set[str] = set()
    for form in walked(statements):
        for owner, key in _put(form):
            if is_held(owner) or (isinstance(owner, Name) and owner.id in names):
                if key is None:
                    return None
                found.add(key)
    return found


def hands_on(clean: ProjectFunction) -> bool:
    """Whether `clean` gives what it was given, or nothing: else its dict replaces what was validated."""
    summary = summarize(clean.module.statements(clean.fact))
    names = _data_names(summary)
    return all(
        is_data(form) or (isinstance(form, Name) and form.id in names) or says(form, None)
        for form in summary.returns
    )


def _data_names(summary: Summary) -> set[str]:
    """The local names that stand for the validated data, and for nothing else."""
    return {name for name, bound in summary.bound.items() if all(is_data(each.value) for each in bound)}


def _names_for(summary: Summary) -> set[str]:
    """The local names that may stand for the fields or the data."""
    return {
        name
        for name, bound in summary.bound.items()
        if any(is_data(each.value) or is_held(each.value) for each in bound)
    }


def _put(form: object) -> Iterator[tuple[Expression, str | None]]:
    """What a form puts something into, and by which key."""
    if isinstance(form, Assign):
        for target in form.targets:
            if isinstance(target, Subscript):
                key = target.index.value if isinstance(target.index, Literal) else None
                yield target.value, key if isinstance(key, str) else None
    elif isinstance(form, Call) and isinstance(form.function, Attribute) and form.function.attr in FILLING:
        first = form.arguments[0] if form.function.attr == "setdefault" and form.arguments else None
        key = first.value if isinstance(first, Literal) else None
        yield form.function.value, key if isinstance(key, str) else None
