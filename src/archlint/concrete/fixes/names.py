"""Other names: the one that was meant, or the same one from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step

_WORD = re.compile(r"\w+")


def respell(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """The one place where the name stands, in the location itself or in its statement."""
    start, end = script.start(step.at), script.end(step.at)
    found = {*_places(script, step, start, end)} if start < end else set()
    found = found or {*_places(script, step, *_statement(script, start))}
    if len(found) != 1:
        raise Unfit(f"`{step.old}` stands there {len(found)} times")
    return [Change(*found.pop(), step.text)]


def replace(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """Another expression for the one at a location."""
    node = script.expression(step.at)
    return [Change(*script.outer(node), imports.filled(step.text, step.imports))]


def rewrite(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """Other code at exactly a location."""
    text = step.text
    for number, name in enumerate(step.imports):
        if f"\0{number}\0" in text:
            text = text.replace(f"\0{number}\0", imports.local(name))
    return [Change(script.start(step.at), script.end(step.at), text)]


def retarget(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """The same name from another module, for all of a file if it is imported by itself."""
    (dotted,) = step.imports
    module, _, name = dotted.rpartition(".")
    statement = _statement(script, script.start(step.at))
    for node, start, end in script.all(cst.Name, cst.Attribute):
        if not statement[0] <= start < end <= statement[1] or _ends(script.text[start:end]) != step.old:
            continue
        if isinstance(node, cst.Attribute) and node.attr.value == name:
            return [Change(start, end, imports.local(dotted))]
        if isinstance(node, cst.Name) and not isinstance(script.parent(node), cst.Attribute):
            _move(script, imports, name, module)
            return []
    raise Unfit(f"`{step.old}` does not stand there")


def _ends(text: str) -> str:
    return text.rpartition(".")[2]


def _move(script: Manuscript, imports: Imports, name: str, module: str) -> None:
    lines = (line for line in script.tree.body if isinstance(line, cst.SimpleStatementLine))
    for each in (statement for line in lines for statement in line.body):
        if (
            not isinstance(each, cst.ImportFrom)
            or isinstance(each.names, cst.ImportStar)
            or each.module is None
        ):
            continue
        if any(alias.evaluated_name == name and alias.asname is None for alias in each.names):
            imports.replace(cst.Module([]).code_for_node(each.module), name, module)
            return
    raise Unfit(f"`{name}` is not imported by itself")


def _statement(script: Manuscript, offset: int) -> tuple[int, int]:
    """The statement around an offset; of a compound one, its head."""
    node = script.statement(offset)
    if node is None:
        raise Unfit("there is no statement")
    start, end = script.begin(node), script.span(node)[1]
    body = getattr(node, "body", None)
    return start, script.span(body)[0] if isinstance(body, cst.BaseSuite) else end


def _places(script: Manuscript, step: Step, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a name stands between two offsets, in code or in texts."""
    for name, first, last in script.all(cst.Name):
        if start <= first and last <= end:
            for at in _parts(name.value, step.old):
                if name.value == step.old or step.text.isidentifier():
                    yield first + at, first + at + len(step.old)
    for text, first, last in script.all(cst.SimpleString):
        if first < end and start < last and "\\" not in text.value:
            opening = len(text.prefix) + len(text.quote)
            for at in _parts(text.raw_value, step.old):
                here = first + opening + at
                if start <= here and here + len(step.old) <= end:
                    yield here, here + len(step.old)


def _parts(text: str, name: str) -> Iterator[int]:
    """Where a name is in a text, as a word or as a part of a path: `hotel` in `room__hotel__city`."""
    if not name.isidentifier():
        pattern = rf"(?<![\w.]){re.escape(name)}(?![\w.])"
        yield from (match.start() for match in re.finditer(pattern, text))
        return
    for word in _WORD.finditer(text):
        at = word.start()
        if word[0] == name:
            yield at
            continue
        for part in word[0].split("__"):
            if part == name:
                yield at
            at += len(part) + 2
