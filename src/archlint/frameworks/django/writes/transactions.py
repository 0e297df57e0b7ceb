"""Whether code runs inside a transaction: `atomic` around it, around a caller, or around every request.

https://docs.djangoproject.com/en/5.2/topics/db/transactions/
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, last_name
from archlint.facts.forms import walked_here
from archlint.facts.statements import With
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.distributions import STANDARD
from archlint.frameworks.django.query.named import ATOMIC, Atomic, Function
from archlint.frameworks.django.settings.modules import Settings
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called, Context
from archlint.project.flow.values import Closure, Managed, Object, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.module import Module
    from archlint.project.project import Project

_HARMLESS = STANDARD | frozenset(
    [
        "asgiref",
        "backoff",
        "cachetools",
        "celery",
        "ddtrace",
        "django",
        "django_ratelimit",
        "drf_spectacular",
        "drf_yasg",
        "newrelic",
        "opentelemetry",
        "prometheus_client",
        "ratelimit",
        "rest_framework",
        "sentry_sdk",
        "statsd",
        "structlog",
        "tenacity",
        "typing_extensions",
    ]
)
"""The packages whose decorators and context managers open no transaction, but for Django's `atomic`."""

_IS_OPEN = "in_atomic_block"
"""What `connection` has: `assert connection.in_atomic_block`."""

_PLAIN = frozenset(
    [
        "staticmethod",
        "classmethod",
        "property",
        "cached_property",
        "receiver",
        "action",
        "api_view",
        "task",
        "shared_task",
        "login_required",
        "permission_required",
        "require_POST",
        "require_GET",
        "csrf_exempt",
        "require_http_methods",
        "override",
        "wraps",
        "abstractmethod",
        "route",
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "lru_cache",
        "permission_classes",
        "extend_schema",
        "register",
        "display",
    ]
)


