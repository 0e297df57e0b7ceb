"""What annotations promise: the class of an object, through aliases, quotes and wrappers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
    last_name,
    says,
)
from archlint.project.answer import UNKNOWN, Answer, Definition, External
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.reads import Reads
    from archlint.project.scopes import Scopes
    from archlint.project.symbols import Symbols


class Instance(msgspec.Struct, frozen=True):
    """An object of a class of the project, or of one outside it by its dotted name."""

    of: ProjectClass | External


Value: TypeAlias = "Instance | Answer"
"""An instance, or what a name stands for: a module, a class, a function, something external."""

CALLS_ITS_FIRST = "*"
"""Among the results of what is outside: calling what is made calls its first argument, as with `partial`."""

NAMED_BY_FIRST = "."
"""The same: the first argument names what is given, as with Django's `import_string`."""

_WRAPPERS = frozenset({"Optional", "Annotated", "ClassVar", "Final", "Mapped", "Required", "NotRequired"})


class Promises:
    """The promises of annotations where they stand; a part of `Values`."""

    def __init__(
        self, reads: Reads, scopes: Scopes, symbols: Symbols, hierarchy: ClassHierarchy, functions: Functions
    ) -> None:
        self._scopes = scopes
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._functions = functions
        self._aliases = Memo(reads, self._alias, circular=_unknown)

    def of(self, module: Module, scope: str, annotation: Expression | None) -> Value:
        """The instance that an annotation promises where it stands in a scope, as `Import.scope` has it."""
        if isinstance(annotation, Operation) and annotation.operator == "|":
            parts = [p for p in annotation.operands if not says(p, None)]
            return self.of(module, scope, parts[0]) if len(parts) == 1 else UNKNOWN
        if isinstance(annotation, Subscript):
            wrapper = getattr(annotation.value, "attr", None) or getattr(annotation.value, "id", "")
            if wrapper in _WRAPPERS:
                index = annotation.index
                inner = index.items[0] if isinstance(index, Collection) and index.items else index
                return self.of(module, scope, inner)
        if isinstance(annotation, Literal) and isinstance(annotation.value, str):
            return self._written(module, scope, annotation.value)
        if annotation is None or isinstance(annotation, Literal):
            return UNKNOWN
        return self._instance(self._scopes.resolve(module, scope, annotation))

    def bound(self, module: Module, scope: str, annotation: Expression | None) -> Value:
        """The instance that a type variable promises at least: `T = TypeVar("T", bound=Order)`."""
        if not isinstance(annotation, (Name, Attribute)):
            return UNKNOWN
        variable = self._scopes.resolve(module, scope, annotation)
        if not isinstance(variable, Definition) or variable.kind is not Kind.VALUE or variable.member:
            return UNKNOWN
        made = self._functions.module_summary(variable.module).bound.get(variable.qualname, ())
        call = made[0].value if len(made) == 1 else None
        if not isinstance(call, Call) or last_name(call.function) != "TypeVar":
            return UNKNOWN
        bounds = (keyword.value for keyword in call.keywords if keyword.name == "bound")
        return self.of(variable.module, "", next(bounds, None))

    def _alias(self, key: tuple[Module, str]) -> Value:
        """What a name for a type stands for: `SessionDep = Annotated[Session, Depends(get_session)]`."""
        module, name = key
        bound = self._functions.module_summary(module).bound.get(name, ())
        if len(bound) != 1 or bound[0].how != "assign":
            return UNKNOWN
        value = bound[0].value
        if isinstance(value, Call) and last_name(value.function) == "NewType" and len(value.arguments) == 2:
            value = value.arguments[1]
        return self.of(module, "", value)

    def _written(self, module: Module, scope: str, text: str) -> Value:
        """An annotation in quotes, if it is a plain dotted name, or that or None."""
        whole = text.strip().removeprefix("None |").removesuffix("| None").strip()
        if whole.startswith("Optional[") and whole.endswith("]"):
            whole = whole[len("Optional[") : -1]
        first, *rest = whole.split(".")
        if not all(part.isidentifier() for part in (first, *rest)):
            return UNKNOWN
        found = self._scopes.name(module, scope, first)
        for part in rest:
            found = self._symbols.attribute(found, part)
        return self._instance(found)

    def _instance(self, answer: Answer) -> Value:
        if isinstance(answer, External):
            return Instance(answer)
        if isinstance(answer, Definition) and answer.kind is Kind.VALUE and not answer.member:
            return self._aliases((answer.module, answer.qualname))
        owner = self._hierarchy.of(answer)
        return Instance(owner) if owner else UNKNOWN


def same(values: list[Value]) -> Value:
    """What several ways make of a value, where they agree."""
    first = values[0] if values else UNKNOWN
    return first if all(value == first for value in values[1:]) else UNKNOWN


def yielded(returns: Expression) -> Expression:
    """What `Iterator[Session]` or `Generator[Session, None, None]` says is yielded."""
    if not isinstance(returns, Subscript):
        return returns
    index = returns.index
    return index.items[0] if isinstance(index, Collection) and index.items else index


def _unknown(_: object) -> Value:
    return UNKNOWN
