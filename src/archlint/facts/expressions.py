"""The lean symbolic form of an expression: what it says, without the tree.

A place is one pair of numbers, since the other end follows from the form: names, literals and
collections keep where they start, attributes, calls and subscripts where they end (they start where
their innermost value starts). Lines start at 1; columns are the parser's, counted in bytes of UTF-8
from 0.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Form(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The base of all forms. They never refer back, so the garbage collector may skip them."""


class Name(Form, frozen=True, tag=0):
    """`order`. What it stands for is a question to the scope, not to the form."""

    id: str
    line: int
    column: int


class Attribute(Form, frozen=True, tag=1):
    """`value.attr`; the place is its end."""

    value: Expression
    attr: str
    line: int
    column: int


class Keyword(Form, frozen=True):
    """`name=value` in a call or a class statement; the name of `**value` is empty."""

    name: str
    value: Expression
    line: int
    column: int


class Call(Form, frozen=True, tag=2):
    """`function(*arguments, **keywords)`; the place is its end."""

    function: Expression
    arguments: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    line: int
    column: int


class Literal(Form, frozen=True, tag=3):
    """A number, a truth value, None or text. `truncated` text was cut after its first characters."""

    value: str | int | float | bool | None
    line: int
    column: int
    truncated: bool = False


class Template(Form, frozen=True, tag=4):
    """An f-string: text and the expressions between."""

    parts: tuple[Expression, ...]
    line: int
    column: int


class Collection(Form, frozen=True, tag=5):
    """A list, tuple or set display; `kind` is `list`, `tuple` or `set`."""

    kind: str
    items: tuple[Expression, ...]
    line: int
    column: int


class Mapping(Form, frozen=True, tag=6):
    """A dict display; the key of `**value` is None."""

    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]
    line: int
    column: int


class Subscript(Form, frozen=True, tag=7):
    """`value[index]`; the place is its end."""

    value: Expression
    index: Expression
    line: int
    column: int


class Slice(Form, frozen=True, tag=8):
    """`lower:upper:step` inside a subscript."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


class Starred(Form, frozen=True, tag=9):
    """`*value`."""

    value: Expression


class Operation(Form, frozen=True, tag=10):
    """Operands joined by one operator: `a + b + c`, `a and b`, `not a`.

    A chain of one operator is one operation, however long: a generated sum of ten thousand terms is
    wide, not deep.
    """

    operator: str
    operands: tuple[Expression, ...]
    line: int
    column: int


class Comparison(Form, frozen=True, tag=11):
    """`left < right == other`."""

    left: Expression
    operators: tuple[str, ...]
    others: tuple[Expression, ...]
    line: int
    column: int


class Conditional(Form, frozen=True, tag=12):
    """`body if test else orelse`."""

    test: Expression
    body: Expression
    orelse: Expression


class Generator(Form, frozen=True):
    """One `for target in iterable if …` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]
    is_async: bool


class Comprehension(Form, frozen=True, tag=13):
    """`kind` is `list`, `set`, `dict` or `generator`; a dict's element is a tuple of key and value."""

    kind: str
    element: Expression
    generators: tuple[Generator, ...]
    line: int
    column: int


class Lambda(Form, frozen=True, tag=14):
    """`lambda parameters: body`."""

    parameters: tuple[str, ...]
    body: Expression
    line: int
    column: int


class Await(Form, frozen=True, tag=15):
    """`await value`."""

    value: Expression
    line: int
    column: int


class Yield(Form, frozen=True, tag=16):
    """`yield value`, or with `delegates` `yield from value`."""

    value: Expression | None
    delegates: bool
    line: int
    column: int


class Walrus(Form, frozen=True, tag=17):
    """`target := value`."""

    target: str
    value: Expression
    line: int
    column: int


class Opaque(Form, frozen=True, tag=18):
    """Something no rule can look into; whatever asks about it is told `Unknown`."""

    line: int
    column: int


Expression: TypeAlias = (
    Name
    | Attribute
    | Call
    | Literal
    | Template
    | Collection
    | Mapping
    | Subscript
    | Slice
    | Starred
    | Operation
    | Comparison
    | Conditional
    | Comprehension
    | Lambda
    | Await
    | Yield
    | Walrus
    | Opaque
)


def last_name(form: Form) -> str:
    """The last name of a chain: `total` of `order.items.total`; empty for what is no chain of names."""
    if isinstance(form, Attribute):
        return form.attr
    return form.id if isinstance(form, Name) else ""


def says(form: object, constant: bool | None) -> bool:
    """Whether it is `True`, `False` or `None`, in so many words."""
    return isinstance(form, Literal) and form.value is constant


def is_spread(form: object, name: str) -> bool:
    """Whether it is `*name`."""
    return isinstance(form, Starred) and isinstance(form.value, Name) and form.value.id == name


def written_text(form: object) -> str | None:
    """A text that is written out as one literal; None for all else."""
    return form.value if isinstance(form, Literal) and isinstance(form.value, str) else None


def dotted(form: Form) -> str:
    """A chain of names as it is written: `order.items.total`; empty for anything else."""
    if isinstance(form, Attribute):
        before = dotted(form.value)
        return f"{before}.{form.attr}" if before else ""
    return form.id if isinstance(form, Name) else ""
