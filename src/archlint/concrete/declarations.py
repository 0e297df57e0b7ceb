"""Type parameters, type aliases and lazy imports (PEP 695, 696, 810), said in older words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.concrete.sheet import Sheet, accepts

if TYPE_CHECKING:
    from libcst import ClassDef, FunctionDef, LazyImport, LazyImportFrom, TypeAlias, TypeParameters

_SOFT_KEYWORD = 4
"""`type` and `lazy` have the same length."""

_PARENTHESIS = re.compile(rb"[ \t\f\r\n\\]*\(")


def lower_function(node: FunctionDef, sheet: Sheet) -> None:
    """`def f[T](x)` becomes `def f(   x)`: the parameters' parenthesis opens where the bracket did.

    Within parentheses the type parameters may take as many lines as they like.
    """
    if node.type_parameters and not accepts(b"def f" + _text(node.type_parameters, sheet) + b"(): 0"):
        _open_early(node.type_parameters, sheet)


def lower_class(node: ClassDef, sheet: Sheet) -> None:
    """`class A[T](B)` becomes `class A(   B)`, and `class A[T]` becomes `class A( )`."""
    if not node.type_parameters or accepts(b"class A" + _text(node.type_parameters, sheet) + b": 0"):
        return
    start, end = sheet.span(node.type_parameters)
    if _PARENTHESIS.match(sheet.text, end):
        _open_early(node.type_parameters, sheet)
        return
    sheet.blank(start, end)
    sheet.put(start, b"(")
    sheet.put(end - 1, b")")


def lower_alias(node: TypeAlias, sheet: Sheet) -> None:
    """`type A = X` becomes `A      = X`: an assignment, its value in its old place."""
    brackets = node.type_parameters
    if accepts(b"type A" + (_text(brackets, sheet) if brackets else b"") + b" = 0"):
        return
    start, _ = sheet.span(node)
    _, name_end = sheet.span(node.name)
    _take_the_place(sheet, start, *sheet.span(node.name))
    if brackets:
        _forget_brackets(sheet, name_end, *sheet.span(brackets))


def lower_lazy_import(node: LazyImport | LazyImportFrom, sheet: Sheet) -> None:
    """`lazy import a` becomes `import      a`."""
    start, end = sheet.span(node)
    text = sheet.read(start, end)
    if accepts(text):
        return
    word = b"from" if type(node).__name__ == "LazyImportFrom" else b"import"
    at = sheet.text.index(word, start + _SOFT_KEYWORD)
    _take_the_place(sheet, start, at, at + len(word))


def _text(brackets: TypeParameters, sheet: Sheet) -> bytes:
    return sheet.read(*sheet.span(brackets))


def _open_early(brackets: TypeParameters, sheet: Sheet) -> None:
    start, end = sheet.span(brackets)
    sheet.blank(start, sheet.text.index(b"(", end) + 1)
    sheet.put(start, b"(")


def _take_the_place(sheet: Sheet, start: int, word_start: int, word_end: int) -> None:
    """Move a word to the place of the soft keyword before it, which is where the statement starts."""
    word = bytes(sheet.text[word_start:word_end])
    if len(word) > _SOFT_KEYWORD and b"\n" in sheet.text[start:word_start]:
        # A backslash parts keyword and word, and the word is too long to move: let it start a statement.
        sheet.put(start, b"0  ;")
        return
    sheet.blank(word_start, word_end)
    sheet.put(start, word.ljust(_SOFT_KEYWORD))


def _forget_brackets(sheet: Sheet, name_end: int, start: int, end: int) -> None:
    several_lines = b"\n" in sheet.text[start:end]
    sheet.blank(start, end)
    if not several_lines:
        return
    # Lines may break only in parentheses, and only an annotation can have some before the `=`.
    if sheet.text[name_end - 1 : name_end] == b" ":
        sheet.put(name_end - 1, b":")
    else:
        sheet.insert(name_end, b":")
    sheet.put(start, b"(")
    sheet.put(end - 1, b")")
    sheet.put(sheet.text.index(b" ", start), b"0")
