"""Which functions answer requests, as far as their decorators tell, whatever the framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, last_name
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_METHODS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "route", "api_route", "view", "websocket"}
)
_FRAMEWORKS = frozenset(
    {
        "aiohttp",
        "arq",
        "bottle",
        "celery",
        "django",
        "falcon",
        "fastapi",
        "flask",
        "litestar",
        "pyramid",
        "quart",
        "robyn",
        "sanic",
        "saq",
        "starlette",
        "taskiq",
        "tornado",
    }
)
_WORKER = "WorkerSettings"
"""The class that arq is told of on the command line; nothing has to be imported for that."""

_PER_JOB = "on_job_start"
"""What puts something into the `ctx` of one job."""

_VIEWS = frozenset({"HTTPEndpoint", "HTTPMethodView", "MethodView"})
_RESOURCES = frozenset(
    f"{package}.{module}Resource"
    for package in ("flask_restful", "flask_restplus", "flask_restx")
    for module in ("", "resource.")
)
_HOOKS = frozenset(
    {
        "after_app_request",
        "after_request",
        "before_app_request",
        "before_request",
        "middleware",
        "teardown_app_request",
        "teardown_appcontext",
        "teardown_request",
    }
)
_REQUESTS = frozenset({"req", "request"})
_PER_REQUEST = frozenset({"on_finish", "prepare"})
"""What Tornado calls before and after the method that answers."""

_COMMANDS = frozenset({"command", "group", "cli"})
_TASKS = frozenset(
    {"actor", "cron", "job", "periodic_task", "scheduled_job", "shared_task", "task", "unique_task"}
)
_ONCE = frozenset({"upgrade", "downgrade", "main"})


def is_handler(function: ProjectFunction | None) -> bool:
    """Whether a decorator such as `@app.post("/orders")` makes a function answer requests."""
    if function is None:
        return False
    for decorator in function.fact.decorators:
        if isinstance(decorator, Call) and isinstance(decorator.function, Attribute):
            if decorator.function.attr in _METHODS and decorator.arguments:
                return True
        elif isinstance(decorator, Call) and getattr(decorator.function, "id", "") in _METHODS:
            return True
    return False


def is_view_method(function: ProjectFunction | None, hierarchy: ClassHierarchy | None = None) -> bool:
    """Whether it is a method of a view class, of which a framework calls those that are named like HTTP's.

    With the hierarchy, classes count that inherit by way of others, and resources of Flask's packages.
    """
    if function is None or function.fact.name not in _METHODS or function.fact.owner < 0:
        return False
    if any(last_name(base) in _VIEWS for base in function.module.classes[function.fact.owner].bases):
        return True
    order = (
        hierarchy.order(ProjectClass(function.module, function.fact.owner)) if hierarchy is not None else ()
    )
    names = {each.name for each in order if isinstance(each, External)}
    return any(name.rpartition(".")[2] in _VIEWS or name in _RESOURCES for name in names)


def runs_per_request(function: ProjectFunction) -> bool:
    """Whether it answers requests, or runs before or after what does: hooks, Falcon's and Tornado's too."""
    return (
        is_handler(function) or is_view_method(function) or _is_hook(function) or _is_given_request(function)
    )


def _is_hook(function: ProjectFunction) -> bool:
    """Whether a decorator such as `@app.before_request` makes it run around the handlers."""
    for decorator in function.fact.decorators:
        named = decorator.function if isinstance(decorator, Call) else decorator
        if isinstance(named, Attribute) and named.attr in _HOOKS:
            return True
    if function.fact.name not in _PER_REQUEST or function.fact.owner < 0:
        return False
    return any("Handler" in last_name(base) for base in function.module.classes[function.fact.owner].bases)


def _is_given_request(function: ProjectFunction) -> bool:
    """Whether it is given a request, as handlers are that a call registers: `Route("/orders", orders)`."""
    if "fixture" in function.decorators:
        return False  # what pytest passes
    names = [parameter.name for parameter in function.fact.parameters[:2]]
    return not _REQUESTS.isdisjoint(names[1:] if names[:1] == ["self"] else names[:1])


def begins_work(function: ProjectFunction) -> bool:
    """Whether a decorator makes it a command, or a task of a queue or a scheduler."""
    return not (_COMMANDS | _TASKS).isdisjoint(each.rpartition(".")[2] for each in function.decorators)


def runs_once(function: ProjectFunction) -> bool:
    """Whether a process runs it and ends: commands, migrations."""
    return function.fact.name in _ONCE or not _COMMANDS.isdisjoint(function.decorators)


def serves_requests(project: Project) -> bool:
    """Whether any file of a project imports a web framework, or one that does jobs for others."""
    return not _FRAMEWORKS.isdisjoint(project.imported) or has_worker(project)


def has_worker(project: Project) -> bool:
    """Whether a project has a worker of arq whose jobs find in `ctx` what its start has put there."""
    settings = [cls for module in project.modules for cls in module.classes if cls.name == _WORKER]
    return bool(settings) and not any(m.name == _PER_JOB for cls in settings for m in cls.members)


def serves_nobody(project: Project, module: Module) -> bool:
    """Whether a module is a test, or a script: nobody imports it, and it answers no request."""
    if is_test(module.path):
        return True
    if "__main__" not in project.code(module.path) or project.view(ImportGraph).importers_of(module):
        return False
    functions = (ProjectFunction(module, index) for index in range(len(module.functions)))
    return not any(map(is_handler, functions))
