"""Annotations as SQLAlchemy reads them: `Mapped[list["Order"]]`, `Mapped[str | None]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from archlint.facts.expressions import (
    Attribute,
    Collection,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
    dotted,
)

_TOKEN = re.compile(r"[\w.]+|[\[\],|\"']")
_DEEPEST = 20

_COLUMN = "MappedColumn"
"""`Mapped` that says it is a column."""

WRAPPERS = frozenset({"Mapped", "DynamicMapped", "WriteOnlyMapped", "AppenderMapped", _COLUMN})
_COLLECTIONS = frozenset(
    {
        "AbstractSet",
        "Collection",
        "Deque",
        "Dict",
        "FrozenSet",
        "Iterable",
        "KeyFuncDict",
        "List",
        "Mapping",
        "MappedCollection",
        "MutableMapping",
        "MutableSequence",
        "MutableSet",
        "OrderingList",
        "Sequence",
        "Set",
        "deque",
        "dict",
        "frozenset",
        "list",
        "set",
    }
)


class Shape(msgspec.Struct, frozen=True):
    """A type as it is written: a dotted name with its arguments. A union is `|`, None is `None`."""

    name: str
    arguments: tuple[Shape, ...] = ()
    is_quoted: bool = False

    @property
    def last(self) -> str:
        """The last part of the name: `Mapped` of `orm.Mapped`."""
        return self.name.rpartition(".")[2]


class Annotation(msgspec.Struct, frozen=True):
    """What an annotation says of an attribute."""

    wrapper: str
    """`Mapped` or one of its kin; empty without."""

    target: str
    """Dotted name of the innermost type as it is written: `Order` of `Mapped[list["Order"]]`."""

    is_optional: bool
    is_collection: bool
    is_plain: bool
    """The innermost type has no arguments, and is no union of several types."""

    is_text: bool = False
    """It is in quotes as a whole."""

    is_quoted: bool = False
    """So is the innermost type."""


def read_annotation(expression: Expression) -> Annotation:
    """What an annotation says, in quotes or not."""
    shape, is_text = shape_of(expression), isinstance(expression, Literal)
    wrapper = ""
    if shape.last in WRAPPERS and shape.arguments:
        wrapper = "Mapped" if shape.last == _COLUMN else shape.last
        shape = shape.arguments[0]
    is_optional = is_collection = False
    is_quoted = is_text
    for _ in range(_DEEPEST):
        is_quoted |= shape.is_quoted
        if shape.name == "|" or shape.last in ("Optional", "Union"):
            kept = tuple(each for each in shape.arguments if each.name != "None")
            is_optional |= len(kept) < len(shape.arguments) or shape.last == "Optional"
            if len(kept) != 1:
                return Annotation(wrapper, "", is_optional, is_collection, False, is_text)
            shape = kept[0]
        elif shape.last in ("Annotated", "Final") and shape.arguments:
            shape = shape.arguments[0]
        elif shape.last in _COLLECTIONS and shape.arguments:
            is_collection = True
            shape = shape.arguments[-1]
        else:
            break
    is_dynamic = wrapper in ("DynamicMapped", "WriteOnlyMapped", "AppenderMapped")
    is_collection |= is_dynamic or shape.last in _COLLECTIONS
    return Annotation(
        wrapper, shape.name, is_optional, is_collection, not shape.arguments, is_text, is_quoted
    )


def shape_of(expression: Expression) -> Shape:
    """The shape of an annotation; its name is empty where it is none."""
    if isinstance(expression, Literal):
        if expression.value is None:
            return Shape("None")
        text = expression.value
        return replace(parse(text), is_quoted=True) if isinstance(text, str) else Shape("")
    if isinstance(expression, (Name, Attribute)):
        return Shape(dotted(expression))
    if isinstance(expression, Subscript):
        index = expression.index
        inside = index.items if isinstance(index, Collection) and index.kind == "tuple" else (index,)
        return Shape(shape_of(expression.value).name, tuple(shape_of(each) for each in inside))
    if isinstance(expression, Operation) and expression.operator == "|":
        return Shape("|", tuple(shape_of(each) for each in expression.operands))
    return Shape("")


def parse(text: str) -> Shape:
    """The shape of an annotation in quotes."""
    tokens = iter(_TOKEN.findall(text.replace("'", "").replace('"', "")))
    shapes, _ = _union(tokens, 0)
    return shapes


def _union(tokens: Iterator[str], depth: int) -> tuple[Shape, str]:
    """A type or a union of types, and the token behind it."""
    parts: list[Shape] = []
    token = "|"
    while token == "|":
        name = next(tokens, "")
        token = next(tokens, "")
        arguments: list[Shape] = []
        if token == "[" and depth < _DEEPEST:
            while token in ("[", ","):
                argument, token = _union(tokens, depth + 1)
                arguments.append(argument)
            token = next(tokens, "")
        parts.append(Shape(name, tuple(arguments)))
    return (parts[0] if len(parts) == 1 else Shape("|", tuple(parts))), token
