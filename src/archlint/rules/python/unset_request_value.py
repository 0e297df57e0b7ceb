"""Values that handlers find on the request, and that nothing puts there.

## Why is this bad?

`request["user_id"]` is a `KeyError`, and `g.user` or `request.state.user` an `AttributeError`, unless a
middleware, a hook or a decorator has set it before. Where none sets that key, or the one that does is not
registered, every request fails. It comes about where the middleware was renamed, written later, or never
given to the application.

## What to do

Register what sets the value, or set it under the name that is read. Where it may be missing, read it with
`request.get("user_id")`, `g.get("user")` or `getattr(request.state, "user", None)`, and answer 401.

## Bad

`shop/web.py`:

```python
from aiohttp import web


@web.middleware
async def identified(request, handler):
    request["user_id"] = request.headers.get("X-User")
    return await handler(request)


async def me(request):
    return web.json_response({"id": request["user_id"]})  # error: [python/unset-request-value] "`identified`"


def create_app():
    app = web.Application()
    app.router.add_get("/me", me)
    return app
```

`shop/pages.py`:

```python
from flask import Flask, g, request

app = Flask(__name__)


@app.before_request
def load_user():
    g.current_user = request.headers.get("X-User")


@app.get("/me")
def me():
    return {"id": g.user}  # error: [python/unset-request-value] "nothing sets `g.user`"
```

## Good

`shop/web.py`:

```python
from aiohttp import web


@web.middleware
async def identified(request, handler):
    request["user_id"] = request.headers.get("X-User")
    return await handler(request)


async def me(request):
    return web.json_response({"id": request["user_id"]})


def create_app():
    app = web.Application(middlewares=[identified])
    app.router.add_get("/me", me)
    return app
```

`shop/pages.py`:

```python
from flask import Flask, g, request

app = Flask(__name__)


@app.before_request
def load_user():
    g.user = request.headers.get("X-User")


@app.get("/me")
def me():
    return {"id": g.user, "role": g.get("role")}
```

## Source

"Storing Data in the Request" in the documentation of aiohttp, `State` in that of Starlette, `flask.g` in
that of Flask. Verified with all three.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Subscript
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.places.classes import function_at
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.request_values import FLASK, Kept, RequestValues
from archlint.project import Project
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class UnsetRequestValue(Rule, frozen=True):
    """Every read of a value that is kept on a request is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for who sets it, and whether that is registered anywhere."""
        if not serves_requests(project):
            return
        values = RequestValues(project)
        for read in values.reads:
            setting = values.setting(read)
            if any(map(values.is_used, setting)):
                yield Outcome.KEPT
            elif not values.is_certain(read):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, read, setting)

    def _found(self, project: Project, read: Kept, setting: tuple[ProjectFunction, ...]) -> Finding:
        name = _written(read)
        where = spot(project, read.function.module, read.form)
        if not setting:
            return self.finding(
                where,
                f"nothing sets {name}",
                "set it in a middleware or a hook that runs before, under the name that is read",
            )
        by = setting[0].fact.qualname.partition("()")[0]
        return self.finding(
            where,
            f"`{by}`, which sets {name}, is registered nowhere",
            f"register `{by}` with the application",
            related=(Related(function_at(project, setting[0]), "it is set here"),),
        )


def _written(read: Kept) -> str:
    if isinstance(read.form, Subscript):
        return f'`request["{read.key}"]`'
    return f"`g.{read.key}`" if read.framework == FLASK else f"`request.state.{read.key}`"
