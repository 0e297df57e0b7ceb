"""Loops of a framework: it asks an object for many things, and then about each of them.

They are written down as the code that nobody sees, and run like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.facts.statements import Evaluate, For
from archlint.project.classes import ProjectClass
from archlint.project.flow.path import Path
from archlint.project.flow.run import Run
from archlint.project.flow.semantics import Round
from archlint.project.flow.trace import Trace
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow

_SELF, _EACH = "<self>", "<each>"
"""No code has such names."""


def run_rounds(flow: Flow) -> None:
    """Run the loops of the frameworks around every class that fills them in."""
    for module in flow.project.modules:
        for index, fact in enumerate(module.classes):
            if not fact.bases or not fact.members:
                continue
            cls = ProjectClass(module, index)
            for semantics in flow.semantics:
                found = semantics.round(cls)
                if found is not None:
                    _run(flow, cls, found)


def _run(flow: Flow, cls: ProjectClass, of: Round) -> None:
    source = flow.objects.member(cls, of.source)
    if source is None or source[1].kind is not Kind.FUNCTION:
        return
    function = ProjectFunction(source[0].module, source[1].index)
    line = function.fact.line
    trace = flow.new(Trace(function.module, function, arguments=()))
    run = Run(
        flow, trace, Path({_SELF: flow.instance_of(flow.names.of_class(cls), flow.site(cls.module))}, {})
    )
    each = Name(_EACH, line, 0)
    calls = tuple([Evaluate(call, line) for call in _calls(flow, cls, of, each)])
    run.whole((For(each, _called(_of_self(of.source, line)), calls, (), False, line),))


def _calls(flow: Flow, cls: ProjectClass, of: Round, each: Name) -> Iterator[Call]:
    """What happens to each of the things."""
    for name in of.asked:
        if flow.objects.member(cls, name) is not None:
            yield _called(_of_self(name, each.line), each)
    for lacked, name in of.otherwise:
        if flow.objects.member(cls, lacked) is not None:
            continue
        if name == "str":
            yield _called(Name(name, each.line, 0), each)
        else:
            yield _called(Attribute(each, name, each.line, 0))


def _of_self(name: str, line: int) -> Attribute:
    return Attribute(Name(_SELF, line, 0), name, line, 0)


def _called(function: Expression, *arguments: Expression) -> Call:
    line = function.line if isinstance(function, (Attribute, Name)) else 0
    return Call(function, arguments, (), line, 0)
