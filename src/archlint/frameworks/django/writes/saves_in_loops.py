"""Rows that are written one by one in a loop, where Django could write them all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Comprehension, Expression, Form, Literal, Name
from archlint.facts.forms import parts, walked
from archlint.facts.statements import Assign, Evaluate, For, If, Match, Statement, Try, With
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.loads.keyed import is_keyed
from archlint.frameworks.django.models.field_kinds import MANY_TO_MANY
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.writes.plain_saves import PlainSaves
from archlint.frameworks.django.writes.shifts import saved_name
from archlint.frameworks.places.expressions import place
from archlint.project.flow.trace import Loop, Written
from archlint.project.flow.values import Constant, Items

if TYPE_CHECKING:
    from archlint.frameworks.django.query.objects.model_object import ModelObject
    from archlint.project.project import Project

_BRANCHES = (For, If, Match)


class LoopedSave(msgspec.Struct, frozen=True):
    """One write of one row in each turn of a loop."""

    asked: Asked
    loop: Loop
    model: str
    """Key of the model."""

    instead: str
    """`bulk_create`, `bulk_update`, `update` or `add`; empty where there is nothing better."""

    fields: tuple[str, ...] = ()
    """What `bulk_update` would have to set."""


def saves_in_loops(project: Project) -> Iterator[LoopedSave]:
    """Every write of one row in a loop over nobody knows how many."""
    saves = _Saves(project)
    for asked in project.view(Execution).all:
        found = saves.of(asked)
        if found is not None:
            yield found


class _Saves:
    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._plain = project.view(PlainSaves)

    def of(self, asked: Asked) -> LoopedSave | None:
        loops = asked.context.loops
        if asked.how not in ("create", "save", "add") or not loops or _is_short(loops[-1]):
            return None
        loop = loops[-1]
        if not isinstance(loop.form, (For, Comprehension)) or not _is_of_the_turn(loop, asked):
            return None
        model = asked.sets[0].model if asked.sets else asked.objects[0].model
        steps = _steps(loop.form, asked.form)
        if steps is None:
            return LoopedSave(asked, loop, model, "")
        if asked.how == "add":
            return LoopedSave(asked, loop, model, "add" if self._is_added(asked, loop) else "")
        if not self._plain.of(model):
            return LoopedSave(asked, loop, model, "")
        if asked.how == "create":
            is_made = self._is_related_by_key(asked) and _is_let_go(loop.form, steps, asked.form)
            return LoopedSave(asked, loop, model, "bulk_create" if is_made else "")
        return self._saved(asked, loop, model, steps)

    def _saved(self, asked: Asked, loop: Loop, model: str, steps: tuple[Statement, ...]) -> LoopedSave:
        """`save()` of an object that the loop has made, or of the row that it is at."""
        one, name = asked.objects[0], saved_name(asked.form)
        if not name or not isinstance(loop.form, For) or _is_used_after(loop.form, name, asked.form):
            return LoopedSave(asked, loop, model, "")
        if all(each.how == "new" for each in asked.objects):
            is_new = _is_made_in(loop.form, name)
            return LoopedSave(asked, loop, model, "bulk_create" if is_new else "")
        if not self._is_row(one, loop) or self._plain.sets_itself(model) or len(asked.objects) > 1:
            return LoopedSave(asked, loop, model, "")
        written = [
            event
            for event in asked.trace.events
            if isinstance(event, Written) and event.receiver == one and loop in event.context.loops
        ]
        if not written:
            return LoopedSave(asked, loop, model, "")
        fields = tuple(dict.fromkeys(event.name for event in written))
        if not self._keys(model).isdisjoint(fields):
            return LoopedSave(asked, loop, model, "bulk_create")  # `copy.pk = None`: it is a new row
        are_alike = len(steps) == 1 and all(isinstance(event.value, Constant) for event in written)
        return LoopedSave(asked, loop, model, "update" if are_alike else "bulk_update", fields)

    def _keys(self, model: str) -> set[str]:
        known = self._models.model(model)
        fields = known.fields.values() if known is not None else ()
        return {"pk", *(field.name for field in fields if field.primary_key)}

    def _is_row(self, one: ModelObject, loop: Loop) -> bool:
        from archlint.frameworks.django.loads.loops import gives

        return one.how == "row" and not one.way and one.source is not None and gives(loop.over, one.source)

    def _is_related_by_key(self, asked: Asked) -> bool:
        """Whether what is created belongs to its owner by a key of its own, not by a row between."""
        one = asked.sets[0]
        if one.of is None:
            return True
        owner = self._models.model(one.of.model)
        relation = owner.relations.get(one.through) if owner is not None else None
        return relation is not None and relation.kind != MANY_TO_MANY and not relation.through

    def _is_added(self, asked: Asked, loop: Loop) -> bool:
        """Whether each turn adds another one to the same object: `post.tags.add(tag)`."""
        form = asked.form
        if not isinstance(form, Call) or not isinstance(form.function, Attribute) or len(form.arguments) != 1:
            return False
        return not form.keywords and not is_keyed(loop, (), form.function)


def _is_of_the_turn(loop: Loop, asked: Asked) -> bool:
    """Whether each turn writes something else."""
    if isinstance(loop.form, For) and asked.how == "save" and _is_made_in(loop.form, saved_name(asked.form)):
        return True
    return is_keyed(loop, (), asked.form)


def _is_short(loop: Loop) -> bool:
    """Whether a loop makes a few turns, by what is written: over a display, or `range(3)`."""
    if isinstance(loop.over, Items):
        return True
    form = loop.form
    over = form.iterable if isinstance(form, For) else None
    if isinstance(form, Comprehension):
        over = form.generators[0].iterable
    if not isinstance(over, Call) or not isinstance(over.function, Name) or over.function.id != "range":
        return False
    return all(isinstance(argument, Literal) for argument in over.arguments)


def _steps(loop: For | Comprehension, form: Expression) -> tuple[Statement, ...] | None:
    """The statements of the loop's body around a form; None where each write is held alone."""
    if isinstance(loop, Comprehension):
        return ()
    found = _way(loop.body, place(form))
    if found is None or any(not isinstance(one, _BRANCHES) for one in found[:-1]):
        return None
    return None if isinstance(found[-1], (Try, With)) else found


