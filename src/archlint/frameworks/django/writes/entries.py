"""The functions that frameworks call: views, tasks, commands, consumers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.call_sites import CallSite, CallSites, Way
from archlint.frameworks.django.query.web.parts_of_views import PartsOfViews
from archlint.frameworks.django.writes.after_commit import AfterCommit
from archlint.frameworks.django.writes.atomic_classes import AtomicClasses
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.handlers import is_handler
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Trace

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_CALLED = ("django.views.", "rest_framework.", "channels.", "django.core.management.", "celery.")
_ADMIN = ("django.contrib.admin.",)
"""Actions of the admin; what it does with one object, it does in a transaction."""

_FORMS = ("django.forms.", "rest_framework.serializers.")
_METHODS = frozenset(
    [
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "dispatch",
        "handle",
        "form_valid",
        "list",
        "create",
        "retrieve",
        "update",
        "partial_update",
        "destroy",
        "run",
        "perform_create",
        "perform_update",
        "perform_destroy",
        "connect",
        "disconnect",
        "receive",
        "receive_json",
        "websocket_connect",
        "websocket_receive",
    ]
)
_DECORATORS = frozenset(
    [
        "action",
        "api_view",
        "task",
        "shared_task",
        "require_POST",
        "require_GET",
        "require_http_methods",
        "login_required",
        "permission_required",
        "csrf_exempt",
        "db_task",
        "job",
    ]
)


def is_entry(project: Project, function: ProjectFunction) -> bool:
    """Whether a framework calls a function by itself."""
    if is_test(function.module.path):
        return False
    if is_handler(function) or not _DECORATORS.isdisjoint(function.decorators):
        return True
    fact = function.fact
    if fact.owner < 0:
        is_view = bool(fact.parameters) and fact.parameters[0].name == "request" and "()" not in fact.qualname
        return is_view and not project.view(PartsOfViews).has(function)
    is_action = [one.name for one in fact.parameters[1:]] == ["request", "queryset"]
    if fact.name not in _METHODS and not is_action and fact.name != "save":
        return False
    called = _ADMIN if is_action else _FORMS if fact.name == "save" else _CALLED
    hierarchy, owner = project.view(ClassHierarchy), ProjectClass(function.module, fact.owner)
    bases = (base for cls in (owner, *hierarchy.below(owner)) for base in hierarchy.order(cls))
    return any(isinstance(one, External) and one.name.startswith(called) for one in bases)


def unprotected_ways(
    project: Project, trace: Trace, may_go_on: Callable[[CallSite], bool] = lambda site: True
) -> Iterator[tuple[Trace, Way]]:
    """The ways from a run up to what a framework calls, on which nothing opens a transaction."""
    transactions, sites = project.view(Transactions), project.view(CallSites)
    after = project.view(AfterCommit)

    def goes_on(site: CallSite) -> bool:
        inside = site.inside.function
        if inside is None or transactions.wraps(inside) is not False:
            return False
        return transactions.around(site.event.context) is False and may_go_on(site)

    for here, way in sites.ways_up(trace, goes_on):
        function = here.function
        if function is None or not (is_entry(project, function) or after.runs(function)):
            continue
        if transactions.wraps(function) is False and not project.view(AtomicClasses).of(function):
            yield here, way
