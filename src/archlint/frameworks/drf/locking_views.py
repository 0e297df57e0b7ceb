"""Views whose query set locks its rows: the framework fetches them before any code of the view runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, last_name
from archlint.facts.forms import walked
from archlint.facts.statements import With
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.made_sets import made_query_set
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.drf.view_classes import ON_ONE, ViewClasses
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Object, alternatives
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_EDITING = frozenset(
    f"django.views.generic.{module}{name}"
    for module in ("", "edit.")
    for name in ("UpdateView", "DeleteView")
)
_AROUND = frozenset(
    ["dispatch", "initial", "get_object", "get", "post", "put", "patch", "delete", "as_view", *ON_ONE, "list"]
)
"""Methods that run before or instead of the framework's own, and may open a transaction."""
_AFTER = frozenset({"perform_update", "perform_destroy", "form_valid"})
"""Methods that the framework calls with the object that it has fetched."""


class LockingView(msgspec.Struct, frozen=True):
    """A view that fetches locked rows outside of any transaction."""

    cls: ProjectClass
    module: Module
    form: Call
    """The call of `select_for_update()`."""


def locking_views(project: Project) -> Iterator[LockingView]:
    """The views of the project with a way from a request to the rows on which nothing opens a transaction."""
    site_of = project.view(DataFlow).flow.site
    for module in project.modules:
        if is_test(module.path):
            continue
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            if not fact.bases or not _changes_one(project, cls) or _opens_transactions(project, cls):
                continue
            made, trace = made_query_set(project, Object(cls), site_of(module))
            locked = [one for one in alternatives(made) if isinstance(one, QuerySet) and one.is_locked]
            found = _lock(trace) if locked and trace is not None else None
            if found is not None:
                yield LockingView(cls, *found)


def _changes_one(project: Project, cls: ProjectClass) -> bool:
    """Whether the framework brings the methods that fetch one object to change it."""
    kind = project.view(ViewClasses).of(cls)
    if kind is not None:
        return kind.is_generic and bool(kind.actions & ON_ONE - {"retrieve"})
    order = project.view(ClassHierarchy).order(cls)
    return any(getattr(one, "name", "") in _EDITING for one in order)


def _opens_transactions(project: Project, cls: ProjectClass) -> bool:
    """Whether something of the class may: then nobody can tell which of its requests do."""
    transactions = project.view(Transactions)
    if transactions.wraps_requests:
        return True
    for ancestor in project.view(ClassHierarchy).order(cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        if any(transactions.is_atomic(ancestor.module, one) is not False for one in ancestor.fact.decorators):
            return True
        for member in ancestor.fact.members:
            if member.kind is not Kind.FUNCTION:
                continue
            method = ProjectFunction(ancestor.module, member.index)
            if member.name in _AROUND and not _only_hands_on(method):
                return True
            if member.name not in _AFTER and transactions.wraps(method) is not False:
                return True
            if "action" in method.decorators:
                return True
    return False


def _only_hands_on(method: ProjectFunction) -> bool:
    """Whether a method leaves the rows to the framework's own, and opens nothing around that."""
    forms = tuple(walked(method.module.statements(method.fact)))
    if any(isinstance(form, With) for form in forms):
        return False
    calls = (form.function for form in forms if isinstance(form, Call))
    return any(
        isinstance(called, Attribute)
        and called.attr == method.fact.name
        and isinstance(called.value, Call)
        and last_name(called.value.function) == "super"
        for called in calls
    )


def _lock(trace: Trace) -> tuple[Module, Call] | None:
    for run in (trace, *trace.inside()):
        for event in run.events:
            if isinstance(event, Called) and event.name == "select_for_update":
                return run.module, event.form
    return None
