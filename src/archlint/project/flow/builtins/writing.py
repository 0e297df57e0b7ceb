"""What happens when a value becomes text: its `__str__` runs, or its `__repr__` where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Name
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour, SelfMade, Site
from archlint.project.flow.builtins.beginnings import Beginning
from archlint.project.flow.telling import PLAIN
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Arguments, Closure, Constant, Items, Value, something

if TYPE_CHECKING:
    from archlint.facts.expressions import Operation, Template
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place

_SPEAKING = ("__str__", "__repr__")
_LEVELS = frozenset({"critical", "debug", "error", "exception", "info", "log", "warning"})


def as_text(site: Site, value: Value, *names: str) -> Value:
    """The text that a value is written as; UNKNOWN where nobody can tell."""
    if value.__class__ in PLAIN:
        return value if isinstance(value, Constant) and isinstance(value.value, str) else UNKNOWN
    if isinstance(value, Beginning):
        return value
    for option in something(value):
        if isinstance(option, Behaviour) and option.is_noted:
            _run(site, option, names or _SPEAKING)
    return UNKNOWN


def printed(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`print(order)`, `format(order)`."""
    for value in arguments.positional:
        as_text(site, value)
    return UNKNOWN


def represented(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`repr(order)`."""
    for value in arguments.positional[:1]:
        as_text(site, value, "__repr__")
    return UNKNOWN


def written_into(run: Place, form: Template | Operation, values: Iterable[Value]) -> None:
    """What stands between the text of a form: it is as if `str` were called with each there."""
    for value in values:
        if value.__class__ in PLAIN:
            continue
        before, run.inside = run.path.state, None
        as_text(run, value)
        inside = run.inside
        if inside is not None and inside.events:
            call = Call(Name("str", form.line, form.column), (form,), (), form.line, form.column)
            given = (call, None, "str", External("builtins.str"), Arguments((value,)), UNKNOWN)
            run.trace.events.append(Called(*given, run.context, before, False, inside))


def put_in(run: Place, form: Operation, text: Value, given: Value) -> None:
    """`"%s of %s" % (line, order)`: what is put into a text."""
    if isinstance(text, Constant) and isinstance(text.value, str):
        written_into(run, form, given.items if isinstance(given, Items) else (given,))


def _run(site: Site, value: Behaviour, names: tuple[str, ...]) -> None:
    for name in names:
        own = site.attribute(value, name)
        if isinstance(own, Closure):
            site.call(own, Arguments())
            return


class Logger(SelfMade, frozen=True):
    """`logging.getLogger` and what it gives: it writes down what it is told."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`logger.info("%s is placed", order)`."""
        if name in _LEVELS:
            for value in arguments.positional:
                if value.__class__ not in PLAIN:
                    as_text(site, value)
        return UNKNOWN


LOGGERS: dict[str, Value] = {"logging.Logger": Logger(), "logging.getLogger": Logger()}
