"""Queries that block, in asynchronous code.

## Why is this bad?

Django refuses to query the database from a thread with a running event loop: `SynchronousOnlyOperation`.
Building a query set is allowed; what fails is its evaluation, by a loop, `list()`, `get()`, `exists()`,
`save()`, or by reading a relation that was not loaded. It fails in a helper just the same, and in a template.

## What to do

Use the asynchronous methods (`aget`, `afirst`, `acount`, `asave`), `async for`, `select_related` for
relations, and `sync_to_async` around code that has to stay as it is.

## Bad

`polls/models.py`:

```python
from django.db import models


class Poll(models.Model):
    title = models.CharField(max_length=80)


class Option(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
```

`polls/views.py`:

```python
from django.http import JsonResponse

from polls.models import Option, Poll


def titles_of(polls):
    return [poll.title for poll in polls]


async def first(request):
    poll = Poll.objects.first()  # error: [django/sync-query-in-async] "`first()`"
    return JsonResponse({"title": poll.title})


async def titles(request):
    polls = Poll.objects.all()
    return JsonResponse({"titles": titles_of(polls)})  # error: [django/sync-query-in-async] "`titles_of()`"


async def of_option(request, pk):
    option = await Option.objects.aget(pk=pk)
    return JsonResponse({"title": option.poll.title})  # error: [django/sync-query-in-async] "`poll`"
```

## Good

`polls/models.py`:

```python
from django.db import models


class Poll(models.Model):
    title = models.CharField(max_length=80)


class Option(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
```

`polls/views.py`:

```python
from asgiref.sync import sync_to_async
from django.http import JsonResponse

from polls.models import Option, Poll


def titles_of(polls):
    return [poll.title for poll in polls]


async def first(request):
    poll = await Poll.objects.afirst()
    return JsonResponse({"title": poll.title})


async def titles(request):
    return JsonResponse({"titles": await sync_to_async(titles_of)(Poll.objects.all())})


async def of_option(request, pk):
    option = await Option.objects.select_related("poll").aget(pk=pk)
    return JsonResponse({"title": option.poll.title})
```

## Source

https://docs.djangoproject.com/en/5.2/topics/async/#async-safety
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from msgspec.structs import replace

from archlint.finding import Act, Finding, Location, Related, Remedy, Severity
from archlint.frameworks.django.loads.async_code import AskedInAsync, asked_in_async, is_guard_off
from archlint.frameworks.django.loads.execution import Asked
from archlint.frameworks.django.query.wording import act, asynchronously, awaitable
from archlint.frameworks.django.templates.in_async import shown_in_async
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.remedies import awaited_as, stepped
from archlint.rule import Outcome, Rule, Verdict


class SyncQueryInAsync(Rule, frozen=True):
    """Every place that queries the database and waits is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the asynchronous function around each, or among its callers."""
        is_off = cache(partial(is_guard_off, project))
        for verdict in self._verdicts(project):
            if isinstance(verdict, Finding) and is_off():
                yield replace(verdict, severity=Severity.WARNING)
            else:
                yield verdict

    def _verdicts(self, project: Project) -> Iterator[Verdict]:
        told: set[object] = set()
        for found in asked_in_async(project):
            if found is None:
                yield Outcome.KEPT
                continue
            key = (found.trace.module.path, *place(found.form))
            if key not in told:
                told.add(key)
                yield self._found(project, found)
        for shown in shown_in_async(project):
            if (shown.at, shown.where.name) in told:
                continue
            told.add((shown.at, shown.where.name))
            yield self.finding(
                shown.at,
                f"`{shown.where.name}` queries the database for `{shown.asked}` in `async def "
                f"{shown.function.fact.name}`",
                "give the template a list that was fetched with `async for`, or show it in a thread: "
                "`await sync_to_async(render)(…)`",
            )

    def _found(self, project: Project, found: AskedInAsync) -> Finding:
        asked, function = found.asked, found.trace.function
        name = function.fact.name if function is not None else ""
        location = spot(project, found.trace.module, found.form)
        if found.is_direct:
            message, remedy = f"{act(asked)} in `async def {name}`", _remedy(asked, location)
            return self.finding(location, message, asynchronously(asked), remedy=remedy)
        event = found.form
        called = getattr(getattr(event, "function", event), "attr", "") or _name(event)
        where = spot(project, asked.trace.module, asked.form)
        return self.finding(
            location,
            f"`{called}()` queries the database in `async def {name}`",
            f"run it in a thread: `await sync_to_async({called})(…)`",
            related=(Related(where, act(asked)),),
        )


def _remedy(asked: Asked, location: Location) -> Remedy | None:
    """The asynchronous method, awaited, or the asynchronous loop."""
    if asked.how == "iteration":
        return stepped(Act.ASYNC, location)
    new = awaitable(asked)
    return awaited_as(location, asked.how, new) if new and not new.endswith("_or_404") else None


def _name(form: object) -> str:
    return str(getattr(getattr(form, "function", form), "id", ""))
