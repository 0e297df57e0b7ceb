"""The methods that are called of sessions, statements and queries, and whether these have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.asked.offered import SESSION, STATEMENT
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.nearness import nearest
from archlint.project.classes import ClassHierarchy
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.flow.values import alternatives
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.project.flow.values import Value
    from archlint.project.project import Project

_NEAR = 0.8


class CalledMethod(msgspec.Struct, frozen=True):
    """One call."""

    trace: Trace
    form: Attribute
    what: str
    """Of what it is asked, in words."""

    offered: frozenset[str]
    is_known: bool

    @property
    def name(self) -> str:
        """The name of the method."""
        return self.form.attr


def called_methods(project: Project) -> Iterator[CalledMethod]:
    """All calls of which every receiver is a session, or every one a statement."""
    own: frozenset[str] | None = None
    flow = project.view(DataFlow)
    for trace, event in flow.events(Called):
        form = event.form.function
        kind = _kind(event.receiver)
        if kind is None or not isinstance(form, Attribute) or is_test(trace.module.path):
            continue
        if isinstance(form.value, Attribute) and form.value.attr == "registry":
            continue  # of a scoped session: it has methods of its own, `registry.has()`
        what, offered = kind
        is_known = form.attr in offered or form.attr.startswith("_")
        if not is_known and _is_legacy(event.receiver):
            # Packages give the queries of models classes of their own: only what is misspelt is surely wrong.
            is_known = not nearest(form.attr, offered, similar=_NEAR)
        if not is_known:
            own = _names_of_classes(project) if own is None else own
            is_known = form.attr in own or _is_expected(trace, event)
        yield CalledMethod(trace, form, what, offered, is_known)


def _kind(receiver: Value | None) -> tuple[str, frozenset[str]] | None:
    """What something surely is that is asked, in words, and what it has."""
    options = tuple(alternatives(receiver)) if receiver is not None else ()
    if options and all(isinstance(option, Session) for option in options):
        return "a session", SESSION
    if options and all(isinstance(option, Statement) for option in options):
        return "a statement", STATEMENT
    return None


def _is_legacy(receiver: Value | None) -> bool:
    options = alternatives(receiver) if receiver is not None else ()
    return any(isinstance(option, Statement) and option.kind == "query" for option in options)


def _is_expected(trace: Trace, event: Called) -> bool:
    """Whether somebody is ready for the failure."""
    is_caught = any(name.rpartition(".")[2] == "AttributeError" for name in event.context.caught)
    return is_caught or is_tried(trace.module, event.form.line, "AttributeError")


def _names_of_classes(project: Project) -> frozenset[str]:
    """What any class of the project has, and what is put on a session or a statement."""
    found: set[str] = set()
    for cls in project.view(ClassHierarchy).classes():
        found.update(member.name for member in cls.fact.members)
        found.update(cls.fact.attributes)
    for _, written in project.view(DataFlow).events(Written):
        if _kind(written.receiver) is not None:
            found.add(written.name)
    return frozenset(found)
