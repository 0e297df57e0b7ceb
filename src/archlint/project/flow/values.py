"""What an expression may be, besides what a name stands for (`Answer`).

Structs, since very many are made and compared: they are several times faster than dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import msgspec

from archlint.project.answer import UNKNOWN, Answer, External

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from archlint.facts.expressions import Lambda
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.behaviour import Behaviour
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module


class Constant(msgspec.Struct, frozen=True):
    """A literal."""

    value: str | int | float | bool | None


NONE = Constant(None)

SLICE = External("builtins.slice")
"""The index of `value[a:b]`."""


class Object(msgspec.Struct, frozen=True):
    """An instance of a class that no framework gives a meaning."""

    of: ProjectClass | External
    fields: tuple[tuple[str, Value], ...] = ()
    """Attributes that are known of this very object, since its constructor was seen with its arguments."""

    def united(self, options: tuple[Value, ...]) -> Value:
        """What stands for too many objects of one class: what they have in common."""
        others = [option for option in options if isinstance(option, Object) and option.of == self.of]
        if len(others) < len(options):
            return UNKNOWN
        return Object(self.of, tuple([each for each in self.fields if all(each in o.fields for o in others)]))


class Items(msgspec.Struct, frozen=True):
    """A list, tuple or set whose items are known one by one; `kind` is `list`, `tuple` or `set`."""

    kind: str
    items: tuple[Value, ...]


class Many(msgspec.Struct, frozen=True):
    """Any number of values that are alike: a list made by a comprehension, what `list()` makes."""

    of: Value
    source: Value = UNKNOWN
    """What they were taken from."""

    is_lazy: bool = False
    """They are taken when somebody asks for them: by a generator expression, by `map`."""


class Entries(msgspec.Struct, frozen=True):
    """A dict with literal keys."""

    values: tuple[tuple[str, Value], ...]
    is_open: bool = False
    """It may have more."""

    rest: Value = UNKNOWN
    """What more it may have, where all of that was seen: `cache[code] = order`."""

    others: tuple[tuple[Value, Value], ...] = ()
    """What stands under keys that are no texts: classes."""

    def at(self, key: Value) -> Value:
        """The value of a key, whatever it is."""
        if isinstance(key, Constant):
            return self.get(str(key.value))
        if isinstance(key, Either):
            return any_of([self.at(option) for option in key.options])
        if key is UNKNOWN or isinstance(key, Object):
            return self.any()
        return next((value for other, value in self.others if other == key), UNKNOWN)

    def get(self, key: str) -> Value:
        """The value of a key."""
        return next((value for name, value in self.values if name == key), self.rest)

    def any(self) -> Value:
        """What one of its keys may stand for."""
        if self.is_open and self.rest is UNKNOWN:
            return UNKNOWN
        held = [value for _, value in (*self.values, *self.others)]
        return any_of([*held, *([self.rest] if self.is_open else ())])


class Either(msgspec.Struct, frozen=True):
    """One of a few values; where code branches, both results are possible."""

    options: tuple[Value, ...]


class Cells(msgspec.Struct, frozen=True, eq=False):
    """The names that a function inside a function sees of the one around it. Equal only to itself."""

    names: Mapping[str, Value]


class Closure(msgspec.Struct, frozen=True):
    """A function of the project, perhaps bound to an object, perhaps made inside another function."""

    function: ProjectFunction
    receiver: Value | None = None
    cells: Cells | None = None


class Method(msgspec.Struct, frozen=True):
    """A method of a value that a framework knows, not called yet."""

    receiver: Behaviour
    name: str


class Pending(msgspec.Struct, frozen=True):
    """What an `await` makes into a value: a coroutine."""

    value: Value


class Deferred(msgspec.Struct, frozen=True):
    """A lambda."""

    value: Value
    """What it gives, whatever it is called with."""

    form: Lambda
    module: Module
    function: ProjectFunction | None
    """The function that it stands in; None at the level of a module or class."""

    cells: Cells
    """The names around it."""


class Managed(msgspec.Struct, frozen=True):
    """A context manager made by a generator function of the project, not entered yet."""

    function: Closure
    arguments: Arguments


class Entered(msgspec.Struct, frozen=True):
    """What a `with` binds, and what happens at its end."""

    value: Value
    leave: Callable[[], None]


class Arguments(msgspec.Struct, frozen=True):
    """What a call passes."""

    positional: tuple[Value, ...] = ()
    named: tuple[tuple[str, Value], ...] = ()
    is_open: bool = False
    """There may be more: `*args`, `**kwargs`."""

    def get(self, name: str, position: int = -1) -> Value | None:
        """The argument of this name or at this position; None where it is not passed."""
        for key, value in self.named:
            if key == name:
                return value
        return self.positional[position] if 0 <= position < len(self.positional) else None


Value: TypeAlias = (
    "Answer | Constant | Object | Items | Many | Entries | Either | Closure | Method | Pending | Deferred"
    " | Managed | Behaviour"
)

_WIDEST = 4
_WIDEST_DATA = 12
"""Literals cost nothing to follow: the orders that a list may have, the fields that a search looks at."""

K = TypeVar("K")


def is_own_object(value: Value) -> bool:
    """Whether a value is an object of a class of the project, that no framework gives a meaning."""
    if value.__class__ is Either:
        return all(map(is_own_object, something(value)))
    return value.__class__ is Object and not isinstance(value.of, External)


def joined(first: Value, second: Value) -> Value:
    """One value or the other."""
    if first is second or first == second:
        return first
    if first.__class__ is Entries and second.__class__ is Entries:
        return _united(first, second)
    options = dict.fromkeys((*alternatives(first), *alternatives(second)))
    if len(options) <= _WIDEST or (len(options) <= _WIDEST_DATA and all(map(_is_data, options))):
        return Either(tuple(options))
    united = getattr(next(iter(options)), "united", None)
    return UNKNOWN if united is None else united(tuple(options))


def _is_data(value: Value) -> bool:
    return value.__class__ is Constant or (value.__class__ is Items and all(map(_is_data, value.items)))


def _united(first: Entries, second: Entries) -> Entries:
    """A dict that is one or the other; what only one of them has may be there or not."""
    mine, other = dict(first.values), dict(second.values)
    values = {
        name: joined(mine.get(name, UNKNOWN), other.get(name, UNKNOWN))
        for name in dict.fromkeys((*mine, *other))
    }
    is_open = first.is_open or second.is_open or mine.keys() != other.keys()
    rest = any_of([each.rest for each in (first, second) if each.is_open])
    keys = dict.fromkeys(key for key, _ in (*first.others, *second.others))
    others = tuple(
        (key, any_of([held for each in (first, second) for name, held in each.others if name == key]))
        for key in keys
    )
    return Entries(tuple(values.items()), is_open, rest, others)


def any_of(values: Iterable[Value]) -> Value:
    """One of some values; UNKNOWN where there are none."""
    found: Value | None = None
    for value in values:
        found = value if found is None else joined(found, value)
    return UNKNOWN if found is None else found


def alternatives(value: Value) -> tuple[Value, ...]:
    """What a value may be, one by one."""
    return value.options if value.__class__ is Either else (value,)


def something(value: Value) -> tuple[Value, ...]:
    """What a value may be, besides None: whoever asks something of it takes it not to be None."""
    if value.__class__ is not Either:
        return (value,) if value != NONE else ()
    return tuple([option for option in value.options if option != NONE])


def only(value: Value | None, kind: type[K]) -> tuple[K, ...]:
    """What a value may be, besides None, where all of that is of one kind; nothing otherwise."""
    if isinstance(value, kind):
        return (value,)
    if not isinstance(value, Either):
        return ()  # as nearly always
    options = something(value)
    found = tuple([option for option in options if isinstance(option, kind)])
    return found if len(found) == len(options) else ()


def texts(value: Value) -> tuple[str, ...]:
    """The texts that a value may be; nothing where it may be something else."""
    return all_texts(alternatives(value))


def all_texts(values: Sequence[Value]) -> tuple[str, ...]:
    """The texts that some values are, one by one; nothing where one of them is something else."""
    constants = [value.value for value in values if isinstance(value, Constant)]
    found = tuple([constant for constant in constants if isinstance(constant, str)])
    return found if len(found) == len(values) else ()


def text_of(value: Value | None) -> str:
    """The text that a value surely is; empty for all else."""
    return value.value if isinstance(value, Constant) and isinstance(value.value, str) else ""
