"""Sessions that are closed with their block, and changes that are committed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step

_LOOPS = (cst.For, cst.While)
_LEAVING = (cst.Return, cst.Raise, cst.Break, cst.Continue)


def enter(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """`with … as name:` around all that follows in the block; `old` is `async` where that is needed."""
    call = script.ending_at(script.end(step.at))
    line, name = _bound(script, call)
    block = script.parent(line)
    if not isinstance(block, cst.IndentedBlock):
        raise Unfit("it stands in no block")
    rest = block.body[list(block.body).index(line) + 1 :]
    if not rest or _is_used_behind(script, block, name):
        raise Unfit("the name is needed behind the block")
    if _gives_away(script, block, name):
        raise Unfit("what it has given leaves the function")
    word = "async with" if step.old == "async" else "with"
    start = script.span(line)[0]
    changes = [Change(start, script.span(line)[1], f"{word} {script.code(call)} as {name}:")]
    closing = [each for each in rest[:-1] if _calls(each) == f"{name}.close()"]
    gone = [_lines(script, each) for each in closing]
    changes += [Change(first, last, "") for first, last in gone]
    unit = block.indent or script.tree.default_indent
    for at in _line_starts(script, script.line_end(script.span(line)[1]), script.span(rest[-1])[1]):
        if not any(first <= at < last for first, last in gone):
            changes.append(Change(at, at, unit))
    return changes


def commit(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """`session.commit()` behind the last statement of the block that speaks of the session."""
    start = script.start(step.at)
    start += len(script.indent(start))
    line = script.statement(start)
    session = _written_to(line)
    statement, block = _outside_loops(script, line)
    last = statement
    for each in block.body[list(block.body).index(statement) :]:
        if isinstance(each, cst.SimpleStatementLine) and isinstance(each.body[0], _LEAVING):
            break
        if re.search(rf"(?<![\w.]){re.escape(session)}\b", script.code(each)):
            last = each
    wait = _await(script, statement, session)
    if _calls(last) == f"{session}.flush()":
        at = script.text.index(".flush", *script.span(last)) + 1
        return [Change(at, at + len("flush"), "commit")]
    indent = script.indent(script.span(statement)[0])
    end = script.line_end(script.span(last)[1])
    begin = "" if script.text[end - 1 : end] in ("\n", "\r") else script.newline
    return [Change(end, end, f"{begin}{indent}{wait}{session}.commit(){script.newline}")]


def _bound(script: Manuscript, call: cst.BaseExpression) -> tuple[cst.SimpleStatementLine, str]:
    """The statement that does nothing but bind what a call gives, and the name."""
    assign = script.parent(call)
    line = script.parent(assign) if isinstance(assign, cst.Assign) else None
    if not isinstance(assign, cst.Assign) or not isinstance(line, cst.SimpleStatementLine):
        raise Unfit("it is not bound to a name")
    target = assign.targets[0].target
    if len(assign.targets) != 1 or len(line.body) != 1 or not isinstance(target, cst.Name):
        raise Unfit("it is not bound to a name")
    return line, target.value


def _is_used_behind(script: Manuscript, block: cst.IndentedBlock, name: str) -> bool:
    """Whether a name stands in the function, but outside the block."""
    start, end = script.span(block)
    function = next((n for n in script.around(block) if isinstance(n, (cst.FunctionDef, cst.Lambda))), None)
    first, last = script.span(function) if function is not None else (0, len(script.text))
    return any(
        node.value == name and first <= at < last and not start <= at < end
        for node, at, _ in script.all(cst.Name)
    )


def _gives_away(script: Manuscript, block: cst.IndentedBlock, name: str) -> bool:
    """Whether the block returns by its name what a session has given, which could not load any more then."""
    start, end = script.span(block)
    spoken = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    given = {
        target.target.value
        for node, at, _ in script.all(cst.Assign)
        for target in node.targets
        if start <= at < end
        and isinstance(target.target, cst.Name)
        and target.target.value != name
        and spoken.search(script.code(node.value))
    }
    returned = (node.value for node, at, _ in script.all(cst.Return) if start <= at < end)
    return any(isinstance(value, cst.Name) and value.value in given for value in returned)


def _line_starts(script: Manuscript, start: int, end: int) -> Iterator[int]:
    """Where lines start that are neither blank nor inside a text."""
    texts = [(a, b) for _, a, b in script.all(cst.SimpleString, cst.FormattedString)]
    while start < end:
        after = script.line_end(start)
        if script.text[start:after].strip() and not any(a < start < b for a, b in texts):
            yield start
        if after <= start:
            return
        start = after


def _lines(script: Manuscript, statement: cst.CSTNode) -> tuple[int, int]:
    start, end = script.span(statement)
    return script.line_start(start), script.line_end(end)


def _written_to(statement: cst.CSTNode | None) -> str:
    """The session of `session.add(…)`."""
    body: Sequence[object] = statement.body if isinstance(statement, cst.SimpleStatementLine) else ()
    value = body[0].value if len(body) == 1 and isinstance(body[0], (cst.Expr, cst.Assign)) else None
    value = value.expression if isinstance(value, cst.Await) else value
    if not isinstance(value, cst.Call) or not isinstance(value.func, cst.Attribute):
        raise Unfit("no session is told of it there")
    return cst.Module([]).code_for_node(value.func.value)


def _outside_loops(
    script: Manuscript, statement: cst.CSTNode | None
) -> tuple[cst.BaseStatement, cst.IndentedBlock]:
    while statement is not None:
        block = script.parent(statement)
        owner = script.parent(block) if isinstance(block, cst.IndentedBlock) else None
        loop = next((n for n in _within_function(script, block) if isinstance(n, _LOOPS)), None)
        if loop is not None:
            statement = loop
        elif isinstance(block, cst.IndentedBlock) and owner is not None:
            assert isinstance(statement, cst.BaseStatement)
            return statement, block
        else:
            break
    raise Unfit("it stands in no block")


def _within_function(script: Manuscript, node: cst.CSTNode | None) -> Iterator[cst.CSTNode]:
    for around in script.around(node) if node is not None else ():
        if isinstance(around, (cst.FunctionDef, cst.ClassDef)):
            return
        yield around


def _await(script: Manuscript, statement: cst.CSTNode, session: str) -> str:
    """`await` where the calls of this session are awaited. Raises Unfit where nobody can tell."""
    function = next((n for n in script.around(statement) if isinstance(n, cst.FunctionDef)), None)
    if function is None or function.asynchronous is None:
        return ""
    if re.search(rf"\bawait {re.escape(session)}\.", script.text):
        return "await "
    if re.search(rf"(?<!await )\b{re.escape(session)}\.(?:commit|flush|execute|scalars?|get)\(", script.text):
        return ""
    raise Unfit("nobody can tell whether it is awaited")


def _calls(statement: cst.CSTNode) -> str:
    """The code of a statement that is only a call, awaited or not."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return ""
    only = statement.body[0]
    value = only.value if isinstance(only, cst.Expr) else None
    value = value.expression if isinstance(value, cst.Await) else value
    return cst.Module([]).code_for_node(value) if isinstance(value, cst.Call) else ""
