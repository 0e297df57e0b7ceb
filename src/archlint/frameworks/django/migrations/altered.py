"""Arguments of a field that its migrations have otherwise, as far as both sides are written out.

What `Field.deconstruct` leaves out where it is the default is taken for that default.
https://docs.djangoproject.com/en/5.2/howto/custom-model-fields/#field-deconstruction
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, last_name
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY, MANY_TO_MANY, ONE_TO_ONE
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.models.spelling import MODELS

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration
    from archlint.frameworks.orm import Relation

_TRUTHS = ("null", "blank", "unique", "db_index", "auto_now", "auto_now_add")
_WRITTEN_TWICE = ("max_length", "max_digits", "decimal_places", "related_name", "db_column")
"""Arguments of which only values are compared, that stand on both sides."""

_INDEXED = frozenset({FOREIGN_KEY, f"{MODELS}.SlugField"})
_LENGTHS = {
    f"{MODELS}.SlugField": 50,
    f"{MODELS}.URLField": 200,
    f"{MODELS}.EmailField": 254,
} | dict.fromkeys((f"{MODELS}.FileField", f"{MODELS}.ImageField", f"{MODELS}.FilePathField"), 100)
_ON_DELETE = frozenset({"CASCADE", "PROTECT", "RESTRICT", "SET_NULL", "SET_DEFAULT", "DO_NOTHING"})
_RELATIONS = frozenset({FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY})


class Altered(msgspec.Struct, frozen=True):
    """One argument of one field."""

    declaration: Declaration
    argument: str
    before: str
    """What the migrations have, in words."""

    now: str


def altered(
    declaration: Declaration,
    relation: Relation | None,
    made: Expression,
    models: DjangoModels,
    *,
    counts_default: bool,
) -> Iterator[Altered]:
    """The arguments of a field that differ; nothing where one side cannot be read.

    `counts_default`: whether the migrations say what the default is.
    """
    kind = declaration.kind
    if not isinstance(made, Call) or last_name(made.function) != kind.rpartition(".")[2]:
        return
    if not _is_django(made.function) or any(not keyword.name for keyword in made.keywords):
        return
    before = {keyword.name: keyword.value for keyword in made.keywords}
    now = declaration.options
    for argument, old, new in _differences(kind, before, now, counts_default=counts_default):
        yield Altered(declaration, argument, old, new)
    if kind in _RELATIONS and relation is not None:
        yield from _led_elsewhere(declaration, relation, before, made, models)


def _differences(
    kind: str, before: Mapping[str, Expression], now: Mapping[str, Expression], *, counts_default: bool
) -> Iterator[tuple[str, str, str]]:
    dated = {"auto_now", "auto_now_add"} & (before.keys() | now.keys())
    for name in _TRUTHS:
        if (name == "blank" and dated) or (kind == ONE_TO_ONE and name in ("unique", "db_index")):
            continue  # Django leaves them out of what it writes down
        if kind == MANY_TO_MANY and name != "blank":
            continue
        default = name == "db_index" and kind in _INDEXED
        old, new = (_truth(side.get(name), default=default) for side in (before, now))
        if old is not None and new is not None and old is not new:
            yield name, str(old), str(new)
    for name in _WRITTEN_TWICE:
        old_value, new_value = (_value(side.get(name), kind, name) for side in (before, now))
        if (
            None not in (old_value, new_value)
            and old_value != new_value
            and "%" not in f"{old_value}{new_value}"
        ):
            yield name, repr(old_value), repr(new_value)
    if counts_default:
        yield from _defaults(before.get("default"), now.get("default"))


def _defaults(before: Expression | None, now: Expression | None) -> Iterator[tuple[str, str, str]]:
    """A default is compared where it is a literal, and missed where the other side has none."""
    if before is None and now is None:
        return
    if before is not None and now is not None:
        if (
            not isinstance(before, Literal)
            or not isinstance(now, Literal)
            or before.truncated
            or now.truncated
        ):
            return
        if (type(before.value), before.value) == (type(now.value), now.value):
            return
    old, new = (_written(side) for side in (before, now))
    if old and new:
        yield "default", old, new


def _led_elsewhere(
    declaration: Declaration,
    relation: Relation,
    before: Mapping[str, Expression],
    made: Call,
    models: DjangoModels,
) -> Iterator[Altered]:
    """`on_delete`, and the model that a relation leads to."""
    old, new = (_on_delete(side) for side in (_argument(before, made.arguments), _declared(declaration)))
    if old and new and old != new:
        yield Altered(declaration, "on_delete", old, new)
    to = before.get("to", made.arguments[0] if made.arguments else None)
    target = models.model(relation.target)
    if not isinstance(to, Literal) or not isinstance(to.value, str) or "." not in to.value:
        return
    was = models.named(to.value)
    if not isinstance(target, DjangoModel) or not isinstance(was, DjangoModel) or target.key == was.key:
        return  # of a model that is not there any more, the new name may be another one's
    if target.is_swapped or was.is_swapped:
        return
    yield Altered(declaration, "to", f"`{was.label}`", f"`{target.label}`")


def _argument(named: Mapping[str, Expression], arguments: tuple[Expression, ...]) -> Expression | None:
    return named.get("on_delete", arguments[1] if len(arguments) > 1 else None)


def _declared(declaration: Declaration) -> Expression | None:
    return _argument(declaration.options, declaration.arguments)


def _on_delete(form: Expression | None) -> str:
    name = last_name(form) if isinstance(form, (Name, Attribute)) else ""
    return name if name in _ON_DELETE else ""


def _truth(form: Expression | None, *, default: bool) -> bool | None:
    if form is None:
        return default
    return form.value if isinstance(form, Literal) and isinstance(form.value, bool) else None


def _value(form: Expression | None, kind: str, name: str) -> str | int | None:
    if form is None:
        return _LENGTHS.get(kind) if name == "max_length" else None
    if not isinstance(form, Literal) or form.truncated or isinstance(form.value, (bool, float)):
        return None
    return form.value


def _written(form: Expression | None) -> str:
    """A default in words; empty where it is no literal, no name and no call."""
    if form is None:
        return "none"
    if isinstance(form, Literal):
        return "" if form.truncated else repr(form.value)
    if isinstance(form, (Name, Attribute)):
        return f"`{last_name(form)}`"
    return f"`{last_name(form.function)}()`" if isinstance(form, Call) else "another one"


def _is_django(function: Expression) -> bool:
    """`models.CharField`, `django.db.models.CharField`."""
    return isinstance(function, Attribute) and last_name(function.value) == "models"
