"""Transactions in asynchronous code.

## Why is this bad?

`transaction.atomic` works in one thread, without an event loop. In an `async def`, `with atomic():` raises
`SynchronousOnlyOperation` when it is entered, and `async with atomic():` raises `TypeError` (`AttributeError`
before Python 3.11), since there is no such thing. As a decorator it is entered when the function is called,
with the same exception; and where no event loop runs at that moment, it has ended before the body begins.

## What to do

Put what belongs into the transaction in a plain function under `atomic`, and call that with `sync_to_async`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    paid = models.BooleanField(default=False)
```

`shop/views.py`:

```python
from django.db import transaction

from shop.models import Order


async def pay(request, pk):
    with transaction.atomic():  # error: [django/atomic-in-async] "`async def pay`"
        await Order.objects.filter(pk=pk).aupdate(paid=True)


async def cancel(request, pk):
    async with transaction.atomic():  # error: [django/atomic-in-async] "`async with atomic()`"
        await Order.objects.filter(pk=pk).adelete()


@transaction.atomic  # error: [django/atomic-in-async] "`@atomic` raises SynchronousOnlyOperation"
async def open_again(request, pk):
    await Order.objects.filter(pk=pk).aupdate(paid=False)
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    paid = models.BooleanField(default=False)
```

`shop/views.py`:

```python
from asgiref.sync import sync_to_async
from django.db import transaction

from shop.models import Order


def _pay(pk):
    with transaction.atomic():
        Order.objects.filter(pk=pk).update(paid=True)


async def pay(request, pk):
    await sync_to_async(_pay)(pk)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/async/#queries-the-orm
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Form
from archlint.facts.forms import parts
from archlint.facts.statements import DefineFunction, With
from archlint.finding import Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.named import Atomic
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.flow.trace import Called, Trace
from archlint.rule import Outcome, Rule, Verdict


class AtomicInAsync(Rule, frozen=True):
    """Every `atomic()` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for those that a `with` of an asynchronous function enters."""
        yield from self._decorators(project)
        told: set[object] = set()
        for trace, event in project.view(DataFlow).events(Called):
            if not isinstance(event.result, Atomic):
                continue
            key = (trace.module.path, *place(event.form))
            statement = _entered(trace, event) if key not in told else None
            if statement is None:
                yield Outcome.KEPT
                continue
            told.add(key)
            yield self._found(project, trace, event, statement)

    def _decorators(self, project: Project) -> Iterator[Verdict]:
        """`@transaction.atomic` on an `async def`."""
        transactions = project.view(Transactions)
        for module in project.modules:
            for fact in module.functions:
                for decorator in fact.decorators if fact.is_async else ():
                    if not transactions.is_atomic(module, decorator):
                        yield Outcome.KEPT
                        continue
                    message = f"`@atomic` raises SynchronousOnlyOperation when `{fact.name}` is called"
                    hint = "do the work in a plain function under `atomic`, and call it with `sync_to_async`"
                    yield self.finding(spot(project, module, decorator), message, hint)

    def _found(self, project: Project, trace: Trace, event: Called, statement: With) -> Finding:
        name = trace.function.fact.name if trace.function is not None else ""
        message = f"`with atomic()` raises SynchronousOnlyOperation in `async def {name}`"
        if statement.is_async:
            message = "`async with atomic()` fails: a transaction is not an asynchronous context manager"
        hint = "do the work in a plain function under `atomic`, and call it with `sync_to_async`"
        return self.finding(spot(project, trace.module, event.form), message, hint)


def _entered(trace: Trace, event: Called) -> With | None:
    """The `with` of an asynchronous function that enters what a call makes."""
    function = trace.function
    if function is None or not function.fact.is_async or event.context.deferred:
        return None
    for statement in trace.module.statements(function.fact):
        found = _with(statement, place(event.form))
        if found is not None:
            return found
    return None


def _with(form: Form, at: tuple[int, int]) -> With | None:
    if isinstance(form, DefineFunction):
        return None
    if isinstance(form, With) and any(place(item.context) == at for item in form.items):
        return form
    for part in parts(form):
        found = _with(part, at)
        if found is not None:
            return found
    return None
