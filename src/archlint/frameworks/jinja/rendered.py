"""Which templates of Jinja are shown with which values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Expression, last_name, written_text
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.jinja.renderers import Renderer, Templates
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Arguments, Constant, Entries, Value

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


class Rendered(msgspec.Struct, frozen=True):
    """A template with what it is given."""

    name: str
    given: Mapping[str, Value]
    trace: Trace
    line: int
    form: Expression | None
    """The call; None where a framework shows what a handler returns."""

    state: Mapping[object, object]


def rendered(project: Project) -> Iterator[Rendered]:
    """All of a project, as far as names and values can be seen."""
    flow = project.view(DataFlow)
    for trace, called in flow.events(Called):
        if isinstance(called.callee, Renderer) or _is_response(called):
            name, given = _name(called.arguments), _given(called.arguments)
            if name and given:
                yield Rendered(name, given, trace, called.form.line, called.form, called.state)
    for trace in flow.traces():
        name = _named_above(trace.function) if trace.function is not None else ""
        for way in trace.exits if name else ():
            if isinstance(way.value, Entries) and way.how == "return":
                yield Rendered(name, dict(way.value.values), trace, way.line, None, way.state)


def _is_response(called: Called) -> bool:
    return isinstance(called.receiver, Templates) and called.name == "TemplateResponse"


def _name(arguments: Arguments) -> str:
    """The name of the template, wherever it stands among the arguments."""
    named = [arguments.get(name) for name in ("name", "template_name", "template_name_or_list")]
    for value in (*named, *arguments.positional):
        if isinstance(value, Constant) and isinstance(value.value, str):
            return value.value
    return ""


def _given(arguments: Arguments) -> dict[str, Value]:
    """What it is given: a dict, keywords, or both."""
    in_turn = next((value for value in arguments.positional if isinstance(value, Entries)), None)
    context = arguments.get("context") or in_turn
    given = dict(context.values) if isinstance(context, Entries) else {}
    return {**given, **dict(arguments.named)}


def _named_above(function: ProjectFunction) -> str:
    """`@aiohttp_jinja2.template("orders.html")`: what the handler returns is shown."""
    for decorator in function.fact.decorators:
        if isinstance(decorator, Call) and last_name(decorator.function) == "template":
            first = decorator.arguments[0] if decorator.arguments else None
            return written_text(first) or ""
    return ""
