"""What is put aside for others to find, by the words in the code: `app["session"] = …`, `g.db = …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Subscript
from archlint.facts.statements import Assign, Statement
from archlint.project.answer import UNKNOWN
from archlint.project.flow.kept.keeping import Keeping
from archlint.project.flow.telling import is_seen, is_telling
from archlint.project.flow.values import Value
from archlint.project.functions import ProjectFunction, mentioning
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.flow.calls.passed_generators import PassedGenerators
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.trace import Trace


_OF_ANOTHER = frozenset({"context", "ctx", "state"})
"""Words that say nothing without the one before."""


class Shelf(msgspec.Struct, frozen=True):
    """A place where things are put aside, by the words that lead there: `app`, `request.state`."""

    name: str
    key: str


class Shelves:
    """Knows what any function of the project puts aside. Frameworks say by which names that is done."""

    def __init__(self, flow: Flow, generators: PassedGenerators) -> None:
        self._flow = flow
        self._declared = frozenset(name for semantics in flow.semantics for name in semantics.shelves)
        self._names = frozenset(name.rpartition(".")[2] for name in self._declared)
        self._generators = generators
        self._yielded = {shelf: by for semantics in flow.semantics for shelf, by in semantics.yielded.items()}
        self._held: dict[Shelf, Keeping] = {}
        self._putting: dict[Shelf, list[ProjectFunction]] | None = None
        self._searched: set[Shelf] = set()
        self._speaking: dict[Shelf, tuple[ProjectFunction, ...]] = {}

    def __iter__(self) -> Iterator[tuple[Shelf, Value]]:
        for shelf, keeping in self._held.items():
            for value in keeping.values():
                yield shelf, value
        yield from self._flow.standing

    def put(self, trace: Trace, on: Expression, key: Expression | str, value: Value) -> None:
        """A run sets something on what an expression leads to."""
        shelf = self._shelf(on, key)
        if shelf is not None:
            self.put_aside(trace, shelf, value)

    def get(self, on: Expression, key: Expression | str) -> Value:
        """What anybody has put there; UNKNOWN for nothing."""
        shelf = self._shelf(on, key)
        if shelf is None:
            return UNKNOWN
        found = self._found(shelf)
        if found is UNKNOWN and shelf.name == "state":  # as Litestar passes that of the application
            found = self._found(Shelf("app.state", shelf.key))
        if found is UNKNOWN and shelf.name in self._yielded:
            by = self._yielded[shelf.name]
            found = self._generators.yielded(by, shelf.key)
            self.put_aside(None, Shelf(by, shelf.key), found)  # it outlasts all requests
        return found

    def put_aside(self, trace: Trace | None, shelf: Shelf, value: Value) -> None:
        """Something is put where only its maker says which place it is."""
        if is_telling(value) or is_seen(value):
            self._held.setdefault(shelf, Keeping()).put(trace, value)

    def aside(self, shelf: Shelf, word: str, *others: str) -> Value:
        """What stands there once every function has run whose body has all of some words."""
        if shelf not in self._speaking:
            self._speaking[shelf] = tuple(self._all_speaking(word, *others))
        self._flow.run_all(self._speaking[shelf])
        return self._standing(shelf)

    def _all_speaking(self, *words: str) -> Iterator[ProjectFunction]:
        """The functions whose bodies have all of some words."""
        for module in self._flow.project.view(Words).modules(words[0]):
            for function in mentioning(module, words[0]):
                if all(module.mentions(function.fact, other) for other in words[1:]):
                    yield function

    def _found(self, shelf: Shelf) -> Value:
        putting = self._functions().get(shelf, ())
        self._flow.run_all(putting)
        if shelf not in self._searched:
            self._searched.add(shelf)
            if self._standing(shelf) is UNKNOWN:
                self._flow.composed.run_first(putting)
        return self._standing(shelf)

    def taken(self, function: Expression, key: Expression) -> Value | None:
        """`app.get("session")`; None for nothing."""
        found = self.get(function.value, key) if isinstance(function, Attribute) else UNKNOWN
        return None if found is UNKNOWN else found

    def _standing(self, shelf: Shelf) -> Value:
        keeping = self._held.get(shelf)
        return UNKNOWN if keeping is None else keeping.found()

    def _functions(self) -> dict[Shelf, list[ProjectFunction]]:
        """The functions that put something aside, by where they do."""
        if self._putting is None:
            self._putting = {}
            for module in self._flow.project.modules if self._names else ():
                for function in mentioning(module, *self._names):
                    self._note(function, self._putting)
        return self._putting

    def _note(self, function: ProjectFunction, table: dict[Shelf, list[ProjectFunction]]) -> None:
        for target in _targets(function.module.statements(function.fact)):
            key = target.attr if isinstance(target, Attribute) else target.index
            shelf = self._shelf(target.value, key)
            if shelf is not None:
                table.setdefault(shelf, []).append(function)

    def _shelf(self, on: Expression, key: Expression | str) -> Shelf | None:
        last = _last_word(on)
        if last not in self._names:
            return None  # as nearly always
        words = _words(on)
        if last not in self._declared and words not in self._declared:
            return None  # a `context` of nobody knows what
        text = key if isinstance(key, str) else _text(key)
        return Shelf(words, text) if text else None


def _targets(statements: tuple[Statement, ...]) -> Iterator[Attribute | Subscript]:
    """What is set anywhere in some statements."""
    for statement in statements:
        if isinstance(statement, Assign):
            yield from (each for each in statement.targets if isinstance(each, (Attribute, Subscript)))
        for part in ("body", "orelse", "final"):
            yield from _targets(getattr(statement, part, ()))
        for handler in getattr(statement, "handlers", ()):
            yield from _targets(handler.body)


def _words(form: Expression) -> str:
    """The last word of a chain; some take the one before along, since an app and a request have a `state`."""
    if isinstance(form, Call):
        return _words(form.function)
    if isinstance(form, Attribute) and form.attr in _OF_ANOTHER:
        return f"{_last_word(form.value)}.{form.attr}"
    return _last_word(form)


def _last_word(form: Expression) -> str:
    if isinstance(form, Attribute):
        return form.attr
    if isinstance(form, Name):
        return form.id
    return _last_word(form.function) if isinstance(form, Call) else ""


def _text(key: Expression) -> str:
    """The key: a text, or the name of a constant."""
    if isinstance(key, Literal):
        return key.value if isinstance(key.value, str) else ""
    if isinstance(key, Attribute):
        return key.attr
    return key.id if isinstance(key, Name) else ""
