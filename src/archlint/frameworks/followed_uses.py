"""What each module uses, the methods of objects too whose class only their way through the code tells.

`order.items.all()` is a use of `django.db.models.Manager.all`, and a session that a generator yields is one
all the same: what `Uses` says, and what the data flow adds to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.project.answer import External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import Called
from archlint.project.flow.values import something
from archlint.project.uses import Use, Uses, name_span

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

FOLLOWED = ("django.db.models.", "sqlalchemy.")
"""Where the classes come from whose objects are followed."""


class FollowedUses:
    """The uses of every module."""

    def __init__(self, project: Project) -> None:
        self._uses = project.view(Uses)
        self._followed: dict[Module, dict[object, Use]] = {}
        for use in _uses(project):
            self._followed.setdefault(use.module, {}).setdefault((use.span, use.name), use)

    @classmethod
    def build(cls, project: Project) -> FollowedUses:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module) -> tuple[Use, ...]:
        """What a module uses, in no particular order; of one place there may be several."""
        followed = self._followed.get(module)
        if not followed:
            return self._uses.of(module)
        told = {use.span for use in followed.values()}
        plain = (use for use in self._uses.of(module) if use.name or use.span not in told)
        return (*followed.values(), *plain)


def uses_of(project: Project, symbols: Iterable[str]) -> Uses | FollowedUses:
    """Who can tell of all uses of some symbols: values are only followed where that may tell of more."""
    if any(symbol.startswith((*FOLLOWED, "*")) and _may_be_method(symbol) for symbol in symbols):
        return project.view(FollowedUses)
    return project.view(Uses)


def _may_be_method(symbol: str) -> bool:
    """Whether a pattern may mean methods: `sqlalchemy.orm.Session.*`, but not `sqlalchemy.orm.*`.

    Functions and classes are told by their names; that classes are written with a capital is the convention.
    """
    owner, _, last = symbol.rpartition(".")
    holder = owner.rpartition(".")[2]
    return last == "**" or "*" in holder or holder[:1].isupper()


def _uses(project: Project) -> Iterator[Use]:
    for trace, event in project.view(DataFlow).events(Called):
        span = name_span(event.form.function)
        if event.receiver is None or span is None or event.trace is not None:
            continue  # what the project itself defines is no use of the framework
        for option in something(event.receiver):
            for name in option.classes if isinstance(option, Behaviour) else ():
                full = f"{name}.{event.name}"
                form = event.form.function
                yield Use(
                    trace.module,
                    trace.function,
                    "call",
                    full,
                    event.name,
                    span,
                    form,  # type: ignore[arg-type]  # it has a span, and so is a name or a chain
                    External(full),
                )
