"""The lean symbolic form of a statement."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from archlint.facts.expressions import Expression, Form


class Assign(Form, frozen=True, tag=0):
    """`targets = value`; an augmented assignment keeps its operator (`+`)."""

    targets: tuple[Expression, ...]
    value: Expression
    line: int
    operator: str = ""


class Annotate(Form, frozen=True, tag=1):
    """`target: annotation = value`."""

    target: Expression
    annotation: Expression
    value: Expression | None
    line: int


class Evaluate(Form, frozen=True, tag=2):
    """An expression for its effect."""

    value: Expression
    line: int


class Return(Form, frozen=True, tag=3):
    """`return value`."""

    value: Expression | None
    line: int


class If(Form, frozen=True, tag=4):
    """`if test: body else: orelse`."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    line: int


class For(Form, frozen=True, tag=5):
    """`for target in iterable: body else: orelse`."""

    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    is_async: bool
    line: int


class While(Form, frozen=True, tag=6):
    """`while test: body else: orelse`."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    line: int


class WithItem(Form, frozen=True):
    """`context as target`."""

    context: Expression
    target: Expression | None


class With(Form, frozen=True, tag=7):
    """`with items: body`."""

    items: tuple[WithItem, ...]
    body: tuple[Statement, ...]
    is_async: bool
    line: int


class Handler(Form, frozen=True):
    """`except type as name: body`; a bare `except` has no type."""

    type: Expression | None
    name: str
    body: tuple[Statement, ...]
    line: int


class Try(Form, frozen=True, tag=8):
    """`try` with its handlers, `else` and `finally`."""

    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]
    line: int


class Case(Form, frozen=True):
    """`case pattern if guard: body`; of the pattern, the names it binds."""

    names: tuple[str, ...]
    guard: Expression | None
    body: tuple[Statement, ...]


class Match(Form, frozen=True, tag=9):
    """`match subject` with its cases."""

    subject: Expression
    cases: tuple[Case, ...]
    line: int


class Raise(Form, frozen=True, tag=10):
    """`raise value from cause`."""

    value: Expression | None
    cause: Expression | None
    line: int


class Delete(Form, frozen=True, tag=11):
    """`del targets`."""

    targets: tuple[Expression, ...]
    line: int


class Assert(Form, frozen=True, tag=12):
    """`assert test`; the message is of no interest."""

    test: Expression
    line: int


class DefineFunction(Form, frozen=True, tag=13):
    """A function statement: the index of its fact."""

    index: int
    line: int


class DefineClass(Form, frozen=True, tag=14):
    """A class statement: the index of its fact."""

    index: int
    line: int


class ImportNames(Form, frozen=True, tag=15):
    """An import statement: the indices of its facts, one a name."""

    first: int
    count: int
    line: int


class Declare(Form, frozen=True, tag=16):
    """`global names` or `nonlocal names`."""

    kind: str
    names: tuple[str, ...]
    line: int


class Jump(Form, frozen=True, tag=17):
    """`break`, `continue` or `pass`."""

    kind: str
    line: int


class Hidden(Form, frozen=True, tag=18):
    """A statement nested too deeply to be walked; whatever asks about it is told `Unknown`."""

    line: int


Statement: TypeAlias = (
    Assign
    | Annotate
    | Evaluate
    | Return
    | If
    | For
    | While
    | With
    | Try
    | Match
    | Raise
    | Delete
    | Assert
    | DefineFunction
    | DefineClass
    | ImportNames
    | Declare
    | Jump
    | Hidden
)

decode_statements = msgspec.msgpack.Decoder(tuple[Statement, ...]).decode
