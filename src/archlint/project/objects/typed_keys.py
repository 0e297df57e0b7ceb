"""What the keys and variables say that carry a type for what is kept under them.

`current: ContextVar[Session] = ContextVar("current")` gives a session by `current.get()`, and
`request.app[ORDERS]` with `ORDERS = web.AppKey("orders", OrderRepository)` the repository.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name, Subscript
from archlint.project.answer import UNKNOWN, Definition, External

if TYPE_CHECKING:
    from archlint.project.functions import Functions
    from archlint.project.objects.promises import Promises, Value
    from archlint.project.scopes import Scopes

_VARIABLE: Final = "contextvars.ContextVar"
_LAST_OF_KEY: Final = "AppKey"
"""By convention a key of an application, whose second argument or parameter in brackets is the type."""


class TypedKeys:
    """The types of what is kept; a part of `Values`."""

    def __init__(self, scopes: Scopes, functions: Functions, promises: Promises) -> None:
        self._scopes = scopes
        self._functions = functions
        self._promises = promises

    def got(self, asked: Value) -> Value:
        """What `current.get()` gives, where that is what is asked for."""
        if not isinstance(asked, Definition) or asked.member != "get" or asked.kind is not Kind.VALUE:
            return UNKNOWN
        return self._promised(asked, lambda maker: maker == _VARIABLE, argument=-1)

    def under(self, key: Value) -> Value:
        """What is kept under a key."""
        if not isinstance(key, Definition) or key.member or key.kind is not Kind.VALUE:
            return UNKNOWN
        return self._promised(key, lambda maker: maker.endswith(f".{_LAST_OF_KEY}"), argument=1)

    def _promised(self, key: Definition, is_meant: Callable[[str], bool], argument: int) -> Value:
        """What the annotation of a key, the brackets behind its class, or an argument promise."""
        bound = self._functions.module_summary(key.module).bound.get(key.qualname, ())
        if len(bound) != 1 or not isinstance(made := bound[0].value, Call):
            return UNKNOWN
        maker = self._scopes.resolve(key.module, "", made.function)
        if not isinstance(maker, External) or not is_meant(maker.name):
            return UNKNOWN
        for written in (bound[0].annotation, made.function):
            if isinstance(written, Subscript):
                return self._promises.of(key.module, "", written.index)
        if 0 <= argument < len(made.arguments):
            return self._named(key, made.arguments[argument])
        return UNKNOWN

    def _named(self, key: Definition, written: Expression) -> Value:
        is_name = isinstance(written, (Name, Attribute, Subscript))
        return self._promises.of(key.module, "", written) if is_name else UNKNOWN
