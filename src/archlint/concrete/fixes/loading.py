"""Query sets and statements that load more."""

from __future__ import annotations

import libcst as cst

from archlint.concrete.fixes.arguments import added
from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step


def chain(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """A further method at the end of a chain, or further arguments where the chain calls it already."""
    node = script.ending_at(script.end(step.at))
    text = _quoted(script, imports.filled(step.text, step.imports))
    for call in (*_calls(node), *_followed(script, node)):
        if _method(call) == step.old and call.args and not any(arg.star for arg in call.args):
            return [added(script, call, _missing(script, call, text))]
    written = f"{_space_before(script, node)}.{step.old}({text})"
    around = script.parent(node)
    if not isinstance(around, cst.Await):
        end = script.span(node)[1]
        return [Change(end, end, written)]
    start, end = script.outer(around)
    if around.lpar:
        return [Change(end, end, written)]
    return [Change(start, start, "("), Change(end, end, f"){written}")]


def load(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """Options that load relationships with the objects of a class: of `select`, `query` or `get`."""
    call = script.ending_at(script.end(step.at))
    if not isinstance(call, cst.Call):
        raise Unfit("no statement ends there")
    named = [arg.value for arg in call.args if _last(arg.value) == step.old and arg.star == ""]
    if not named:
        raise Unfit(f"`{step.old}` is not named there")
    option, *owners = (imports.local(name) for name in step.imports)
    owners = [script.code(named[0]), *owners]
    names = step.text.split(".")
    text = ".".join(f"{option}({owner}.{name})" for owner, name in zip(owners, names, strict=True))
    method = _last(call.func)
    if method in ("get", "get_one"):
        if any(arg.keyword is not None and arg.keyword.value == "options" for arg in call.args):
            raise Unfit("it has options already")
        return [added(script, call, f"options=[{text}]")]
    if method not in ("select", "query"):
        raise Unfit("it is no statement that selects")
    following = _followed(script, call)
    for each in following:
        if _method(each) == "options" and each.args:
            return [added(script, each, text)]
    end = script.span(call)[1]
    space = _space_before(script, following[0]) if following else ""
    return [Change(end, end, f"{space}.options({text})")]


def _missing(script: Manuscript, call: cst.Call, text: str) -> str:
    """Those of some arguments that a call does not have. Raises Unfit where it has them all."""
    given = {script.code(arg.value).replace("'", '"') for arg in call.args}
    missing = [each for each in text.split(", ") if each.replace("'", '"') not in given]
    if not missing:
        raise Unfit("it is given all of it")
    return ", ".join(missing)


def _followed(script: Manuscript, call: cst.BaseExpression) -> list[cst.Call]:
    """The calls that follow a call in its chain."""
    found: list[cst.Call] = []
    node: cst.CSTNode = call
    while True:
        attribute = script.parent(node)
        outer = script.parent(attribute) if isinstance(attribute, cst.Attribute) else None
        if not isinstance(outer, cst.Call) or outer.func is not attribute:
            return found
        found.append(outer)
        node = outer


def _calls(node: cst.BaseExpression) -> list[cst.Call]:
    """The calls of a chain, the last first."""
    found = []
    while isinstance(node, (cst.Call, cst.Attribute)):
        if isinstance(node, cst.Call):
            found.append(node)
            node = node.func
        else:
            node = node.value
    return found


def _method(call: cst.Call) -> str:
    return call.func.attr.value if isinstance(call.func, cst.Attribute) else ""


def _last(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def _space_before(script: Manuscript, node: cst.BaseExpression) -> str:
    """What stands before the last dot of a chain: a line break and an indent, or nothing."""
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return ""
    before = script.text[script.outer(node.func.value)[1] : script.span(node.func.dot)[0]]
    return before if not before.strip() else ""


def _quoted(script: Manuscript, text: str) -> str:
    """A text with the quotes that the file prefers."""
    return text.replace('"', script.quote)
