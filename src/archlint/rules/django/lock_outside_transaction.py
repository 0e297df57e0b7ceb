"""Rows that are locked outside a transaction.

## Why is this bad?

`select_for_update()` locks rows until the end of the transaction. Outside one, Django raises
`TransactionManagementError` when the query runs, not when it is built, on every database that can lock
rows: PostgreSQL, MySQL, MariaDB, Oracle. SQLite cannot and says nothing, so tests on SQLite pass.

## What to do

Open `transaction.atomic()` around the query and all that has to happen under the lock.

## Bad

`seats/models.py`:

```python
from django.db import models


class Seat(models.Model):
    held_by = models.EmailField(blank=True)
```

`seats/views.py`:

```python
from django.db import transaction
from django.http import JsonResponse

from seats.models import Seat


def hold(request, pk):
    seat = Seat.objects.select_for_update().get(pk=pk)  # error: [django/lock-outside-transaction] "`get()`"
    with transaction.atomic():
        seat.held_by = request.POST["email"]
        seat.save()
    return JsonResponse({})
```

## Good

`seats/models.py`:

```python
from django.db import models


class Seat(models.Model):
    held_by = models.EmailField(blank=True)
```

`seats/views.py`:

```python
from django.db import transaction
from django.http import JsonResponse

from seats.models import Seat


def hold(request, pk):
    seats = Seat.objects.select_for_update()
    with transaction.atomic():
        seat = seats.get(pk=pk)
        seat.held_by = request.POST["email"]
        seat.save()
    return JsonResponse({})
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-for-update
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Location, Related, Remedy, Severity
from archlint.frameworks.call_sites import CallSites, Way
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.query.wording import act
from archlint.frameworks.django.writes.entries import unprotected_ways
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.drf.locking_views import LockingView, locking_views
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Trace
from archlint.remedies import decorated
from archlint.rule import Outcome, Rule, Verdict

_WITHOUT_LOCK = frozenset({"count", "exists", "aggregate", "update", "delete", "explain"})
"""Methods that leave the lock out of their query."""


class LockOutsideTransaction(Rule, frozen=True):
    """Every query that locks rows is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a way from a view, task or command to the query on which nothing opens a transaction."""
        transactions = project.view(Transactions)
        told: set[object] = set()
        locking = [one for one in project.view(Execution).all if _locks(one)]
        guarded = {one.key for one in locking if _is_guarded(project, one)}
        for asked in locking:
            if asked.how in _WITHOUT_LOCK or is_test(asked.trace.module.path):
                continue
            around = transactions.around(asked.context)
            if around is not False or transactions.wraps_requests:
                yield Outcome.KEPT if around else Outcome.UNKNOWN
                continue
            ways = list(unprotected_ways(project, asked.trace))
            if asked.key not in guarded:
                ways = [(trace, ()) for trace, _ in ways[:1]]  # it is for the query itself to open one
            for trace, way in ways:
                key = (
                    place(way[0].event.form if way else asked.form),
                    (way[0].caller if way else asked.trace).module.path,
                )
                if key not in told:
                    told.add(key)
                    yield self._found(project, asked, trace, way)
            if not ways:
                yield Outcome.UNKNOWN
        for view in locking_views(project):
            yield self._in_view(project, view)

    def _in_view(self, project: Project, view: LockingView) -> Finding:
        """The framework fetches the object of the request before any method of the view could begin one."""
        fact = view.cls.fact
        line = project.location(view.cls.module, fact.line, fact.column)
        return self.finding(
            spot(project, view.module, view.form),
            f"`{fact.name}` fetches locked rows outside a transaction",
            "put `transaction.atomic` around the method that changes them: `update()`, `dispatch()`",
            related=(Related(line, "the view that fetches them"),),
        )

    def _found(self, project: Project, asked: Asked, trace: Trace, way: Way) -> Finding:
        entry = trace.function.fact.name if trace.function is not None else trace.module.name
        query = spot(project, asked.trace.module, asked.form)
        if not way:
            what = f"{act(asked)} for locked rows outside a transaction"
            return self.finding(query, what, _HINT, remedy=_remedy(query))
        name = asked.trace.function.fact.name if asked.trace.function is not None else ""
        through = [
            Related(spot(project, site.caller.module, site.event.form), f"on the way from `{entry}`")
            for site in way[1:]
        ]
        here = spot(project, way[0].caller.module, way[0].event.form)
        return self.finding(
            here,
            f"`{name}()` locks rows outside a transaction",
            _HINT,
            remedy=_remedy(here),
            related=(Related(query, "the rows are locked here"), *through),
        )


def _remedy(here: Location) -> Remedy:
    return decorated(here, "{0}.atomic", "django.db.transaction")


def _locks(asked: Asked) -> bool:
    return bool(asked.sets) and all(one.is_locked for one in asked.sets)


def _is_guarded(project: Project, asked: Asked) -> bool:
    """Whether some caller opens a transaction, as the function with the query expects of all."""
    transactions = project.view(Transactions)
    return any(
        transactions.around(site.event.context)
        or (site.caller.function is not None and transactions.wraps(site.caller.function))
        for site in project.view(CallSites).of(asked.trace)
    )


_HINT = "open `transaction.atomic()` around the query and what has to happen under the lock"
