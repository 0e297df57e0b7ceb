"""Dependencies that are called where FastAPI calls them itself.

## Why is this bad?

`Depends(get_session())` calls the function once, when the module is imported, and hands its result to
FastAPI. A generator, a coroutine or a session cannot be called: `TypeError: … is not a callable object`, and
the application does not start.

## What to do

Leave out the parentheses. A function that takes settings and returns the dependency is called rightly.

## Bad

```python
from typing import Annotated

from fastapi import APIRouter, Depends, Security

router = APIRouter()


class Session: ...


def get_session():
    yield Session()


async def current_user(): ...


@router.get("/orders")
def orders(session=Depends(get_session())):  # error: [fastapi/called-dependency] "`get_session`"
    return []


User = Annotated[object, Security(current_user())]  # error: [fastapi/called-dependency] "gives a coroutine"
```

## Good

```python
from typing import Annotated

from fastapi import APIRouter, Depends

router = APIRouter()


class Session: ...


def get_session():
    yield Session()


def require(role: str):
    def check(): ...

    return check


@router.get("/orders", dependencies=[Depends(require("admin"))])
def orders(session: Annotated[Session, Depends(get_session)]):
    return []
```

## Source

"Dependencies" in the tutorial of FastAPI, "Notice that we don't call it directly"; verified with FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.fastapi.callables import made_in_vain
from archlint.frameworks.fastapi.injections import Injection, injections
from archlint.frameworks.places.expressions import end_of, spot
from archlint.project import Project
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.scopes import Scopes
from archlint.remedies import uncalled
from archlint.rule import Outcome, Rule, Verdict


class CalledDependency(Rule, frozen=True):
    """Every dependency is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what dependencies are given."""
        scopes = project.view(Scopes)
        for injection in injections(project):
            given = injection.dependency
            if not isinstance(given, Call):
                yield Outcome.KEPT
                continue
            callee = scopes.resolve(injection.module, injection.scope, given.function)
            made = made_in_vain(project, callee)
            if made and isinstance(callee, Definition):
                yield self._found(project, injection, given, callee, made)
            else:
                yield Outcome.UNKNOWN if callee is UNKNOWN else Outcome.KEPT

    def _found(
        self, project: Project, injection: Injection, given: Call, callee: Definition, made: str
    ) -> Finding:
        name = callee.qualname.rpartition(".")[2]
        is_plain = not given.arguments and not given.keywords
        # What the constructor of a class takes would become parameters of the request.
        is_safe = callee.kind is Kind.FUNCTION
        at = end_of(project, injection.module, given)
        way = f"write `{name}` without parentheses"
        return self.finding(
            spot(project, injection.module, injection.call),
            f"`{name}` is called at import and gives {made}, which FastAPI cannot call",
            way if is_plain else f"let `{name}` return a function, or {way}",
            related=(Related(project.location(callee.module, callee.line, 0), f"`{name}` is defined here"),),
            remedy=uncalled(at, safe=is_safe) if is_plain else None,
        )
