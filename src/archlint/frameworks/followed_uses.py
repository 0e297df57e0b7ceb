"""What each module uses, the methods of objects too whose class only their way through the code tells.

`order.items.all()` is a use of `django.db.models.Manager.all`, and a session that a generator yields is one
all the same: what `Uses` says, and what the data flow adds to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Attribute
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.framework_names import may_be_followed
from archlint.frameworks.sqlalchemy.names import handed_on
from archlint.project.answer import External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.trace import Called, Read, Trace
from archlint.project.flow.values import Method, Value, something
from archlint.project.objects.inherited_uses import InheritedUses
from archlint.project.objects.uses import Use, Uses
from archlint.project.spans import name_span

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.objects.use_chains import UsesByModule
    from archlint.project.project import Project


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
        added = {use.span for use in followed.values() if not use.name}
        plain = (
            use
            for use in self._uses.of(module)
            if use.span not in (told if not use.name else added if isinstance(use.answer, External) else ())
        )
        return (*followed.values(), *plain)


class HandedOnUses:
    """The uses that somebody tells of, and those of SQLAlchemy that Flask-SQLAlchemy's object hands on."""

    def __init__(self, told: UsesByModule) -> None:
        self._told = told

    def of(self, module: Module) -> tuple[Use, ...]:
        """The uses of a module, by both names: `db.select` is `sqlalchemy.select`."""
        uses = self._told.of(module)
        names = ((use, handed_on(use.name)) for use in uses)
        return (*uses, *(replace(use, name=name, answer=External(name)) for use, name in names if name))


def uses_of(project: Project, symbols: tuple[str, ...]) -> InheritedUses:
    """Who can tell of all uses of some symbols: values are only followed where that may tell of more."""
    is_followed = any(may_be_followed(symbol) and _may_be_method(symbol) for symbol in symbols)
    told: UsesByModule = project.view(FollowedUses) if is_followed else project.view(Uses)
    if "flask_sqlalchemy" in project.imported and any(map(may_be_followed, symbols)):
        told = HandedOnUses(told)
    return InheritedUses(project, told, symbols)


def _may_be_method(symbol: str) -> bool:
    """Whether a pattern may mean methods: `sqlalchemy.orm.Session.*`, but not `sqlalchemy.orm.*`.

    Functions and classes are told by their names; that classes are written with a capital is the convention.
    """
    owner, _, last = symbol.rpartition(".")
    holder = owner.rpartition(".")[2]
    return last == "**" or "*" in holder or holder[:1].isupper()


def _uses(project: Project) -> Iterator[Use]:
    flow = project.view(DataFlow)
    for trace, call in flow.events(Called):
        # A method under another name is used where it was given that name.
        if isinstance(call.form.function, Attribute):
            yield from _methods(project, trace, call.form.function, "call", call.receiver)
    for trace, read in flow.events(Read):
        if any(isinstance(option, Method) for option in something(read.result)):
            yield from _methods(project, trace, read.form, "read", read.receiver)


def _methods(
    project: Project, trace: Trace, form: Attribute, how: str, receiver: Value | None
) -> Iterator[Use]:
    """The uses of a method, by each of the names of the class that the receiver may be of.

    Without a name where the project adds the method: that is no use of the class from outside.
    """
    span = name_span(form)
    if span is None or receiver is None:
        return
    for option in something(receiver):
        if not isinstance(option, Behaviour):
            continue
        is_added = option.has_added(form.attr, project)
        for name in option.classes:
            full = "" if is_added else f"{name}.{form.attr}"
            answer = External(full) if full else None
            yield Use(trace.module, trace.function, how, full, form.attr, span, form, answer)
