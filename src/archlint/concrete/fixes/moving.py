"""Items of a list, definitions or calls, in another order."""

from __future__ import annotations

import re

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step

_ITEMS = (cst.BaseElement, cst.FunctionDef, cst.ClassDef, cst.SimpleStatementLine)
_COMMENT_LINE = re.compile(r"[ \t]*#")


def move(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """Whole lines: of an item of a list, of a definition with what decorates it, or of a statement."""
    if step.to is None or step.to.path != step.at.path:
        raise Unfit("they are in different files")
    at, to = script.start(step.at), script.start(step.to)
    for start, end in _shared(script, at, to):
        siblings = [each for each in script.nodes() if _is_item(script, each[0], start, end)]
        moved = next((node for node, _, last in siblings if script.begin(node) <= at < last), None)
        before = next((node for node, _, last in siblings if script.begin(node) <= to < last), None)
        if moved is not None and before is not None and moved is not before:
            return _moved(script, moved, before)
    raise Unfit("they are not items of one list")


def _shared(script: Manuscript, at: int, to: int) -> list[tuple[int, int]]:
    """The lists that hold both, the smallest first."""
    kinds = (cst.List, cst.Tuple, cst.Module, cst.IndentedBlock)
    spans = [
        (start, end)
        for kind in kinds
        for _, start, end in script.all(kind)
        if start <= at < end and start <= to < end
    ]
    return sorted(spans, key=lambda span: span[1] - span[0])


def _is_item(script: Manuscript, node: cst.CSTNode, start: int, end: int) -> bool:
    around = script.parent(node)
    return isinstance(node, _ITEMS) and around is not None and script.span(around) == (start, end)


def _moved(script: Manuscript, node: cst.CSTNode, before: cst.CSTNode) -> list[Change]:
    first, last = _lines(script, node)
    start, _ = _lines(script, before)
    if start > first:
        raise Unfit("it comes first already")
    if isinstance(node, cst.SimpleStatementLine):
        _refuse_too_early(script, node, start, first)
    text, gap = script.text[first:last], ""
    if not isinstance(node, cst.BaseElement):
        above = len(script.text[:first].rstrip())
        gap = script.text[script.line_end(above) : first] if above else ""
    if isinstance(node, cst.Element) and not isinstance(node.comma, cst.Comma):
        end = script.span(node)[1] - first
        text = f"{text[:end]},{text[end:]}"
    return [Change(start, start, text + gap), Change(first - len(gap), last, "")]


def _refuse_too_early(script: Manuscript, node: cst.CSTNode, start: int, end: int) -> None:
    """A statement may need what the statements bind that it would be moved before."""
    first, last = script.span(node)
    needed = {name.value for name, at, _ in script.all(cst.Name) if first <= at < last}
    bound = {name.value for name, at, _ in script.all(cst.Name) if start <= at < end and script.binds(name)}
    if needed & bound:
        raise Unfit("what it needs is bound only then")


def _lines(script: Manuscript, node: cst.CSTNode) -> tuple[int, int]:
    """The lines of an item, with comments right above it. Raises Unfit where others share them."""
    start, end = script.begin(node), script.span(node)[1]
    first, last = script.line_start(start), script.line_end(end)
    rest = script.text[end:last].strip().removeprefix(",").strip()
    if script.text[first:start].strip() or (rest and not rest.startswith("#")):
        raise Unfit("they share their lines with others")
    while first > 0:
        above = script.line_start(first - 1)
        if not _COMMENT_LINE.match(script.text, above):
            break
        first = above
    return first, last
