"""Values in a text of SQL become parameters of it."""

from __future__ import annotations

import re

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.concrete.fixes.sql_texts import Piece, Written, written
from archlint.finding import Step

_BOUND = "bindparams"
_MARK = re.compile(r"%%|%s|%")


def parametrize(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """Placeholders instead of the values in the first argument of a call, which is given them instead.

    The text of the step is `bindparams` for names that the call is followed by, else the placeholder.
    """
    call = script.called(step.at)
    if not call.args or call.args[0].keyword is not None or call.args[0].star:
        raise Unfit("no text is its first argument")
    node = call.args[0].value
    pieces = written(script, node)
    values = [piece.value for piece in pieces if piece.value is not None]
    if not values:
        raise Unfit("nothing stands in it")
    if step.text == _BOUND:
        return _bound(script, call, node, pieces)
    return _listed(script, call, node, pieces)


def _bound(script: Manuscript, call: cst.Call, node: cst.BaseExpression, pieces: list[Piece]) -> list[Change]:
    if len(call.args) != 1:
        raise Unfit("it is not the one argument of a call")
    names: dict[str, str] = {}
    marks: list[str] = []
    for piece in pieces:
        if piece.value is not None:
            name = _name(piece.value)
            while name in names:
                name += "_"
            names[name] = script.code(_bare(piece))
            marks.append(f":{name}")
    after = script.span(call)[1]
    given = ", ".join(f"{name}={code}" for name, code in names.items())
    return [_rewritten(script, node, pieces, marks), Change(after, after, f".{_BOUND}({given})")]


def _listed(
    script: Manuscript, call: cst.Call, node: cst.BaseExpression, pieces: list[Piece]
) -> list[Change]:
    """A list of values as second argument, in the order of their marks, those that are there among them."""
    before: list[str] | None = None
    if len(call.args) == 2:
        second = call.args[1].value
        if not isinstance(second, (cst.List, cst.Tuple)):
            raise Unfit("its parameters are not written there")
        before = [script.code(each.value) for each in second.elements if isinstance(each, cst.Element)]
        if len(before) != len(second.elements):
            raise Unfit("its parameters are not all written there")
    elif len(call.args) > 2:
        raise Unfit("it has more arguments")
    has_own, left, items = before is not None, list(before or ()), list[str]()
    for piece in pieces:
        if piece.value is not None:
            items.append(script.code(_bare(piece)))
        elif has_own:
            for mark in _MARK.findall(piece.text):
                if mark == "%" or (mark == "%s" and not left):
                    raise Unfit("its marks and parameters are not of one number")
                items += [left.pop(0)] if mark == "%s" else []
    if left:
        raise Unfit("its marks and parameters are not of one number")
    if not has_own:
        pieces = [piece.doubled() for piece in pieces]
    change = _rewritten(script, node, pieces, ["%s"] * len(pieces))
    if has_own:
        second = call.args[1].value
        return [change, Change(*script.outer(second), f"[{', '.join(items)}]")]
    end = script.outer(node)[1]
    return [change, Change(end, end, f", [{', '.join(items)}]")]


def _rewritten(script: Manuscript, node: cst.BaseExpression, pieces: list[Piece], marks: list[str]) -> Change:
    """The text with marks; quotes around a value go with it."""
    waiting = iter(marks)
    result = Written()
    for at, piece in enumerate(pieces):
        if piece.value is None:
            result.add(piece)
            continue
        rest = pieces[at + 1] if at + 1 < len(pieces) else None
        is_quoted = result.text.endswith("'") and rest is not None and rest.text.startswith("'")
        if is_quoted and rest is not None:
            result.text = result.text[:-1]
            pieces[at + 1] = rest.without_first()
        result.text += next(waiting)
    start, end = script.span(node) if not node.lpar else script.outer(node)
    text = str(result)
    return Change(start, end, f"({text})" if node.lpar else text)


def _bare(piece: Piece) -> cst.BaseExpression:
    """A value, without the `str()` that only the text has needed."""
    value = piece.value
    assert value is not None
    is_text = isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "str"
    if isinstance(value, cst.Call) and is_text and len(value.args) == 1 and not piece.is_quoted:
        return value.args[0].value
    return value


def _name(value: cst.BaseExpression) -> str:
    if isinstance(value, cst.Name):
        return value.value
    if isinstance(value, cst.Attribute):
        return value.attr.value
    if isinstance(value, cst.Call):
        is_text = isinstance(value.func, cst.Name) and value.func.value == "str" and len(value.args) == 1
        return _name(value.args[0].value) if is_text else _name(value.func)
    if isinstance(value, cst.Subscript) and len(value.slice) == 1:
        index = value.slice[0].slice
        text = (
            index.value.evaluated_value
            if isinstance(index, cst.Index) and isinstance(index.value, cst.SimpleString)
            else None
        )
        if isinstance(text, str) and re.fullmatch("[a-z_]+", text):
            return text
    return "value"
