"""What the operations of a migration do to the state of an app, as far as the names of models and fields go.

https://docs.djangoproject.com/en/5.2/ref/migration-operations/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Collection, Expression, Literal, Name, Operation, says
from archlint.facts.expressions import Mapping as MappingForm
from archlint.frameworks.django.migrations.states import ModelState, State

if TYPE_CHECKING:
    from archlint.project.module import Module

_NEUTRAL = frozenset(
    {
        "AlterModelTable",
        "AlterModelTableComment",
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


class Reading(msgspec.Struct, frozen=True):
    """How the names in a file of migrations are read."""

    module: Module
    name: Callable[[Expression], str]
    """The dotted name of what an expression stands for; empty for the project's own."""

    values: Mapping[str, Expression]
    """What names are assigned in the module, and in the body of its class."""


class Unread(Exception):  # noqa: N818 -- an adjective: it is said of an operation
    """An operation, or a part of one, that may do anything."""


def items(listed: Expression | None, reading: Reading, depth: int = 0) -> Iterator[Expression]:
    """The operations of a list, in their order.

    Raises Unread: where it may hold others.
    """
    if isinstance(listed, Name) and listed.id in reading.values and depth < _DEEPEST:
        yield from items(reading.values[listed.id], reading, depth + 1)
    elif isinstance(listed, Operation) and listed.operator == "+":
        for operand in listed.operands:
            yield from items(operand, reading, depth + 1)
    elif isinstance(listed, Collection):
        yield from listed.items
    elif listed is not None and not says(listed, None):
        raise Unread


_DEEPEST = 4
"""Names that stand for names."""


def apply(operation: Expression, state: State, reading: Reading) -> None:
    """Do to a state what an operation says.

    Raises Unread: where it cannot be read.
    """
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
        _apply_all(given(operation, 1, "state_operations"), state, reading)
    elif last == "RunSQL":
        _apply_all(given(operation, 2, "state_operations"), state, reading)
    elif last in _CHANGES:
        _CHANGES[last](operation, state, reading)
    else:
        raise Unread


def _apply_all(listed: Expression | None, state: State, reading: Reading) -> None:
    for operation in items(listed, reading):
        apply(operation, state, reading)


def _create(operation: Call, state: State, reading: Reading) -> None:
    name = given(operation, 0, "name")
    model = ModelState(_text(operation, 0, "name"), reading.module, getattr(name, "line", operation.line))
    for each in items(given(operation, 1, "fields"), reading):
        pair = reading.values.get(each.id, each) if isinstance(each, Name) else each
        named = pair.items if isinstance(pair, Collection) else ()
        if len(named) != 2 or not isinstance(named[0], Literal) or not isinstance(named[0].value, str):
            raise Unread
        model.put(named[0].value, named[1], reading.module)
    options = given(operation, 2, "options")
    model.is_plain, model.is_bound = _is_plain(options), options is not None
    model.options = _options(options)
    model.bases, model.managers = given(operation, 3, "bases"), given(operation, 4, "managers")
    state[model.name.lower()] = model


def _options(written: Expression | None) -> Mapping[str, Expression] | None:
    """The options in a dict; None where it may hold others."""
    if written is None:
        return {}
    if not isinstance(written, MappingForm):
        return None
    found = {
        key.value: value
        for key, value in zip(written.keys, written.values, strict=False)
        if isinstance(key, Literal) and isinstance(key.value, str)
    }
    return found if len(found) == len(written.keys) else None


def _alter_options(operation: Call, state: State, _: Reading) -> None:
    """What may be altered is as it says here, or not set any more; the rest stays."""
    model, options = _known(state, operation), _options(given(operation, 1, "options"))
    if model is None:
        return
    if options is None or model.options is None:
        model.options = None
    else:
        kept = {name: value for name, value in model.options.items() if name not in _ALTERED}
        model.options = {**kept, **options}


_ALTERED = frozenset(
    {
        "base_manager_name",
        "default_manager_name",
        "default_related_name",
        "get_latest_by",
        "managed",
        "ordering",
        "permissions",
        "default_permissions",
        "select_on_save",
        "verbose_name",
        "verbose_name_plural",
    }
)
"""`AlterModelOptions.ALTER_OPTION_KEYS`"""


