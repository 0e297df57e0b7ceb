"""`ExitStack`: context managers that are entered one by one, and left together."""

from __future__ import annotations

from functools import partial

from archlint.facts.expressions import Call
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.blocks.catching import within
from archlint.project.flow.blocks.entering import entered
from archlint.project.flow.place import Place
from archlint.project.flow.values import Arguments, Entered, Pending, Value

_ENTERING = frozenset({"enter_context", "enter_async_context"})
_CALLING = frozenset({"callback", "push_async_callback"})


class ExitStack(Behaviour, frozen=True):
    """A stack: which one it is, the place says where it is made."""

    is_noted = False

    path: str
    line: int

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Enter a context manager, or note what is called at the end."""
        if not isinstance(site, Place) or not arguments.positional:
            return self if name == "pop_all" else UNKNOWN
        first, *rest = arguments.positional
        if name in _ENTERING:
            is_async = name == "enter_async_context"
            written = site.form.arguments[0] if isinstance(site.form, Call) else site.form
            found = entered(site.flow, first, site, written)
            self._push(site, found)
            site.context = within(site, first, written, is_async=is_async)  # as long as that of the stack
            return Pending(found.value) if is_async else found.value
        if name in _CALLING:
            given = Arguments(tuple(rest), arguments.named, arguments.is_open)
            self._push(site, Entered(first, partial(_call, site, first, given)))
        return UNKNOWN

    def left(self, site: Site) -> None:
        """What was entered is left, the last first."""
        held = site.state(self)
        site.remember(self, ())
        for each in reversed(held if isinstance(held, tuple) else ()):
            each.leave()

    def _push(self, site: Site, more: Entered) -> None:
        held = site.state(self)
        site.remember(self, (*(held if isinstance(held, tuple) else ()), more))


class ExitStackClass(Behaviour, frozen=True):
    """`contextlib.ExitStack`, `contextlib.AsyncExitStack`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A stack with nothing on it."""
        stack = ExitStack(site.module.path, getattr(site.form, "line", 0))
        site.remember(stack, ())
        return stack


def _call(site: Site, function: Value, arguments: Arguments) -> None:
    site.call(function, arguments)
