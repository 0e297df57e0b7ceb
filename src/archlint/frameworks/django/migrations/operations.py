"""What the operations of a migration do to the state of an app, as far as the names of models and fields go.

https://docs.djangoproject.com/en/5.2/ref/migration-operations/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from archlint.facts.expressions import Call, Collection, Expression, Literal, Name, Operation
from archlint.facts.expressions import Mapping as MappingForm

_NEUTRAL = frozenset(
    {
        "AlterModelOptions",
        "AlterModelTable",
        "AlterModelTableComment",
        "AlterModelManagers",
        "AlterUniqueTogether",
        "AlterIndexTogether",
        "AddIndex",
        "RemoveIndex",
        "RenameIndex",
        "AddConstraint",
        "RemoveConstraint",
        "AlterConstraint",
        "RunPython",
    }
)
_PACKAGE = "django.db.migrations."
_OF_OTHERS = frozenset({"django_migration_linter.IgnoreMigration"})
"""Operations from elsewhere that do nothing to the state."""

_EXTENSIONS = "django.contrib.postgres.operations."
"""What is in there is about indexes, constraints and extensions of the database."""


@dataclass(slots=True)
class ModelState:
    """A model as migrations leave it."""

    name: str
    fields: dict[str, Expression] = field(default_factory=dict)
    """The calls that make its fields, by their names."""

    without_default: set[str] = field(default_factory=set)
    """Fields whose default was only for the rows that were there: `preserve_default=False`."""

    is_plain: bool = True
    """Whether it has a table that Django looks after: it is no proxy, and not unmanaged."""

    is_bound: bool = False
    """Whether indexes or constraints were ever added that may name its fields."""


State: TypeAlias = "dict[str, ModelState]"
"""The models of one app, by their names in lower case."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the names in a file of migrations are read."""

    name: Callable[[Expression], str]
    """The dotted name of what an expression stands for; empty for the project's own."""

    values: Mapping[str, Expression]
    """What names are assigned in the module, and in the body of its class."""


class Unread(Exception):  # noqa: N818 -- an adjective: it is said of an operation
    """An operation, or a part of one, that may do anything."""


def apply(operations: Expression | None, state: State, reading: Reading) -> None:
    """Do to a state what a list of operations says.

    Raises Unread: where one of them cannot be read.
    """
    for operation in _items(operations, reading):
        _apply(operation, state, reading)


def _items(listed: Expression | None, reading: Reading, depth: int = 0) -> Iterator[Expression]:
    if isinstance(listed, Name) and listed.id in reading.values and depth < _DEEPEST:
        yield from _items(reading.values[listed.id], reading, depth + 1)
    elif isinstance(listed, Operation) and listed.operator == "+":
        for operand in listed.operands:
            yield from _items(operand, reading, depth + 1)
    elif isinstance(listed, Collection):
        yield from listed.items
    elif listed is not None and not (isinstance(listed, Literal) and listed.value is None):
        raise Unread


_DEEPEST = 4
"""Names that stand for names."""


def _apply(operation: Expression, state: State, reading: Reading) -> None:
    if not isinstance(operation, Call):
        raise Unread
    found = reading.name(operation.function)
    last = found.rpartition(".")[2]
    if found in _OF_OTHERS or found.startswith(_EXTENSIONS):
        return
    if not found.startswith(_PACKAGE) or any(not keyword.name for keyword in operation.keywords):
        raise Unread
    if last in _NEUTRAL:
        _bind(operation, last, state)
        return
    if last == "SeparateDatabaseAndState":
        apply(_given(operation, 1, "state_operations"), state, reading)
    elif last == "RunSQL":
        apply(_given(operation, 2, "state_operations"), state, reading)
    elif last in _CHANGES:
        _CHANGES[last](operation, state, reading)
    else:
        raise Unread


def _create(operation: Call, state: State, reading: Reading) -> None:
    model = ModelState(_text(operation, 0, "name"))
    for pair in _items(_given(operation, 1, "fields"), reading):
        items = pair.items if isinstance(pair, Collection) else ()
        if len(items) != 2 or not isinstance(items[0], Literal) or not isinstance(items[0].value, str):
            raise Unread
        model.fields[items[0].value] = items[1]
    options = _given(operation, 2, "options")
    model.is_plain, model.is_bound = _is_plain(options), options is not None
    state[model.name.lower()] = model