def _alter_managers(operation: Call, state: State, _: Reading) -> None:
    model = _known(state, operation)
    if model is not None:
        model.managers = given(operation, 1, "managers")


def _known(state: State, operation: Call) -> ModelState | None:
    """The model that an operation names, to be changed; None where nobody can tell which."""
    name = given(operation, 0, "name")
    is_known = isinstance(name, Literal) and str(name.value).lower() in state
    return _model(state, str(name.value)) if is_known and isinstance(name, Literal) else None


def _bind(operation: Call, last: str, state: State) -> None:
    """Remember that a model has indexes or constraints."""
    if last.startswith(("AddIndex", "AddConstraint", "AlterUnique", "AlterIndex")):
        name = given(operation, 0, "model_name" if last.startswith("Add") else "name")
        if isinstance(name, Literal) and str(name.value).lower() in state:
            _model(state, str(name.value)).is_bound = True


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
    model.former |= {model.name.lower()}
    model.name = _text(operation, 1, "new_name")
    state[model.name.lower()] = model


def _add_field(operation: Call, state: State, reading: Reading) -> None:
    value = given(operation, 2, "field")
    if value is None:
        raise Unread
    model, name = _model(state, _text(operation, 0, "model_name")), _text(operation, 1, "name")
    model.put(name, value, reading.module)
    _keep_default(operation, model, name)


def _keep_default(operation: Call, model: ModelState, name: str) -> None:
    """Remember whether the default of a field is only for this one migration."""
    kept = given(operation, 3, "preserve_default")
    if kept is None or says(kept, True):
        model.without_default.discard(name)
    else:
        model.without_default.add(name)


def _remove_field(operation: Call, state: State, _: Reading) -> None:
    fields = _model(state, _text(operation, 0, "model_name")).fields
    fields.pop(_named(fields, _text(operation, 1, "name")), None)


def _alter_field(operation: Call, state: State, reading: Reading) -> None:
    value = given(operation, 2, "field")
    model = _model(state, _text(operation, 0, "model_name"))
    if value is None:
        raise Unread
    name = _named(model.fields, _text(operation, 1, "name"))
    model.put(name, value, reading.module)
    _keep_default(operation, model, name)


def _rename_field(operation: Call, state: State, _: Reading) -> None:
    model = _model(state, _text(operation, 0, "model_name"))
    old, new = _named(model.fields, _text(operation, 1, "old_name")), _text(operation, 2, "new_name")
    if old not in model.fields:
        raise Unread
    model.put(new, model.fields.pop(old), model.written_in[old])
    if old in model.without_default:
        model.without_default.add(new)


def _order(operation: Call, state: State, reading: Reading) -> None:
    """`order_with_respect_to` brings a field `_order`."""
    model = _model(state, _text(operation, 0, "name"))
    wanted = given(operation, 1, "order_with_respect_to")
    model.fields.pop("_order", None)
    if wanted is not None and not says(wanted, None):
        model.put("_order", wanted, reading.module)


_CHANGES: dict[str, Callable[[Call, State, Reading], None]] = {
    "CreateModel": _create,
    "DeleteModel": _delete,
    "RenameModel": _rename,
    "AddField": _add_field,
    "RemoveField": _remove_field,
    "AlterField": _alter_field,
    "RenameField": _rename_field,
    "AlterModelOptions": _alter_options,
    "AlterModelManagers": _alter_managers,
    "AlterOrderWithRespectTo": _order,
}


def _model(state: State, name: str) -> ModelState:
    """A model, to be changed: other states may keep it as it was."""
    found = state.get(name.lower())
    if found is None:
        raise Unread
    state[name.lower()] = changed = found.copy()
    return changed


def _named(fields: dict[str, Expression], name: str) -> str:
    """A field by its name, in whatever case older migrations write it."""
    if name in fields:
        return name
    return next((each for each in fields if each.lower() == name.lower()), name)


def given(operation: Call, at: int, name: str) -> Expression | None:
    """An argument of an operation, by its position or by its name."""
    for keyword in operation.keywords:
        if keyword.name == name:
            return keyword.value
    return operation.arguments[at] if at < len(operation.arguments) else None


def _text(operation: Call, at: int, name: str) -> str:
    value = given(operation, at, name)
    if not isinstance(value, Literal) or not isinstance(value.value, str) or value.truncated:
        raise Unread
    return value.value
