"""What views take out of the validated data of a serializer: `serializer.validated_data["lines"]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Literal,
    Name,
    Subscript,
    written_text,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.serializers import Serializer, Serializers
from archlint.frameworks.drf.validated_names import TakenKey, ValidatedNames
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.scopes import Scopes
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_HELD = "validated_data"
_GIVEN = frozenset({"perform_create", "perform_update"})
_MANY = frozenset({"many", ""})
_CHOOSING = ("get_serializer", "get_serializer_class")
_ADDING = frozenset({"update", "setdefault", "clear"})
_LOOKING = frozenset({"dict", "len", "list", "print", "sorted", "str"})


class _Function(msgspec.Struct, frozen=True):
    """A function with what it works with."""

    project: Project
    function: ProjectFunction

    def serializer(self, name: str) -> Serializer | None:
        """The serializer that a name stands for; None where nobody can tell."""
        parameters = [each.name for each in self.function.fact.parameters]
        if name in parameters[1:2] and self.function.fact.name in _GIVEN:
            return self._of_view()
        ways = self.project.view(Functions).summary(self.function).bound.get(name, ())
        made = ways[0].value if len(ways) == 1 and ways[0].how == "assign" else None
        if not isinstance(made, Call) or name in parameters or any(k.name in _MANY for k in made.keywords):
            return None
        is_asked = isinstance(made.function, Attribute) and made.function.attr == "get_serializer"
        if is_asked and isinstance(made.function, Attribute):
            return self._of_view() if self._is_self(made.function.value) else None
        return self._named(self.function.module, self.function.scope, made.function)

    def _is_self(self, form: Expression) -> bool:
        return isinstance(form, Name) and form.id == self.function.receiver

    def _of_view(self) -> Serializer | None:
        """What `self.get_serializer()` makes, where the class says so once for all its actions."""
        if self.function.fact.owner < 0 or "action" in self.function.decorators:
            return None
        cls = ProjectClass(self.function.module, self.function.fact.owner)
        values = self.project.view(ClassValues)
        if self.project.view(ClassHierarchy).below(cls) or any(values.of(cls, one) for one in _CHOOSING):
            return None
        said = values.of(cls, "serializer_class")
        if said is None or said.value is None:
            return None
        return self._named(said.holder.module, said.holder.fact.qualname, said.value)

    def _named(self, module: Module, scope: str, form: Expression) -> Serializer | None:
        found = self.project.view(Scopes).resolve(module, scope, form)
        cls = self.project.view(ClassHierarchy).of(found)
        return self.project.view(Serializers).of(cls) if cls is not None else None


def read_keys(project: Project) -> Iterator[TakenKey]:
    """Every key that a function takes out of what one serializer has validated, and has to find there."""
    names = ValidatedNames(project)
    for module in project.modules:
        if is_test(module.path):
            continue
        for function in mentioning(module, _HELD):
            of = _Function(project, function)
            for name, form, key in _taken(project, function):
                serializer = of.serializer(name)
                if serializer is not None:
                    yield TakenKey(serializer, function, form, key, names.reason(serializer, key))


def _taken(project: Project, function: ProjectFunction) -> Iterator[tuple[str, Call | Subscript, str]]:
    """`serializer.validated_data["lines"]`, or out of a name for it; with the name of the serializer."""
    bound = project.view(Functions).summary(function).bound
    names = {name: _holder(ways[0].value) for name, ways in bound.items() if len(ways) == 1}
    forms = list(walked(function.module.statements(function.fact)))

    def is_held(form: object) -> bool:
        return bool(_holder(form) or (isinstance(form, Name) and names.get(form.id)))

    if any(isinstance(form, Call) and _may_add(form, is_held) for form in forms):
        return
    asked = set(_asked(forms, is_held))
    for form in forms:
        key = _key(form, is_held)
        if key is None or key in asked or not isinstance(form, (Call, Subscript)):
            continue
        held = form.value if isinstance(form, Subscript) else getattr(form.function, "value", None)
        holder = _holder(held) or names.get(getattr(held, "id", ""), "")
        if holder and not _is_caught(function, form):
            yield holder, form, key


def _holder(form: object) -> str:
    """The name whose validated data a form is."""
    if not isinstance(form, Attribute) or form.attr != _HELD:
        return ""
    return form.value.id if isinstance(form.value, Name) else ""


def _key(form: Form, is_held: Callable[[object], bool]) -> str | None:
    """The text in `held["lines"]` or `held.pop("lines")`."""
    key: Expression | None = None
    if isinstance(form, Subscript) and is_held(form.value):
        key = form.index
    elif isinstance(form, Call) and len(form.arguments) == 1 and not form.keywords:
        function = form.function
        is_popped = isinstance(function, Attribute) and function.attr == "pop" and is_held(function.value)
        key = form.arguments[0] if is_popped else None
    return written_text(key)


def _may_add(call: Call, is_held: Callable[[object], bool]) -> bool:
    """Whether a call puts something into what is held, or hands it to somebody who may."""
    function = call.function
    if isinstance(function, Attribute) and function.attr in _ADDING and is_held(function.value):
        return True
    is_plain = isinstance(function, Name) and function.id in _LOOKING
    return not is_plain and any(map(is_held, call.arguments))


def _asked(forms: Iterable[Form], is_held: Callable[[object], bool]) -> Iterator[object]:
    """The keys that are looked for before, or set."""
    for form in forms:
        if isinstance(form, Comparison) and isinstance(form.left, Literal):
            yield form.left.value
        elif isinstance(form, Assign):
            targets = (each for each in form.targets if isinstance(each, Subscript) and is_held(each.value))
            yield from (getattr(each.index, "value", None) for each in targets)


def _is_caught(function: ProjectFunction, form: Form) -> bool:
    line = getattr(form, "line", 0)
    return any(is_tried(function.module, line, error) for error in ("KeyError", "LookupError", "Exception"))
