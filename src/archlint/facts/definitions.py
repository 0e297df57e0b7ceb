"""Classes and functions, each with its body as a blob that is decoded when somebody asks."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from archlint.facts.bindings import Binding
from archlint.facts.expressions import Expression, Keyword
from archlint.facts.statements import Statement, decode_statements


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One parameter; `kind` is `positional`, `normal`, `star`, `keyword` or `double-star`."""

    name: str
    kind: str
    annotation: Expression | None
    default: Expression | None


class FunctionFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A function or method."""

    is_run_at_import: ClassVar[bool] = False
    """Whether its body runs as soon as its module is imported."""

    name: str
    qualname: str
    """As Python's `__qualname__`, with `()` for `<locals>`: `Cart.total`, `make().inner`."""

    owner: int
    """Index of the class whose body it stands in, or -1."""

    is_async: bool
    is_generator: bool
    decorators: tuple[Expression, ...]
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    locals: tuple[str, ...]
    """Every name the function binds itself, parameters included. Ask `Module.locals` for them."""

    line: int
    column: int
    end_line: int
    body: msgspec.Raw
    """Encoded `tuple[Statement, ...]`."""

    def statements(self) -> tuple[Statement, ...]:
        """Its body. Decoded anew at each call; ask `Module.statements` for it."""
        return decode_statements(self.body)


class ClassFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A class."""

    is_run_at_import: ClassVar[bool] = True

    name: str
    qualname: str
    bases: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    decorators: tuple[Expression, ...]
    members: tuple[Binding, ...]
    attributes: tuple[str, ...]
    """Names that its methods assign on their first parameter: `self.repo = repo`."""

    line: int
    column: int
    end_line: int
    body: msgspec.Raw
    """Encoded `tuple[Statement, ...]`."""

    def statements(self) -> tuple[Statement, ...]:
        """Its body. Decoded anew at each call; ask `Module.statements` for it."""
        return decode_statements(self.body)


class Definitions(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All classes and functions of a file, nested ones too, in the order of the source."""

    classes: tuple[ClassFact, ...]
    functions: tuple[FunctionFact, ...]


decode_definitions = msgspec.msgpack.Decoder(Definitions).decode
