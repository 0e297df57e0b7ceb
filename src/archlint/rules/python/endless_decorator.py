"""Decorators that call what they decorate themselves.

## Why is this bad?

`@login_required` asks who the user is before it lets anybody in. If the function that it asks is decorated
with `@login_required`, too, that asks again, and so on: each request ends in a `RecursionError`. It comes
about where every function of a module gets the decorator, the one that it rests on along with the others.

## What to do

Leave the function that the decorator calls undecorated, and let the decorated one call that.

## Bad

`shop/access.py`:

```python
from functools import wraps

from flask import abort, g, request


def login_required(view):
    @wraps(view)
    def inner(*args, **kwargs):
        g.user = current_user()
        if g.user is None:
            abort(401)
        return view(*args, **kwargs)

    return inner


@login_required
def current_user():  # error: [python/endless-decorator] "`login_required` calls `current_user`"
    return request.headers.get("X-User")
```

## Good

`shop/access.py`:

```python
from functools import wraps

from flask import abort, g, request


def login_required(view):
    @wraps(view)
    def inner(*args, **kwargs):
        g.user = current_user()
        if g.user is None:
            abort(401)
        return view(*args, **kwargs)

    return inner


def current_user():
    return request.headers.get("X-User")


@login_required
def profile():
    return {"user": current_user()}
```

## Bad: by way of others

`shop/access.py`:

```python
from functools import wraps

from aiohttp import web


def secured(role):
    def decorate(handler):
        @wraps(handler)
        async def inner(request):
            request["user"] = await load(request)
            return await handler(request)

        return inner

    return decorate


async def load(request):
    if "Authorization" not in request.headers:
        raise web.HTTPUnauthorized
    return await profile(request)


@secured("member")
async def profile(request):  # error: [python/endless-decorator] "calls `profile`, which it decorates"
    return {"name": request.headers.get("X-Name")}
```

## Source

https://docs.python.org/3/library/exceptions.html#RecursionError
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call
from archlint.finding import Related, Severity
from archlint.frameworks.places.classes import function_at
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.objects.sure_calls import sure_calls
from archlint.project.objects.values import Values
from archlint.project.scopes import Scopes
from archlint.rule import Outcome, Rule, Verdict

_FARTHEST = 4
"""Calls from the wrapper to the function that is decorated."""


class EndlessDecorator(Rule, frozen=True):
    """Every function with a decorator of the project is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow what the wrapper surely calls, and look whether that is decorated by the same."""
        reached: dict[ProjectFunction, frozenset[ProjectFunction]] = {}
        for function in project.view(Functions).all():
            for decorator in _decorators(project, function) if not is_test(function.module.path) else ():
                if decorator not in reached:
                    reached[decorator] = frozenset(_reached(project, decorator))
                if function not in reached[decorator]:
                    yield Outcome.KEPT
                    continue
                by, name = decorator.fact.name, function.fact.name
                yield self.finding(
                    function_at(project, function),
                    f"`{by}` calls `{name}`, which it decorates: that never ends",
                    f"let `{by}` call a function that it does not decorate",
                    related=(Related(function_at(project, decorator), f"`{by}` stands here"),),
                )


def _decorators(project: Project, function: ProjectFunction) -> Iterator[ProjectFunction]:
    for each in function.fact.decorators:
        made = each.function if isinstance(each, Call) else each
        found = called_function(project.view(Scopes).resolve(function.module, function.outer, made))
        if found is not None and found != function:
            yield found


def _reached(project: Project, decorator: ProjectFunction) -> Iterator[ProjectFunction]:
    """What is called whenever a function is that the decorator wraps."""
    functions, values = project.view(Functions), project.view(Values)
    inside = [f for f in functions.all_of(decorator.module) if f.fact.qualname.startswith(decorator.scope)]
    wrappers = [f for f in inside if not any(g.fact.qualname.startswith(f.scope) for g in inside)]
    pending = [(wrapper, 0) for wrapper in wrappers if len(wrappers) == 1]
    met: set[ProjectFunction] = set()
    while pending:
        function, far = pending.pop()
        for call in sure_calls(function.module.statements(function.fact)):
            callee = called_function(values.callee(function, call))
            if callee is None or callee in met or callee.fact.is_generator:
                continue
            met.add(callee)
            yield callee
            if far < _FARTHEST and not callee.fact.decorators:
                pending.append((callee, far + 1))