class Transactions:
    """Answers for functions and places. None is always: nobody can tell."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._flow = project.view(DataFlow).flow
        self._hierarchy = project.view(ClassHierarchy)
        self._decorated: dict[ProjectFunction, bool | None] = {}
        self._managed: dict[ProjectFunction, bool] = {}
        self.wraps_requests: bool = _wraps_requests(project)
        """Whether ATOMIC_REQUESTS is set anywhere."""

    @classmethod
    def build(cls, project: Project) -> Transactions:
        """The view of a project."""
        return cls(project)

    def around(self, context: Context) -> bool | None:
        """Whether a `with` around a place opens a transaction."""
        found = [self._opens(manager) for manager in context.managers]
        if any(found):
            return True
        return None if None in found else False

    def wraps(self, function: ProjectFunction) -> bool | None:
        """Whether a decorator of a function, or of its class, opens a transaction, or it asks for one."""
        if function not in self._decorated:
            found = [self.is_atomic(function.module, each) for each in function.fact.decorators]
            if function.fact.owner >= 0:
                owner = function.module.classes[function.fact.owner]
                found += [self.is_atomic(function.module, each) or False for each in owner.decorators]
            known = True if any(found) else (None if None in found else False)
            if known is False and self._asks(function):
                known = None  # it refuses to work without one
            self._decorated[function] = known
        return self._decorated[function]

    def _asks(self, function: ProjectFunction) -> bool:
        """Whether a function looks whether a transaction is open, or begins with one that does."""
        calls = [event.trace for event in self._flow.root(function).events if isinstance(event, Called)]
        inside = [trace.function for trace in calls if trace is not None and trace.function is not None]
        return any(one.module.mentions(one.fact, _IS_OPEN) for one in (function, *inside))

    def is_atomic(self, module: Module, decorator: Expression) -> bool | None:
        """Whether a decorator opens a transaction."""
        value = self._flow.site(module).of(decorator)
        if isinstance(value, Atomic) or (isinstance(value, Function) and value.name == ATOMIC):
            return True
        if isinstance(decorator, Call):
            inner = [self._flow.site(module).of(argument) for argument in decorator.arguments]
            if any(isinstance(one, Atomic) or one == Function(ATOMIC) for one in inner):
                return True  # `method_decorator(transaction.atomic)`
        if _name(decorator) in _PLAIN or _is_from_frameworks(self._flow, module, decorator):
            return False
        return self._wrapper_opens(value.function) if isinstance(value, Closure) else None

    def _wrapper_opens(self, decorator: ProjectFunction) -> bool | None:
        """Whether the functions that a decorator of the project makes open a transaction."""
        outer, module = decorator.fact.qualname.partition("()")[0], decorator.module
        inside = [
            ProjectFunction(module, index)
            for index, fact in enumerate(module.functions)
            if fact.qualname == outer or fact.qualname.startswith(f"{outer}().")
        ]
        if any(map(self._mentions, inside)) or any(self.wraps(one) for one in inside):
            return True
        bodies = [form for one in inside for form in module.statements(one.fact)]
        return None if any(isinstance(form, With) for form in walked_here(bodies)) else False

    def _opens(self, manager: Value) -> bool | None:
        if isinstance(manager, Atomic):
            return True
        if isinstance(manager, Managed):
            return self._mentions(manager.function.function)
        if isinstance(manager, Object) and isinstance(manager.of, ProjectClass):
            if manager.of.fact.name in self._heirs:
                return True
            methods = [
                ProjectFunction(ancestor.module, member.index)
                for ancestor in self._hierarchy.order(manager.of)
                if isinstance(ancestor, ProjectClass)
                for member in ancestor.fact.members
                if member.name in ("__enter__", "__aenter__", "__init__") and member.index >= 0
            ]
            return any(self._mentions(method) for method in methods)
        if isinstance(manager, Object) and isinstance(manager.of, External):
            return False if _is_harmless(manager.of.name) else None
        return None if manager is UNKNOWN else False

    @cached_property
    def _heirs(self) -> frozenset[str]:
        """The names of the project's own classes of transactions."""
        return frozenset(
            fact.name
            for module in self._project.modules
            for fact in module.classes
            if any(last_name(base) == "Atomic" for base in fact.bases)
        )

    def _mentions(self, function: ProjectFunction) -> bool:
        """Whether a function that makes a context manager opens a transaction anywhere."""
        if function not in self._managed:
            self._managed[function] = True  # one that enters itself
            trace = self._flow.root(function)
            runs = (trace, *trace.inside())
            heirs = self._heirs
            self._managed[function] = (
                bool(heirs) and function.module.mentions(function.fact, *heirs)
            ) or any(
                isinstance(value, Atomic)
                for run in runs
                for event in run.events
                for value in (getattr(event, "result", None), *event.context.managers)
            )
        return self._managed[function]


def _is_from_frameworks(flow: Flow, module: Module, decorator: Expression) -> bool:
    written = decorator.function if isinstance(decorator, Call) else decorator
    value = flow.site(module).of(written)
    return isinstance(value, (External, Function)) and _is_harmless(value.name)


def _is_harmless(name: str) -> bool:
    return name.partition(".")[0] in _HARMLESS


def _name(decorator: Expression) -> str:
    written = decorator.function if isinstance(decorator, Call) else decorator
    return getattr(written, "attr", "") or getattr(written, "id", "")


_REQUESTS = re.compile(r"(ATOMIC_REQUESTS[\"']\]?|\bATOMIC_REQUESTS)\s*[:=]\s*(?!False)")


def _wraps_requests(project: Project) -> bool:
    """Whether any settings module sets ATOMIC_REQUESTS of a database, wherever in DATABASES it does.

    Beside DATABASES, as a setting of its own, it has no effect.
    """
    return any(_says_so(project, one.module) for one in project.view(Settings).modules)


def _says_so(project: Project, module: Module) -> bool:
    is_own = "ATOMIC_REQUESTS" in module.bindings or any(
        member.name == "ATOMIC_REQUESTS" for cls in module.classes for member in cls.members
    )
    found = _REQUESTS.finditer(project.text(module.path).text)
    return any(not is_own or each[1] != "ATOMIC_REQUESTS" for each in found)
