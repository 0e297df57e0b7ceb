"""Routes that no request can reach, because an earlier one takes their paths.

## Why is this bad?

The routes of an application are tried in the order in which they are added, those of an included router where
it is included, and the first one whose path and method match answers. With `/users/{id}` before `/users/me`,
`me` is taken for an id: the answer is `422 Unprocessable Entity` where the id is a number, else that of the
wrong handler. An application mounted at `/` takes all that comes after it.

## What to do

Add the more specific one first, be it a route or a router. A converter in the path narrows it:
`/users/{id:int}`.

## Bad

```python
from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/users")


@router.get("/{user_id}")
def user(user_id: int): ...


@router.get("/me")  # error: [fastapi/shadowed-route] "`/users/{user_id}` comes first"
def me(): ...


app = FastAPI()
app.include_router(router)
```

## Good

```python
from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/users")


@router.get("/me")
def me(): ...


@router.get("/{user_id}")
def user(user_id: int): ...


@router.post("/{user_id}")
def change(user_id: int): ...


app = FastAPI()
app.include_router(router)
```

## Source

"Order matters" under "Path Parameters" in the tutorial of FastAPI; verified with FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import last_name
from archlint.finding import Finding, Related, Remedy, Severity
from archlint.frameworks.fastapi.entries import Entry
from archlint.frameworks.fastapi.injections import names_in_signature
from archlint.frameworks.fastapi.listed_routes import listed_routes
from archlint.frameworks.fastapi.order import Earlier, Shadow, takes, tried_routes
from archlint.frameworks.fastapi.paths import shown
from archlint.frameworks.fastapi.router_classes import routes_of_classes
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.remedies import moved
from archlint.rule import Outcome, Rule, Verdict

_LISTED = frozenset({"APIRoute", "Mount", "Route", "WebSocketRoute"})


class ShadowedRoute(Rule, frozen=True):
    """Every route is a place, for each application that has it."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a route before each that takes all its requests."""
        told: set[object] = set()
        for routes in (*tried_routes(project), *listed_routes(project), *routes_of_classes(project)):
            before = Earlier()
            for route in routes:
                if is_test(route.entry.module.path) or _is_versioned(route.entry):
                    yield Outcome.UNKNOWN
                    continue
                by = before.taking(route)
                before.add(route)
                if by is None:
                    yield Outcome.KEPT
                elif (key := _told_as(route.entry)) not in told:
                    told.add(key)
                    yield self._found(project, Shadow(route, by, routes))

    def _found(self, project: Project, shadow: Shadow) -> Finding:
        route, by = shadow.route, shadow.by
        first = spot(project, by.entry.module, by.entry.form)
        places = [Related(first, "this one comes first")]
        late, early = shadow.turns()
        for entry, word in ((early, "by this"), (late, "and here this one")):
            if entry.child is not None and (entry is early or not _is_one_place(late, early)):
                places.append(Related(spot(project, entry.module, entry.form), word))
        other = f"{'what is mounted at ' if by.entry.is_mount else ''}`{shown(by.path)}`"
        return self.finding(
            spot(project, route.entry.module, route.entry.form),
            f"no request reaches `{shown(route.path)}`: {other} comes first and takes it, too",
            "add the more specific route first"
            if not takes(route, by)
            else "give them different paths or methods, or take one of them out",
            related=tuple(places),
            remedy=_remedy(project, shadow, late, early),
        )


def _remedy(project: Project, shadow: Shadow, late: Entry, early: Entry) -> Remedy | None:
    """The other order, where that hides nothing else and everything is bound by then."""
    ours = [route for route in shadow.routes if late in route.chain]
    theirs = [route for route in shadow.routes if early in route.chain]
    if _is_one_place(late, early) or last_name(late.form.function) in _LISTED:
        return None  # one loop adds both, or one list
    if (
        late.made_by
        or late.conditions
        or early.conditions
        or any(takes(one, other) for one in ours for other in theirs)
    ):
        return None
    if (late.function is None) != (early.function is None):
        return None
    bindings = late.module.bindings if not late.scope else {}
    names = names_in_signature(late.function.fact) if late.function is not None else ("*",)
    at = spot(project, late.module, late.form)
    to = spot(project, early.module, early.form)
    bound = [binding for name in names for binding in bindings.get(name, ())]
    return moved(at, to) if all(binding.line < to.line for binding in bound) else None


def _is_one_place(one: Entry, other: Entry) -> bool:
    """Whether one call in a loop adds both."""
    return one.module is other.module and one.form.line == other.form.line


def _told_as(entry: Entry) -> object:
    """What is told of once: a route, and of heirs of one class the place that they share."""
    return (entry.module.path, entry.form.line, entry.form.column) if entry.made_by else entry


def _is_versioned(entry: Entry) -> bool:
    """Whether a decorator puts the handler below a version of its own."""
    return entry.function is not None and any("version" in name for name in entry.function.decorators)
