"""Queries that run when a module is imported.

## Why is this bad?

Modules are imported before anything else happens: before the first migration on a fresh database, where
the table is missing and every command fails, `migrate` itself included; before the test database is there;
and once per process, so that later changes are never seen. The bodies of classes, default arguments and
the arguments of decorators run at import too, and `ready()` of an app runs right after.

## What to do

Query in a function that runs when the value is needed. Where Django takes a query set, choices or a default,
pass the query set unevaluated, or a callable.

## Bad

`rates/models.py`:

```python
from django.db import models


class Currency(models.Model):
    code = models.CharField(max_length=3)
    rate = models.FloatField()
```

`rates/table.py`:

```python
from rates.models import Currency

RATES = {each.code: each.rate for each in Currency.objects.all()}  # error: [django/query-at-import] "loop"


class Table:
    size = Currency.objects.count()  # error: [django/query-at-import] "`count()`"
```

## Good

`rates/models.py`:

```python
from django.db import models


class Currency(models.Model):
    code = models.CharField(max_length=3)
    rate = models.FloatField()
```

`rates/table.py`:

```python
from rates.models import Currency

ENABLED = Currency.objects.filter(rate__gt=0)


def rates():
    return {currency.code: currency.rate for currency in ENABLED.all()}
```

## Source

https://docs.djangoproject.com/en/5.2/ref/applications/#django.apps.AppConfig.ready
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Location, Related, Remedy, Severity
from archlint.frameworks.call_sites import CallSites, Way
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.query.wording import act
from archlint.frameworks.django.standalone import is_fed_to_a_shell, runs_alone
from archlint.frameworks.django.starting import runs_at_start
from archlint.frameworks.django.writes.waiting import in_same_thread
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Module, Project
from archlint.project.flow.trace import Event, Trace
from archlint.project.guards import gives_up_before
from archlint.project.imports.import_graph import ImportGraph
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_COMMANDS = "/management/commands/"


class QueryAtImport(Rule, frozen=True):
    """Every place that queries the database is a place; scripts that set Django up themselves may do so."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the body of a module or class around each, or among its callers."""
        told: set[object] = set()
        for asked in project.view(Execution).all:
            imported = None if asked.is_async else self._imported(project, asked)
            if imported is None or _is_loaded_to_run(project, imported[0].module):
                yield Outcome.KEPT
                continue
            trace, way = imported
            form = way[-1].event.form if way else asked.form
            key = (trace.module.path, *place(form))
            if key not in told:
                told.add(key)
                yield self._found(project, asked, trace, way)

    def _imported(self, project: Project, asked: Asked) -> tuple[Trace, Way] | None:
        """The body that leads to a query when it is imported; None for none, or where failure is expected."""
        for trace, way in project.view(CallSites).ways_up(asked.trace, in_same_thread):
            is_body = trace.function is None and "()" not in trace.scope and not runs_alone(trace.module)
            if not is_body and not runs_at_start(project, trace.function):
                continue
            if any(event.context.caught for event in (asked.event, *(site.event for site in way))):
                continue
            if not _gives_up(asked.trace, asked.event) and not any(_gives_up(s.caller, s.event) for s in way):
                return trace, way
        return None

    def _found(self, project: Project, asked: Asked, trace: Trace, way: Way) -> Finding:
        form = way[-1].event.form if way else asked.form
        where = spot(project, asked.trace.module, asked.form)
        when = "is imported" if trace.function is None else "gets ready"
        return self.finding(
            spot(project, trace.module, form),
            f"{act(asked)} when `{trace.module.name}` {when}",
            "query in a function that runs when the value is needed, or pass on the query set itself",
            related=(Related(where, act(asked)),) if way else (),
            remedy=_deferred(project, trace, spot(project, trace.module, form)),
        )


def _is_loaded_to_run(project: Project, module: Module) -> bool:
    """Whether a module is only ever loaded to be run: a command that nothing imports, what a shell is fed."""
    if is_fed_to_a_shell(project, module):
        return True
    return _COMMANDS in f"/{module.path}" and not project.view(ImportGraph).importers_of(module)


def _gives_up(trace: Trace, event: Event) -> bool:
    """Whether a function does not get so far where something is missing, as it may while modules load."""
    function = trace.function
    return function is not None and gives_up_before(function.module, function.fact, place(event.form)[0])


def _deferred(project: Project, trace: Trace, here: Location) -> Remedy | None:
    """A function instead of the name that is bound there, where no other module knows the name."""
    module = trace.module
    if trace.function is not None:
        return None
    bound = [
        (binding.line, name)
        for name, bindings in module.bindings.items()
        for binding in bindings
        if binding.line <= here.line
    ]
    if not bound:
        return None
    _, name = max(bound)
    importers = {edge.importer for edge in project.view(ImportGraph).importers_of(module)}
    if any(name in project.text(each.path).text for each in importers):
        return None
    return stepped(Act.DEFER, here, "", name, safe=False)
