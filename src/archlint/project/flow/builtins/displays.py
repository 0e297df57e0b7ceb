"""What is written down item by item: lists, tuples, sets, dicts and texts, and those put together."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Call,
    Collection,
    Comprehension,
    Form,
    Mapping,
    Name,
    Starred,
    Template,
    last_name,
)
from archlint.facts.forms import parts
from archlint.project.answer import UNKNOWN
from archlint.project.flow.builtins.beginnings import begun, filled_in
from archlint.project.flow.builtins.writing import written_into
from archlint.project.flow.values import (
    Arguments,
    Constant,
    Entries,
    Items,
    Many,
    Value,
    alternatives,
    any_of,
    texts,
)

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_MOST = 12
"""Texts that one f-string is followed as."""


def collection(run: Place, form: Collection) -> Value:
    """A list, tuple or set."""
    items: list[Value] = []
    source: Value | None = None
    for item in form.items:
        spread = run.of(item.value) if isinstance(item, Starred) else None
        if spread is None:
            items.append(run.of(item))
        elif isinstance(spread, Items):
            items += spread.items
        else:
            source = spread
            items.append(run.iterated(item, spread))
    return Items(form.kind, tuple(items)) if source is None else Many(any_of(items), source)


def mapping(run: Place, form: Mapping) -> Value:
    """A dict."""
    entries: dict[str, Value] = {}
    others: list[tuple[Value, Value]] = []
    is_open = False
    for key, written in zip(form.keys, form.values, strict=True):
        value = run.of(written)
        name = run.of(key) if key is not None else None
        names = texts(name) if name is not None else ()
        if names:
            entries.update(dict.fromkeys(names, value))
            is_open = is_open or len(names) > 1  # one of them is there
        elif key is None and isinstance(value, Entries):
            entries.update(value.values)
            is_open = is_open or value.is_open
            others += value.others
        else:
            is_open = True
            others += [(name, value)] if name is not None and name is not UNKNOWN else []
    return Entries(tuple(entries.items()), is_open, others=tuple(others))


def written_down(form: Comprehension, elements: tuple[Value, ...]) -> Value:
    """What a comprehension makes whose turns are known one by one."""
    if form.kind == "dict" and _chooses_keys(form):
        return UNKNOWN
    if form.kind != "dict":
        if form.generators[0].conditions:
            return Many(any_of(elements))
        return Items("list" if form.kind == "generator" else form.kind, elements)
    entries: dict[str, Value] = {}
    for element in elements:
        pair = element.items if isinstance(element, Items) else ()
        names = texts(pair[0]) if len(pair) == 2 else ()
        if len(names) != 1:
            return UNKNOWN
        entries[names[0]] = pair[1]
    return Entries(tuple(entries.items()))


def _chooses_keys(form: Comprehension) -> bool:
    """Whether conditions ask for the keys: `if name in allowed` knows which of them there may be."""
    key = form.element.items[0] if isinstance(form.element, Collection) else form.element
    named = _names(key)
    return any(not named.isdisjoint(_names(condition)) for condition in form.generators[0].conditions)


def _names(form: Form) -> set[str]:
    """The names that a form asks for; `getattr(order, name)` asks for a value, whatever its name."""
    if isinstance(form, Name):
        return {form.id}
    if isinstance(form, Call) and last_name(form.function) == "getattr":
        return _names(form.arguments[0]) if form.arguments else set()
    return {name for part in parts(form) for name in _names(part)}


def template(run: Place, form: Template) -> Value:
    """An f-string."""
    values = [run.of(part) for part in form.parts]
    written_into(run, form, values)
    if not all(isinstance(option, Constant) for value in values for option in alternatives(value)):
        return begun(values)
    ways = list(islice(product(*map(alternatives, values)), _MOST + 1))
    if len(ways) > _MOST:
        return UNKNOWN
    return any_of(
        Constant("".join(str(part.value) for part in way if isinstance(part, Constant))) for way in ways
    )


def folded(operator: str, values: tuple[Value, ...]) -> Value:
    """`"a" + "b"`, and lists put together."""
    if operator == "+" and all(isinstance(v, Constant) and isinstance(v.value, str) for v in values):
        return Constant("".join(str(v.value) for v in values if isinstance(v, Constant)))
    if operator == "+" and all(isinstance(v, Items) for v in values):
        items = [item for v in values if isinstance(v, Items) for item in v.items]
        return Items(values[0].kind, tuple(items)) if isinstance(values[0], Items) else UNKNOWN
    if operator == "%":
        return filled_in(values[0], operator, Arguments())
    return begun(values) if operator == "+" else UNKNOWN
