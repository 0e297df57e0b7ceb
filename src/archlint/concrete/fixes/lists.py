"""Lists of names, and imports for what they do."""

from __future__ import annotations

import libcst as cst

from archlint.concrete.fixes.arguments import after
from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Step


def enlist(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """One more text in the list that holds the text at a location, quoted as that is."""
    start = script.start(step.at)
    for node, first, last in script.nodes():
        if isinstance(node, (cst.List, cst.Tuple)) and first <= start < last:
            texts = [each.value for each in node.elements if isinstance(each.value, cst.SimpleString)]
            if any(text.evaluated_value == step.text for text in texts):
                raise Unfit("it is in the list")
            quote = texts[-1].quote if texts else '"'
            return [after(script, node.elements, f"{quote}{step.text}{quote}")]
    raise Unfit("there is no list")


def bring_in(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """An import whose name nobody here need read; in `__all__`, too, where a file has that."""
    (dotted,) = step.imports
    name = imports.local(dotted, step.text)
    for line in script.tree.body:
        for each in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(each, cst.Assign) and script.code(each.targets[0].target) == "__all__":
                return _exported(script, each.value, name)
    return []


def _exported(script: Manuscript, value: cst.BaseExpression, name: str) -> list[Change]:
    if not isinstance(value, (cst.List, cst.Tuple)) or not value.elements:
        return []
    texts = [each.value for each in value.elements]
    written = [text.evaluated_value for text in texts if isinstance(text, cst.SimpleString)]
    last = texts[-1]
    if len(written) != len(texts) or not isinstance(last, cst.SimpleString) or name in written:
        return []
    item = f"{last.quote}{name}{last.quote}"
    later = next((at for at, each in enumerate(written) if str(each) > name), None)
    is_one_line = "\n" not in script.code(value)
    if later is not None and is_one_line and written == sorted(map(str, written)):
        start = script.span(texts[later])[0]
        return [Change(start, start, f"{item}, ")]
    return [after(script, value.elements, item)]