def _bind(operation: Call, last: str, state: State) -> None:
    """Remember that a model has indexes or constraints."""
    if last.startswith(("AddIndex", "AddConstraint", "AlterUnique", "AlterIndex")):
        name = _given(operation, 0, "model_name" if last.startswith("Add") else "name")
        if isinstance(name, Literal) and str(name.value).lower() in state:
            state[str(name.value).lower()].is_bound = True


def _is_plain(options: Expression | None) -> bool:
    if options is None:
        return True
    if not isinstance(options, MappingForm):
        return False
    keys = {key.value for key in options.keys if isinstance(key, Literal)}
    if len(keys) != len(options.keys):
        return False
    return keys.isdisjoint({"proxy", "managed", "swappable", "abstract"})


def _delete(operation: Call, state: State, _: Reading) -> None:
    state.pop(_text(operation, 0, "name").lower(), None)


def _rename(operation: Call, state: State, _: Reading) -> None:
    model = _model(state, _text(operation, 0, "old_name"))
    del state[model.name.lower()]
    model.name = _text(operation, 1, "new_name")
    state[model.name.lower()] = model


def _add_field(operation: Call, state: State, _: Reading) -> None:
    value = _given(operation, 2, "field")
    if value is None:
        raise Unread
    model, name = _model(state, _text(operation, 0, "model_name")), _text(operation, 1, "name")
    model.fields[name] = value
    _keep_default(operation, model, name)


def _keep_default(operation: Call, model: ModelState, name: str) -> None:
    """Remember whether the default of a field is only for this one migration."""
    kept = _given(operation, 3, "preserve_default")
    if kept is None or (isinstance(kept, Literal) and kept.value is True):
        model.without_default.discard(name)
    else:
        model.without_default.add(name)


def _remove_field(operation: Call, state: State, _: Reading) -> None:
    fields = _model(state, _text(operation, 0, "model_name")).fields
    fields.pop(_named(fields, _text(operation, 1, "name")), None)


def _alter_field(operation: Call, state: State, _: Reading) -> None:
    value = _given(operation, 2, "field")
    model = _model(state, _text(operation, 0, "model_name"))
    if value is None:
        raise Unread
    name = _named(model.fields, _text(operation, 1, "name"))
    model.fields[name] = value
    _keep_default(operation, model, name)


def _rename_field(operation: Call, state: State, _: Reading) -> None:
    model = _model(state, _text(operation, 0, "model_name"))
    old, new = _named(model.fields, _text(operation, 1, "old_name")), _text(operation, 2, "new_name")
    if old not in model.fields:
        raise Unread
    model.fields[new] = model.fields.pop(old)
    if old in model.without_default:
        model.without_default.add(new)


def _order(operation: Call, state: State, _: Reading) -> None:
    """`order_with_respect_to` brings a field `_order`."""
    fields = _model(state, _text(operation, 0, "name")).fields
    wanted = _given(operation, 1, "order_with_respect_to")
    fields.pop("_order", None)
    if wanted is not None and not (isinstance(wanted, Literal) and wanted.value is None):
        fields["_order"] = wanted


_CHANGES: dict[str, Callable[[Call, State, Reading], None]] = {
    "CreateModel": _create,
    "DeleteModel": _delete,
    "RenameModel": _rename,
    "AddField": _add_field,
    "RemoveField": _remove_field,
    "AlterField": _alter_field,
    "RenameField": _rename_field,
    "AlterOrderWithRespectTo": _order,
}


def _model(state: State, name: str) -> ModelState:
    found = state.get(name.lower())
    if found is None:
        raise Unread
    return found


def _named(fields: dict[str, Expression], name: str) -> str:
    """A field by its name, in whatever case older migrations write it."""
    if name in fields:
        return name
    return next((each for each in fields if each.lower() == name.lower()), name)


def _given(operation: Call, at: int, name: str) -> Expression | None:
    for keyword in operation.keywords:
        if keyword.name == name:
            return keyword.value
    return operation.arguments[at] if at < len(operation.arguments) else None


def _text(operation: Call, at: int, name: str) -> str:
    value = _given(operation, at, name)
    if not isinstance(value, Literal) or not isinstance(value.value, str) or value.truncated:
        raise Unread
    return value.value
