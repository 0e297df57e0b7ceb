"""Operations of the OpenAPI document that no route answers.

## Why is this bad?

A client that was written for the document gets 404 Not Found where the path has no route, and 405 Method Not
Allowed where its routes take other methods only. With Django, a route that ends in `/` where the document has
none answers with a redirect, which turns a POST into a GET and loses what was sent.

## What to do

Add the route, or the method; or take the operation out of the document, if nobody is to have it. What stands
in front of all paths (`/api`) need not be in the document. Where `servers` says it, and some route keeps to
it, the others have to, too.

## Bad

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders:
    get: {responses: {"200": {description: all orders}}}
    post: {responses: {"201": {}}}  # warning: [contract/unrouted-operation] "takes GET only"
  /orders/{number}:
    get: {responses: {"200": {}}}  # warning: [contract/unrouted-operation] "no route answers"
```

`shop/web.py`:

```python
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/orders")


@router.get("")
def orders():
    return []


app.include_router(router, prefix="/api")
```

## Good

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders:
    get: {responses: {"200": {description: all orders}}}
  /orders/{number}:
    get: {responses: {"200": {description: an order}}}
```

`shop/web.py`:

```python
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/orders")


@router.get("")
def orders():
    return []


@router.get("/{number}")
def order(number: int):
    return {"number": number}


app.include_router(router, prefix="/api")
```

## When not to use it

Where the document describes the API of another service. Nothing is said where routes are made in ways that
cannot be seen: by other packages, in loops, from paths that are not written down.

## Source

The OpenAPI Specification, "Paths Object"; RFC 9110, 404 and 405; `APPEND_SLASH` in Django's documentation.
Verified with Django, FastAPI, Flask and aiohttp.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.contract.document import Contract, Operation
from archlint.frameworks.contract.routes import Answered, ServedRoutes
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_READING = frozenset({"GET", "HEAD"})


class UnroutedOperation(Rule, frozen=True):
    """Every operation of the document is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a route with its path and its method."""
        contract = project.view(Contract)
        routes = project.view(ServedRoutes)
        if not routes.routes:
            return
        for operation in contract.operations:
            verdict = self._judged(operation, routes.of(operation))
            if isinstance(verdict, Finding) and not contract.is_configured:
                verdict = replace(verdict, severity=Severity.WARNING)
            yield verdict

    def _judged(self, operation: Operation, answered: Answered) -> Verdict:
        if any(route.methods is None or operation.method in route.methods for route in answered.served):
            return Outcome.KEPT
        if answered.is_doubtful:
            return Outcome.UNKNOWN
        if answered.served:
            methods = sorted({method for route in answered.served for method in route.methods or ()})
            places = tuple(Related(route.place, "routed here") for route in answered.served)
            message = f"the route of `{operation.path}` takes {', '.join(methods) or 'no method'} only"
            return self.finding(
                operation.place, message, f"let it take {operation.method}, too", related=places
            )
        if answered.elsewhere:
            there = answered.elsewhere[0]
            return self.finding(
                operation.place,
                f"the route of `{operation.path}` is `{there.path}`, which is not where the servers are",
                "give it the prefix that `servers` says",
                related=tuple(Related(route.place, "routed here") for route in answered.elsewhere),
            )
        if answered.slashed:
            return self._slashed(operation, answered)
        idle = [each for each in answered.idle if each.methods is None or operation.method in each.methods]
        if idle:
            return self.finding(
                operation.place,
                f"nobody includes the router of `{operation.shown}`",
                "include the router in the application",
                related=tuple(Related(route.place, "routed here") for route in idle),
            )
        hint = "add the route, or take the operation out of the document"
        return self.finding(operation.place, f"no route answers `{operation.shown}`", hint)

    def _slashed(self, operation: Operation, answered: Answered) -> Verdict:
        """The path is there with a slash more: frameworks redirect, and Django's redirect loses the body."""
        route = answered.slashed[0]
        takes = route.methods is None or operation.method in route.methods
        if route.framework != "django" or operation.method in _READING or not takes:
            return Outcome.KEPT
        return self.finding(
            operation.place,
            f"the route of `{operation.path}` ends in `/`: Django redirects, and the body is lost",
            "write the route without the slash at its end",
            related=(Related(route.place, "routed here"),),
        )
