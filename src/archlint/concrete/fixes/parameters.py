"""Values in a text of SQL become parameters of it."""

from __future__ import annotations

import re

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step

_BOUND = "bindparams"


def parametrize(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """Placeholders instead of the values of an f-string, which the call is given instead.

    The text of the step is `bindparams` for names that the call is followed by, else the placeholder.
    """
    node = script.expression(step.at)
    argument = script.parent(node)
    call = script.parent(argument) if argument is not None else None
    if not isinstance(node, cst.FormattedString) or not isinstance(call, cst.Call) or len(call.args) != 1:
        raise Unfit("it is not the one argument of a call")
    given = _given(script, node)
    marks = [f":{name}" for name in given] if step.text == _BOUND else [step.text] * len(given)
    start, end = script.span(node)
    changes = [Change(start, end, _with_marks(node, marks, is_format=step.text == "%s"))]
    if step.text == _BOUND:
        after = script.span(call)[1]
        bound = ", ".join(f"{name}={code}" for name, code in given.items())
        return [*changes, Change(after, after, f".{_BOUND}({bound})")]
    return [*changes, Change(end, end, f", [{', '.join(given.values())}]")]


def _given(script: Manuscript, node: cst.FormattedString) -> dict[str, str]:
    """The values by names for them."""
    found: dict[str, str] = {}
    for part in node.parts:
        if isinstance(part, cst.FormattedStringExpression):
            if part.conversion or part.format_spec or part.equal:
                raise Unfit("a value is formatted")
            name = _name(part.expression)
            while name in found:
                name += "_"
            found[name] = script.code(part.expression)
    return found


def _name(value: cst.BaseExpression) -> str:
    if isinstance(value, cst.Name):
        return value.value
    if isinstance(value, cst.Attribute):
        return value.attr.value
    if isinstance(value, cst.Call):
        return _name(value.func)
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


def _with_marks(node: cst.FormattedString, marks: list[str], *, is_format: bool) -> str:
    texts, waiting = [""], iter(marks)
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            texts[-1] += part.value.replace("{{", "{").replace("}}", "}")
        else:
            texts.append("")
    if is_format and any("%" in text for text in texts):
        raise Unfit("there are signs of percent in the text")
    result = texts[0]
    for text in texts[1:]:
        is_quoted = result.endswith("'") and text.startswith("'")
        result = (result[:-1] if is_quoted else result) + next(waiting) + (text[1:] if is_quoted else text)
    prefix = node.start.rstrip("\"'").lower().replace("f", "")
    quote = node.start.lstrip("fFrR")
    return f"{prefix}{quote}{result}{node.end}"
