"""One more argument for a call, or one more item for any list, written as those before it are."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from archlint.concrete.fixes.change import Change
from archlint.concrete.fixes.manuscript import Manuscript


def added(script: Manuscript, call: cst.Call, text: str) -> Change:
    """The change that gives a call another argument, after all others."""
    if not call.args:
        end = script.span(call)[1] - 1
        return Change(end, end, text)
    return after(script, call.args, text)


def after(
    script: Manuscript, items: Sequence[cst.Arg | cst.ImportAlias | cst.BaseElement], text: str
) -> Change:
    """The change that writes an item after the last one; a line of its own where the others have that."""
    last = items[-1]
    comma = last.comma
    if not isinstance(comma, cst.Comma):
        end = script.span(last)[1]
        return Change(end, end, f",{_between(script, items)}{text}")
    start, end = script.span(comma)
    space = comma.whitespace_after
    line = script.line_end(start)
    begin = script.line_start(script.span(last)[0])
    is_alone = not script.text[begin : script.span(last)[0]].strip()
    is_last = not script.text[start + 1 : line].partition("#")[0].strip()
    if not isinstance(space, cst.ParenthesizedWhitespace) and not (is_alone and is_last):
        return Change(start + 1, start + 1, f" {text},")
    return Change(line, line, f"{script.indent(script.span(last)[0])}{text},{script.newline}")


def _between(script: Manuscript, items: Sequence[cst.Arg | cst.ImportAlias | cst.BaseElement]) -> str:
    """What stands between two items of a list, without comments."""
    if len(items) < 2:
        return " "
    first, second = items[-2], items[-1]
    between = script.text[script.span(first)[1] : script.span(second)[0]]
    if "\n" not in between and "\r" not in between:
        return " "
    return script.newline + script.indent(script.span(second)[0])
