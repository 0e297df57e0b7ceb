"""Classes and functions, each with its body as a blob that is decoded when somebody asks."""

from __future__ import annotations

import msgspec

from archlint.facts.bindings import Binding
from archlint.facts.expressions import Expression, Keyword


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One parameter; `kind` is `positional`, `normal`, `star`, `keyword` or `double-star`."""

    name: str
    kind: str
    annotation: Expression | None
    default: Expression | None


class FunctionFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A function or method."""

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


class ClassFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A class."""

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


class Definitions(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All classes and functions of a file, nested ones too, in the order of the source."""

    classes: tuple[ClassFact, ...]
    functions: tuple[FunctionFact, ...]
