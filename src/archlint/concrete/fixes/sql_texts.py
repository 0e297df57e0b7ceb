"""Texts that are put together, in whichever way: the pieces of text in them, and the values between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst
import msgspec
from msgspec.structs import replace

from archlint.concrete.fixes.change import Unfit
from archlint.concrete.fixes.manuscript import Manuscript

_PERCENT = re.compile(r"%%|%s|%")
_FIELD = re.compile(r"\{\{|\}\}|\{(\w*)\}|[{}]")


class Piece(msgspec.Struct, frozen=True):
    """A piece of text as its literal writes it, or a value."""

    text: str = ""
    prefix: str = ""
    quote: str = '"'
    gap: str = ""
    """What stands between its literal and the one before, where that is another."""

    value: cst.BaseExpression | None = None
    is_quoted: bool = False

    def doubled(self) -> Piece:
        """With two signs of percent for each."""
        return replace(self, text=self.text.replace("%", "%%"))

    def without_first(self) -> Piece:
        """Without its first character."""
        return replace(self, text=self.text[1:])


class Written(msgspec.Struct):
    """One literal after the other."""

    text: str = ""
    _style: tuple[str, str] | None = None
    _done: list[str] = msgspec.field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """Go on in the same literal where that is possible, else in another."""
        style = (piece.prefix, piece.quote)
        if self._style is not None and (style != self._style or piece.gap):
            self._done += [self._literal(), piece.gap or " "]
            self.text = ""
        self._style = style
        self.text += piece.text

    def __str__(self) -> str:
        return "".join((*self._done, self._literal()))

    def _literal(self) -> str:
        prefix, quote = self._style or ("", '"')
        return f"{prefix}{quote}{self.text}{quote}"


def written(script: Manuscript, node: cst.BaseExpression) -> list[Piece]:
    """The pieces of a text, in order. Raises Unfit where something else may be in it."""
    pieces = [piece for piece in _pieces(script, node) if piece.text or piece.value is not None or piece.gap]
    for at, piece in enumerate(pieces):
        before = pieces[at - 1].text if at else ""
        if piece.value is not None:
            pieces[at] = replace(piece, is_quoted=before.endswith("'"))
    if not pieces or pieces[0].value is not None:
        raise Unfit("it does not begin with a text")
    return pieces


def _pieces(script: Manuscript, node: cst.BaseExpression) -> Iterator[Piece]:
    if isinstance(node, cst.SimpleString):
        yield _text(node)
    elif isinstance(node, cst.FormattedString):
        yield from _formatted(node)
    elif isinstance(node, cst.ConcatenatedString):
        yield from _joined(script, node.left, node.right)
    elif isinstance(node, cst.BinaryOperation):
        yield from _computed(script, node)
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        if node.func.attr.value != "format":
            raise Unfit("nobody can tell what is in it")
        yield from _called(script, node, node.func.value)
    else:
        yield Piece(value=node)


def _joined(script: Manuscript, left: cst.BaseExpression, right: cst.BaseExpression) -> Iterator[Piece]:
    yield from _pieces(script, left)
    between = script.text[script.outer(left)[1] : script.outer(right)[0]]
    if "#" in between:
        raise Unfit("a comment stands in between")
    is_text = isinstance(right, (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString))
    gap = re.sub(r"[ \t]*\+[ \t]*|\\(?=\r?\n)", "", between) if is_text else ""
    for number, piece in enumerate(_pieces(script, right)):
        is_first = number == 0 and ("\n" in gap or "\r" in gap)
        yield replace(piece, gap=gap) if is_first else piece


def _computed(script: Manuscript, node: cst.BinaryOperation) -> Iterator[Piece]:
    if isinstance(node.operator, cst.Add):
        yield from _joined(script, node.left, node.right)
    elif isinstance(node.operator, cst.Modulo):
        yield from _filled(script, node)
    else:
        yield Piece(value=node)


def _text(node: cst.SimpleString) -> Piece:
    if "b" in node.prefix:
        raise Unfit("it is no text")
    return Piece(node.raw_value, node.prefix, node.quote)


def _formatted(node: cst.FormattedString) -> Iterator[Piece]:
    prefix = node.prefix.lower().replace("f", "")
    quote = node.quote
    yield Piece("", prefix, quote)
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            yield Piece(part.value.replace("{{", "{").replace("}}", "}"), prefix, quote)
        elif isinstance(part, cst.FormattedStringExpression):
            if part.conversion or part.format_spec or part.equal:
                raise Unfit("a value is formatted")
            yield Piece(value=part.expression)


def _filled(script: Manuscript, node: cst.BinaryOperation) -> Iterator[Piece]:
    """`text % values`, with `%s` alone."""
    given = node.right
    values: list[cst.BaseExpression] = [given]
    if isinstance(given, cst.Tuple):
        values = [each.value for each in given.elements if isinstance(each, cst.Element)]
    yield from _replaced(script, node.left, _PERCENT, {"%%": "%"}, values, {})


def _called(script: Manuscript, call: cst.Call, text: cst.BaseExpression) -> Iterator[Piece]:
    """`text.format(…)`, with names and nothing else in the braces."""
    if any(arg.star for arg in call.args):
        raise Unfit("nobody can tell what is given to it")
    values = [arg.value for arg in call.args if arg.keyword is None]
    named = {arg.keyword.value: arg.value for arg in call.args if arg.keyword is not None}
    yield from _replaced(script, text, _FIELD, {"{{": "{", "}}": "}"}, values, named)


def _replaced(
    script: Manuscript,
    text: cst.BaseExpression,
    places: re.Pattern[str],
    doubled: dict[str, str],
    values: Sequence[cst.BaseExpression],
    named: dict[str, cst.BaseExpression],
) -> Iterator[Piece]:
    left = list(values)
    for piece in _pieces(script, text):
        if piece.value is not None:
            raise Unfit("its text is not written there")
        at, gap = 0, piece.gap
        for found in places.finditer(piece.text):
            plain = piece.text[at : found.start()]
            at = found.end()
            if found[0] in doubled:
                yield replace(piece, text=plain + doubled[found[0]], gap=gap)
                gap = ""
                continue
            yield replace(piece, text=plain, gap=gap)
            gap = ""
            name = found[1] if places.groups and found[0] not in ("{", "}") else ""
            if found[0] in ("{", "}", "%") or (name or "").isdigit():
                raise Unfit("a value is formatted")
            value = named.get(name) if name else left.pop(0) if left else None
            if value is None:
                raise Unfit("a value is missing")
            yield Piece(value=value)
        yield replace(piece, text=piece.text[at:], gap=gap)
    if left:
        raise Unfit("a value is not used")
