"""The models of all apps at one point of the migrations.

Of its own app a migration knows all that was done before it. Of another one it has at least what it depends
on, and at most all there is: it depends on the order in which the apps are migrated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Call, last_name
from archlint.frameworks.django.migrations.states import ModelState, State

if TYPE_CHECKING:
    from archlint.frameworks.django.migrations.history import History, Migration, Step


class Moment:
    """The point at which one function of a migration runs."""

    def __init__(self, history: History, step: Step, since: Callable[[str, frozenset[str]], State]) -> None:
        self.label = history.label
        self.key = f"{history.label}.{step.migration.name}:{step.at}"
        self._own = step.state
        self._since = since
        self._needed = _needed(history, step.migration)

    def state(self, label: str) -> State:
        """The models of an app; none where it has no history."""
        if label == self.label:
            return self._own
        return self._since(label, self._needed.get(label, frozenset()))

    def find(self, label: str, name: str) -> ModelState | None:
        """A model by what it is called, or was called before, in lower case."""
        state = self.state(label)
        return state.get(name) or next((one for one in state.values() if name in one.former), None)


def is_settled(history: History, migration: Migration) -> bool:
    """Whether every other migration of the app comes before it or after it, however they are run."""
    before: dict[str, set[str]] = {}
    for one in history.migrations:
        names = {history.stands_for(name) for name in one.after}
        before[one.name] = names.union(*(before.get(name, set()) for name in names))
    at = history.migrations.index(migration)
    is_first_known = len(before[migration.name]) == at
    return is_first_known and all(migration.name in before[one.name] for one in history.migrations[at + 1 :])


def _needed(history: History, migration: Migration) -> Mapping[str, frozenset[str]]:
    """The migrations of other apps that come before one, or before one that comes before it, by label."""
    found: dict[str, frozenset[str]] = {}
    for one in history.migrations[: history.migrations.index(migration) + 1]:
        for label, name in one.elsewhere:
            found[label] = found.get(label, frozenset()) | {name}
    return found


def first_of(history: History, names: Iterable[str]) -> int:
    """The place of the last of some migrations; -1 where none is named, and the app may have nothing yet."""
    places = {one.name: at for at, one in enumerate(history.migrations)}
    places |= {"__first__": 0, "__latest__": len(places) - 1}
    return max((places.get(history.stands_for(name), 0) for name in names), default=-1)


def merged(states: Sequence[State]) -> State:
    """Every model and every field that some state has; what is not alike in all of them is unsure."""
    found, last = dict(states[0]), states[0]
    for state in states[1:]:
        for name, model in state.items():
            if name not in found:
                found[name] = _doubted(model)
            elif last.get(name) is not model:
                found[name] = _united(found[name], model)
        last = state
    return {name: model if name in last else _doubted(model) for name, model in found.items()}


def _doubted(model: ModelState) -> ModelState:
    """A model that may be there or not: what leads from it elsewhere is unsure."""
    return replace(model, unsure={name: model.calls(name) for name in model.fields})


def _united(earlier: ModelState, later: ModelState) -> ModelState:
    """A model that is the one or the other."""
    unsure = dict(earlier.unsure)
    for name in earlier.fields.keys() | later.fields.keys():
        is_in_both = name in earlier.fields and name in later.fields
        if not is_in_both or (
            earlier.fields[name] is not later.fields[name] and not _is_alike(earlier, later, name)
        ):
            unsure[name] = frozenset().union(
                *(one.calls(name) for one in (earlier, later) if name in one.fields)
            )
    return replace(
        later,
        fields={**earlier.fields, **later.fields},
        written_in={**earlier.written_in, **later.written_in},
        former=earlier.former | later.former,
        unsure=unsure,
    )


def _is_alike(earlier: ModelState, later: ModelState, name: str) -> bool:
    """Whether a field was altered without becoming one of another class, or leading elsewhere."""
    one, other = earlier.fields[name], later.fields[name]
    if name in earlier.unsure or not isinstance(one, Call) or not isinstance(other, Call):
        return False
    last = last_name(one.function)
    return last == last_name(other.function) and last.endswith("Field") and last not in _LEADING


_LEADING = frozenset({"OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField"})
