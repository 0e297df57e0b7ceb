"""Calls that are awaited or not, or not made, or given more."""

from __future__ import annotations

import libcst as cst

from archlint.concrete.fixes.arguments import added
from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step


def insert(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """A text where a location starts."""
    at = script.start(step.at)
    return [Change(at, at, imports.filled(step.text, step.imports))]


def argument(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """One more argument, unless a keyword of the name is there."""
    call = script.called(step.at)
    keyword = step.text.partition("=")[0]
    if any(arg.star or (arg.keyword is not None and arg.keyword.value == keyword) for arg in call.args):
        raise Unfit(f"`{keyword}` may be given already")
    return [added(script, call, imports.filled(step.text, step.imports))]


def omit(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """No argument of a keyword."""
    given = script.keyword(step.at)
    around = script.parent(given) if given is not None else None
    call = around if isinstance(around, cst.Call) else script.called(step.at)
    for at, arg in enumerate(call.args):
        if arg.keyword is not None and arg.keyword.value == step.old:
            start, end = script.span(arg)
            if at + 1 < len(call.args):
                return [Change(start, script.span(call.args[at + 1])[0], "")]
            before = script.span(call.args[at - 1])[1] if at else script.span(call.whitespace_before_args)[1]
            comma = script.span(arg.comma)[1] if at == 0 and isinstance(arg.comma, cst.Comma) else end
            return [Change(before, comma, "")]
    raise Unfit(f"`{step.old}` is not given")


def wait(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """`await` before an expression, in parentheses where more follows."""
    node = script.ending_at(script.end(step.at))
    around = script.parent(node)
    if isinstance(around, cst.Await):
        raise Unfit("it is awaited")
    _refuse_outside_async(script, node)
    start, end = script.span(node)
    goes_on = isinstance(around, (cst.Attribute, cst.Call, cst.Subscript)) and not node.lpar
    if not goes_on:
        return [Change(start, start, "await ")]
    return [Change(start, start, "(await "), Change(end, end, ")")]


def unwait(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """No `await` before a call."""
    node = script.ending_at(script.end(step.at))
    around = script.parent(node)
    if not isinstance(around, cst.Await):
        raise Unfit("it is not awaited")
    return [Change(script.span(around)[0], script.outer(node)[0], "")]


def uncall(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """A function instead of its call."""
    node = script.ending_at(script.end(step.at))
    if not isinstance(node, cst.Call) or node.args:
        raise Unfit("it is no call without arguments")
    return [Change(script.outer(node.func)[1], script.span(node)[1], "")]


def run_async(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """`async for` over an expression."""
    node = script.ending_at(script.end(step.at))
    around = script.parent(node)
    if not isinstance(around, (cst.For, cst.CompFor)) or around.iter is not node or around.asynchronous:
        raise Unfit("no plain loop goes over it")
    outside = script.parent(around)
    if isinstance(around, cst.CompFor) and not isinstance(outside, (cst.ListComp, cst.SetComp, cst.DictComp)):
        raise Unfit("what takes a generator cannot take one that is asynchronous")
    _refuse_outside_async(script, around)
    start = script.span(around)[0]
    return [Change(start, start, "async ")]


def _refuse_outside_async(script: Manuscript, node: cst.CSTNode) -> None:
    for around in script.around(node):
        if isinstance(around, (cst.Lambda, cst.GeneratorExp, cst.ClassDef)):
            break
        if isinstance(around, cst.FunctionDef):
            if around.asynchronous is not None:
                return
            break
    raise Unfit("it is not in an asynchronous function")
