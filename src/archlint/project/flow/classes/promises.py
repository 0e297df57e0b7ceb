"""What annotations promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Collection, Expression, Literal, Name, Operation, Subscript
from archlint.project.answer import UNKNOWN, Definition, External
from archlint.project.flow.values import NONE, Items, Many, Pending, Value, joined
from archlint.project.objects.fixtures import Fixtures

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place
    from archlint.project.functions import ProjectFunction

_TRANSPARENT = frozenset({"Annotated", "ClassVar", "Final", "Required", "NotRequired", "InitVar"})
_MANY = frozenset(
    {
        "list",
        "List",
        "set",
        "Set",
        "frozenset",
        "FrozenSet",
        "Sequence",
        "MutableSequence",
        "Iterable",
        "Iterator",
        "Collection",
        "AsyncIterable",
        "AsyncIterator",
        "Generator",
        "AsyncGenerator",
        "deque",
    }
)


class Promises:
    """Annotations as values, seen from where they are written."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._fixtures = flow.project.view(Fixtures)

    def of_parameter(self, run: Place, function: ProjectFunction, parameter: Parameter) -> Value:
        """What a parameter may be by its annotation, where no fixture of pytest says otherwise."""
        if self._fixtures.contradicts(function, parameter):
            return UNKNOWN
        return self.of(run, parameter.annotation)

    def of(self, run: Place, annotation: Expression | None) -> Value:
        """What a value with this annotation may be; UNKNOWN where it says nothing of use."""
        if annotation is None:
            return UNKNOWN
        if isinstance(annotation, Operation) and annotation.operator == "|":
            return self._one_of(run, annotation.operands)
        if isinstance(annotation, Subscript):
            return self._generic(run, annotation)
        if isinstance(annotation, Literal):
            if annotation.value is None:
                return NONE
            return self._written(run, annotation.value) if isinstance(annotation.value, str) else UNKNOWN
        if not isinstance(annotation, (Name, Attribute)):
            return UNKNOWN
        value = run.of(annotation)
        if isinstance(value, Definition) and value.kind is Kind.VALUE:
            return UNKNOWN
        return self._flow.instance_of(value, run)

    def _one_of(self, run: Place, operands: tuple[Expression, ...]) -> Value:
        found: Value | None = None
        for operand in operands:
            value = self.of(run, operand)
            found = value if found is None else joined(found, value)
        return UNKNOWN if found is None else found

    def _generic(self, run: Place, annotation: Subscript) -> Value:
        written = annotation.value
        wrapper = getattr(written, "attr", None) or getattr(written, "id", "")
        inner = annotation.index
        parts = inner.items if isinstance(inner, Collection) else (inner,)
        if wrapper == "Annotated":
            return self._annotated(run, parts)
        if wrapper in _TRANSPARENT:
            return self.of(run, parts[0])
        if wrapper == "Optional":
            return joined(NONE, self.of(run, parts[0]))
        if wrapper == "Union":
            return self._one_of(run, parts)
        if wrapper in _MANY:
            return Many(self.of(run, parts[0]))
        if wrapper in ("tuple", "Tuple"):
            if len(parts) == 2 and isinstance(parts[1], Literal):
                return Many(self.of(run, parts[0]))
            return Items("tuple", tuple([self.of(run, part) for part in parts]))
        if wrapper in ("Awaitable", "Coroutine"):
            return Pending(self.of(run, parts[-1]))
        if wrapper in ("type", "Type"):
            return run.of(parts[0])
        return self._flow.instance_of(run.of(written), run, tuple(run.of(part) for part in parts))

    def _annotated(self, run: Place, parts: tuple[Expression, ...]) -> Value:
        """`Annotated[Session, Depends(get_session)]`: what is added may say more than the type."""
        for part in parts[1:]:
            said = self._flow.injected(run.of(part), run)
            if said is not None and said is not UNKNOWN:
                return said
        return self.of(run, parts[0])

    def _written(self, run: Place, text: str) -> Value:
        """An annotation in quotes, if it is a plain dotted name, perhaps `| None` or in a list."""
        text = text.strip()
        if text.endswith("| None"):
            return joined(NONE, self._written(run, text.removesuffix("| None")))
        opening = text.find("[")
        if opening > 0 and text.endswith("]"):
            wrapper, inner = text[:opening].rpartition(".")[2], text[opening + 1 : -1]
            if wrapper == "Optional":
                return joined(NONE, self._written(run, inner))
            return Many(self._written(run, inner)) if wrapper in _MANY and "," not in inner else UNKNOWN
        first, *rest = text.split(".")
        if not all(part.isidentifier() for part in (first, *rest)):
            return UNKNOWN
        value = run.of(Name(first, 0, 0))
        for part in rest:
            value = self._flow.attribute(run, value, part)
        return self._flow.instance_of(value, run)


BUILTIN_SCALARS = frozenset(
    {"str", "int", "float", "bool", "bytes", "complex", "object", "None", "dict", "Any"}
)


def is_scalar(value: Value) -> bool:
    """Whether a class is one of which nothing is ever asked here."""
    return isinstance(value, External) and value.name.removeprefix("builtins.") in BUILTIN_SCALARS
