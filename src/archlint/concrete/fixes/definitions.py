"""Functions that are decorated, and constants that become functions."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step


def decorate(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """A decorator right above the function around a location, below all others."""
    function = _function_around(script, script.start(step.at))
    if function is None:
        raise Unfit("no function is around it")
    if function.asynchronous is not None or any(_yields(script, function)):
        raise Unfit("the function does not run at once")
    text = imports.filled(step.text, step.imports)
    if any(script.code(each.decorator) == text for each in function.decorators):
        raise Unfit("it is decorated so")
    start = script.line_start(script.span(function)[0])
    indent = script.indent(script.span(function)[0])
    return [Change(start, start, f"{indent}@{text}{script.newline}")]


def defer(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """A name of the module becomes a function of what it was assigned, and what reads it calls that."""
    line, name, value = _constant(script, script.start(step.at))
    if name.value != step.old:
        raise Unfit(f"`{step.old}` is not bound there")
    reads = [each for each, _, _ in script.all(cst.Name) if each.value == name.value and each is not name]
    reads = [each for each in reads if not _is_only_named(script, each)]
    if not all(_is_read_later(script, each) for each in reads):
        raise Unfit(f"`{name.value}` is needed at once, or bound elsewhere, too")
    function = _free_name(script, name.value)
    start, end = script.span(line)
    above = script.text[: script.line_start(start)]
    newline = script.newline
    gap = "" if not above.strip() else newline * (2 - _blank_lines(above))
    below = script.text[script.line_end(end) :]
    after = newline * (2 - _blank_lines(below[::-1] + "\n")) if below.strip() else ""
    indent = script.tree.default_indent
    written = f"{gap}def {function}():{newline}{indent}return {script.code(value)}"
    rest = script.text[script.outer(value)[1] : script.line_end(end)]
    changes = [Change(start, script.line_end(end), f"{written}{rest}{after}")]
    return [*changes, *(Change(*script.span(each), f"{function}()") for each in reads)]


def _constant(
    script: Manuscript, offset: int
) -> tuple[cst.SimpleStatementLine, cst.Name, cst.BaseExpression]:
    for line in script.tree.body:
        start, end = script.span(line)
        if not isinstance(line, cst.SimpleStatementLine) or not start <= offset <= end:
            continue
        (only, *others) = line.body
        if not others and isinstance(only, cst.Assign) and len(only.targets) == 1:
            target = only.targets[0].target
            if isinstance(target, cst.Name) and isinstance(only.value, cst.BaseExpression):
                return line, target, only.value
    raise Unfit("no name of the module is bound there")


def _is_only_named(script: Manuscript, name: cst.Name) -> bool:
    """Whether a name is an attribute's or a keyword's, and no variable."""
    around = script.parent(name)
    if isinstance(around, cst.Attribute):
        return around.attr is name
    return isinstance(around, cst.Arg) and around.keyword is name


def _is_read_later(script: Manuscript, name: cst.Name) -> bool:
    around = script.parent(name)
    bound = (
        cst.AssignTarget,
        cst.AugAssign,
        cst.AnnAssign,
        cst.Param,
        cst.NameItem,
        cst.Del,
        cst.ImportAlias,
    )
    if isinstance(around, bound) or getattr(around, "name", None) is name:
        return False
    if isinstance(around, (cst.For, cst.CompFor, cst.AsName)) and getattr(around, "iter", None) is not name:
        return False
    inside: cst.CSTNode = name
    for node in script.around(name):
        if isinstance(node, cst.FunctionDef) and node.body is inside:
            return True
        inside = node
    return False


def _free_name(script: Manuscript, name: str) -> str:
    taken = {each.value for each, _, _ in script.all(cst.Name)}
    for candidate in (name.lower().lstrip("_"), f"get_{name.lower().lstrip('_')}"):
        if candidate not in taken and candidate.isidentifier():
            return candidate
    raise Unfit("there is no name for the function")


def _blank_lines(text: str) -> int:
    """How many of the two lines that text ends with are blank."""
    blank = text[len(text.rstrip()) :].count("\n") - 1
    return min(max(blank, 0), 2)


def _function_around(script: Manuscript, offset: int) -> cst.FunctionDef | None:
    holding = [
        (end - start, node)
        for node, start, end in script.all(cst.FunctionDef)
        if script.span(node.body)[0] <= offset <= end
    ]
    return min(holding, key=lambda each: each[0])[1] if holding else None


def _yields(script: Manuscript, function: cst.FunctionDef) -> Iterator[bool]:
    """One truth for each `yield` of the function itself."""
    for node, _, _ in script.all(cst.Yield):
        nearest = next((n for n in script.around(node) if isinstance(n, (cst.FunctionDef, cst.Lambda))), None)
        if nearest is function:
            yield True