def _way(body: tuple[Form, ...], end: tuple[int, int]) -> tuple[Statement, ...] | None:
    for statement in body:
        if _holds(statement, end):
            inner: list[Form] = []
            for part in parts(statement):
                inner += part.body if type(part).__name__ == "Case" else [part]  # type: ignore[attr-defined]
            below = [one for one in inner if isinstance(one, _STATEMENTS)]
            return (statement, *(_way(tuple(below), end) or ()))  # type: ignore[arg-type]
    return None


_STATEMENTS = (Assign, Evaluate, For, If, Match, Try, With)


def _holds(form: Form, end: tuple[int, int]) -> bool:
    if isinstance(form, Call) and (form.line, form.column) == end:
        return True
    return any(_holds(part, end) for part in parts(form))


def _is_let_go(loop: For | Comprehension, steps: tuple[Statement, ...], form: Expression) -> bool:
    """Whether the loop does nothing with what it has made but to keep it in a list."""
    if isinstance(loop, Comprehension):
        return place(loop.element) == place(form)
    last = steps[-1]
    if isinstance(last, Assign) and len(last.targets) == 1 and isinstance(last.targets[0], Name):
        return place(last.value) == place(form) and not _is_used_after(loop, last.targets[0].id, form)
    if not isinstance(last, Evaluate):
        return False
    value = last.value
    if isinstance(value, Call) and isinstance(value.function, Attribute) and value.function.attr == "append":
        value = value.arguments[0] if len(value.arguments) == 1 else value
    return place(value) == place(form)


def _is_made_in(loop: For, name: str) -> bool:
    """Whether the body of a loop makes the object: it is another one in each turn."""
    return any(
        isinstance(one, Assign) and any(isinstance(t, Name) and t.id == name for t in one.targets)
        for one in walked(loop.body)
    )


def _is_used_after(loop: For, name: str, form: Expression) -> bool:
    """Whether what was saved is used for anything but to be kept in a list."""
    for one in walked(loop.body):
        if isinstance(one, Name) and one.id == name and (one.line, one.column) > place(form):
            return not _is_kept(loop, one)
    return False


def _is_kept(loop: For, name: Name) -> bool:
    return any(
        isinstance(one, Call)
        and isinstance(one.function, Attribute)
        and one.function.attr == "append"
        and one.arguments == (name,)
        for one in walked(loop.body)
    )
