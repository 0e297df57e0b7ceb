"""Operations that ask for a token where the OpenAPI document says they do not, and the other way round.

## Why is this bad?

Where the document has no `security`, clients send no token, and a handler that requires one answers 401 to
all of them. Where the document promises security, and one handler of many was written without the dependency
that its neighbours have, everybody may call it.

## What to do

Give the handler the dependency that the document promises, and no other; where a token is welcome and not
required, make the scheme with `auto_error=False`.

## Bad

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /tags:
    get: {responses: {"200": {description: all tags}}}
  /orders:
    get: {security: [{Token: []}], responses: {"200": {description: my orders}}}
    post: {security: [{Token: []}], responses: {"201": {description: a new order}}}
components:
  securitySchemes:
    Token: {type: http, scheme: bearer}
```

`shop/web.py`:

```python
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer

app = FastAPI()
bearer = HTTPBearer()


@app.get("/tags")
def tags(token=Depends(bearer)):  # warning: [contract/mismatched-security] "`HTTPBearer` refuses"
    return []


@app.get("/orders")
def orders(token=Depends(bearer)):
    return []


@app.post("/orders")
def add(number: int):  # warning: [contract/mismatched-security] "nothing asks for the token"
    return number
```

## Good

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /tags:
    get: {responses: {"200": {description: all tags}}}
  /orders:
    get: {security: [{Token: []}], responses: {"200": {description: my orders}}}
components:
  securitySchemes:
    Token: {type: http, scheme: bearer}
```

`shop/web.py`:

```python
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer

app = FastAPI()
bearer = HTTPBearer()
welcome = HTTPBearer(auto_error=False)


@app.get("/tags")
def tags(token=Depends(welcome)):
    return []


@app.get("/orders")
def orders(token=Depends(bearer)):
    return []
```

## When not to use it

Where a gateway in front of the application checks tokens.

## Source

The OpenAPI Specification, "Security Requirement Object"; "Security" in the tutorial of FastAPI. Verified with
FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.contract.document import Contract, Operation
from archlint.frameworks.contract.guards import Guards, guards_of
from archlint.frameworks.contract.routes import ServedRoutes
from archlint.project import Project
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class _Guarded(msgspec.Struct, frozen=True):
    """A handler of FastAPI, with what stands before it."""

    operation: Operation
    function: ProjectFunction
    guards: Guards


class MismatchedSecurity(Rule, frozen=True):
    """Every handler of FastAPI that answers an operation is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what refuses requests without a token with the document."""
        contract = project.view(Contract)
        if not any(True for _ in contract.schemes()):
            return
        guarded = list(_guarded(project, contract))
        secured = [each for each in guarded if each.operation.is_secured]
        if not secured:
            return  # who never says that a token is needed does not say either that none is
        usual = frozenset(name for each in secured for name in each.guards.asking)
        for each in guarded:
            verdict = self._judged(project, each, usual, secured)
            if isinstance(verdict, Finding) and not contract.is_configured:
                verdict = replace(verdict, severity=Severity.WARNING)
            yield verdict

    def _judged(
        self, project: Project, each: _Guarded, usual: frozenset[str], secured: list[_Guarded]
    ) -> Verdict:
        fact, shown = each.function.fact, each.operation.shown
        place = project.location(each.function.module, fact.line, fact.column)
        related = (Related(each.operation.place, "promised here"),)
        if each.operation.is_secured is False and each.guards.refusing:
            name = min(each.guards.refusing)
            message = f"`{name}` refuses requests without a token, and `{shown}` is promised to everybody"
            return self.finding(
                place, message, "leave the dependency out, or let it be optional", related=related
            )
        if not each.operation.is_secured or each.guards.is_open:
            return Outcome.UNKNOWN if each.guards.is_open else Outcome.KEPT
        if not each.guards.asking and usual and not _looks_itself(each.function):
            message = f"nothing asks for the token that `{shown}` promises to need"
            hint = f"give it the dependency of its neighbours: `{min(usual)}`"
            return self.finding(place, message, hint, related=related)
        return self._alone(project, each, secured)

    def _alone(self, project: Project, each: _Guarded, secured: list[_Guarded]) -> Verdict:
        """One handler with a dependency of its own, where at least two others share another."""
        others = [other for other in secured if other.function is not each.function]
        shared = [other.guards.asking for other in others]
        is_alone = len(shared) > 1 and len(set(shared)) == 1 and each.guards.asking.isdisjoint(shared[0])
        if not is_alone or not each.guards.asking or not shared[0]:
            return Outcome.KEPT
        fact = each.function.fact
        return self.finding(
            project.location(each.function.module, fact.line, fact.column),
            f"`{_named(each)}` asks for the token, and `{_named(others[0])}` everywhere else",
            f"use the dependency of its neighbours: `{_named(others[0])}`",
            related=(Related(each.operation.place, "promised here"),),
        )


def _named(each: _Guarded) -> str:
    """The dependency to speak of: the one that refuses, if one does."""
    return min(each.guards.refusing or each.guards.asking)


def _guarded(project: Project, contract: Contract) -> Iterator[_Guarded]:
    routes = project.view(ServedRoutes)
    for operation in contract.operations:
        for route in routes.of(operation).served:
            function = route.function
            is_ours = route.methods is None or operation.method in route.methods
            if route.framework == "fastapi" and function is not None and is_ours:
                yield _Guarded(operation, function, guards_of(project, route, function))


def _looks_itself(function: ProjectFunction) -> bool:
    """Whether a handler is given the whole request, or something decorates it that may look."""
    names = {each.name for each in function.fact.parameters}
    return not names.isdisjoint({"request", "req", "authorization"}) or len(function.fact.decorators) > 1
