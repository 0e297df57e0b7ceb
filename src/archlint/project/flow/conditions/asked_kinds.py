"""Names that hold the kind of something: tests of them tell of it, in ways that nobody follows.

`model = type(row)`, `relation = getattr(model, name)`: where `isinstance(relation, Many)` holds, `name` is
one of those that lead to many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Form, Literal, Name, Subscript, last_name
from archlint.facts.forms import parts, walked_here
from archlint.facts.statements import Assign
from archlint.project.answer import UNKNOWN

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.functions import ProjectFunction

OF_CLASSES = frozenset({"__class__", "_meta"})
_WORDS = ("type", "getattr", *sorted(OF_CLASSES))

_LINES = frozenset({"__base__", "__bases__", "__mro__"})
_MARKS = tuple(name.encode() for name in sorted(_LINES))

_NOTHING: Mapping[str, frozenset[str]] = {}


class AskedKinds:
    """What the names of functions were asked of, looked up once for each function."""

    def __init__(self) -> None:
        self._known: dict[ProjectFunction, Mapping[str, frozenset[str]]] = {}
        self._answers: dict[ProjectFunction, Mapping[str, Call]] = {}

    def of(self, function: ProjectFunction) -> Mapping[str, frozenset[str]]:
        """By name: what was asked for its kind to get it, or tells which attribute it is."""
        known = self._known.get(function)
        if known is None:
            known = self._known[function] = _asked(function)
        return known

    def answers(self, function: ProjectFunction) -> Mapping[str, Call]:
        """The names that say what an object is, each with the question: `is_row = isinstance(value, Row)`."""
        known = self._answers.get(function)
        if known is None:
            known = self._answers[function] = _answered(function)
        return known


def forgotten(run: Place, test: Expression) -> None:
    """Forget what is known of that of which a test may tell the kind, whichever way it turns out."""
    if run.trace.module.speaks_of(*_MARKS) and _asks_line(test):
        run.path.names.update(dict.fromkeys(run.path.names, UNKNOWN))
        return
    names = set(whose_kind(test))
    asked = _NOTHING if run.function is None else run.flow.asked_kinds.of(run.function)
    if asked:
        for part in walked_here((test,)):
            if not isinstance(part, Name) or part.id not in asked:
                continue
            if isinstance(test, Call) or run.path.names.get(part.id, UNKNOWN) is UNKNOWN:
                names |= asked[part.id]
    for name in names:
        if name in run.path.names:
            run.path.names[name] = UNKNOWN


def _asks_line(test: Expression) -> bool:
    """Whether a test asks what a class inherits: `Order in self.model.__bases__`, of all that is of it."""
    return any(isinstance(part, Attribute) and part.attr in _LINES for part in walked_here((test,)))


def whose_kind(form: Form) -> Iterator[str]:
    """The names whose class is asked for: `type(x)`, `x[0].__class__.__name__`, `x._meta.model_name`."""
    if isinstance(form, Call) and isinstance(form.function, Name) and form.function.id == "type":
        yield from (argument.id for argument in form.arguments if isinstance(argument, Name))
    elif isinstance(form, Attribute):
        is_asked, root = form.attr in OF_CLASSES, form.value
        while isinstance(root, (Attribute, Subscript)):
            is_asked = is_asked or (isinstance(root, Attribute) and root.attr in OF_CLASSES)
            root = root.value
        if is_asked and isinstance(root, Name):
            yield root.id
    elif not isinstance(form, (Name, Literal)):
        for part in parts(form):
            yield from whose_kind(part)


def _asked(function: ProjectFunction) -> Mapping[str, frozenset[str]]:
    if not function.module.mentions(function.fact, *_WORDS):
        return _NOTHING
    found: dict[str, frozenset[str]] = {}
    for form in walked_here(function.module.statements(function.fact)):
        if isinstance(form, Assign) and len(form.targets) == 1 and isinstance(form.targets[0], Name):
            names = frozenset((*whose_kind(form.value), *_of_any_name(form.value))) - {form.targets[0].id}
            if names:
                found[form.targets[0].id] = names | found.get(form.targets[0].id, frozenset())
    return found


def _answered(function: ProjectFunction) -> Mapping[str, Call]:
    if not function.module.mentions(function.fact, "isinstance"):
        return {}
    bound: dict[str, list[Expression]] = {}
    for form in walked_here(function.module.statements(function.fact)):
        if isinstance(form, Assign):
            for target in form.targets:
                if isinstance(target, Name):
                    bound.setdefault(target.id, []).append(form.value)
    return {
        name: values[0]
        for name, values in bound.items()
        if len(values) == 1 and isinstance(values[0], Call) and last_name(values[0].function) == "isinstance"
    }


def _of_any_name(form: Expression) -> Iterator[str]:
    """`getattr(model, name)`: the name."""
    if not isinstance(form, Call) or not isinstance(form.function, Name) or form.function.id != "getattr":
        return
    if len(form.arguments) < 2 or isinstance(form.arguments[1], Literal):
        return
    for part in walked_here(form.arguments[1:2]):
        if isinstance(part, Name):
            yield part.id
