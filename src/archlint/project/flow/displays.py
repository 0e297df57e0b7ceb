"""What is written down item by item: lists, tuples, sets, dicts and texts, and those put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Collection, Mapping, Starred, Template
from archlint.project.answer import UNKNOWN
from archlint.project.flow.values import Constant, Entries, Items, Many, Value

if TYPE_CHECKING:
    from archlint.project.flow.place import Place


def collection(run: Place, form: Collection) -> Value:
    """A list, tuple or set."""
    items: list[Value] = []
    for item in form.items:
        if isinstance(item, Starred):
            spread = run.of(item.value)
            if not isinstance(spread, Items):
                return Many(UNKNOWN)
            items += spread.items
        else:
            items.append(run.of(item))
    return Items(form.kind, tuple(items))


def mapping(run: Place, form: Mapping) -> Value:
    """A dict."""
    entries: dict[str, Value] = {}
    is_open = False
    for key, written in zip(form.keys, form.values, strict=True):
        value = run.of(written)
        name = run.of(key) if key is not None else None
        if isinstance(name, Constant) and isinstance(name.value, str):
            entries[name.value] = value
        elif key is None and isinstance(value, Entries):
            entries.update(value.values)
            is_open = is_open or value.is_open
        else:
            is_open = True
    return Entries(tuple(entries.items()), is_open)


def template(run: Place, form: Template) -> Value:
    """An f-string."""
    values = [run.of(part) for part in form.parts]
    if all(isinstance(value, Constant) for value in values):
        return Constant("".join(str(value.value) for value in values if isinstance(value, Constant)))
    return UNKNOWN


def folded(operator: str, values: tuple[Value, ...]) -> Value:
    """`"a" + "b"`, and lists put together."""
    if operator == "+" and all(isinstance(v, Constant) and isinstance(v.value, str) for v in values):
        return Constant("".join(str(v.value) for v in values if isinstance(v, Constant)))
    if operator == "+" and all(isinstance(v, Items) for v in values):
        items = [item for v in values if isinstance(v, Items) for item in v.items]
        return Items(values[0].kind, tuple(items)) if isinstance(values[0], Items) else UNKNOWN
    return UNKNOWN
