"""Writes that belong together, with something in between that may fail.

## Why is this bad?

Outside a transaction, each write is final at once. When a function writes, then fails, and never gets to
its next write, the first one stays: money that has left one account and reached no other.

Two halves of one thing are a warning: what one row loses and another gets, what is deleted and made anew,
an order and its lines. Other writes with a failure between them are a note, for the first is often meant to
stay: of 28 such places in real projects, every third was worth mending.

## What to do

Put `transaction.atomic` around the writes, as a decorator of the function or as a `with`. Checks that need no
write can also move before the first one.

## Bad

`bank/models.py`:

```python
from django.db import models


class Account(models.Model):
    balance = models.IntegerField(default=0)
    is_frozen = models.BooleanField(default=False)
```

`bank/views.py`:

```python
from django.http import JsonResponse

from bank.models import Account


class Frozen(Exception):
    pass


def move(source, target, amount):
    source.balance -= amount
    source.save()  # warning: [django/torn-writes] "`move` keeps this write"
    if target.is_frozen:
        raise Frozen
    target.balance += amount
    target.save()


def transfer(request, one, other):
    move(Account.objects.get(pk=one), Account.objects.get(pk=other), 10)
    return JsonResponse({})
```

## Good

`bank/models.py`:

```python
from django.db import models


class Account(models.Model):
    balance = models.IntegerField(default=0)
    is_frozen = models.BooleanField(default=False)
```

`bank/views.py`:

```python
from django.db import transaction
from django.http import JsonResponse

from bank.models import Account


class Frozen(Exception):
    pass


@transaction.atomic
def move(source, target, amount):
    source.balance -= amount
    source.save()
    if target.is_frozen:
        raise Frozen
    target.balance += amount
    target.save()


def transfer(request, one, other):
    move(Account.objects.get(pk=one), Account.objects.get(pk=other), 10)
    return JsonResponse({})
```

## When not to use it

Where the first write is meant to stay: a note that something was tried. Say so with a suppression.

## Source

https://docs.djangoproject.com/en/5.2/topics/db/transactions/#controlling-transactions-explicitly
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Location, Related, Severity
from archlint.frameworks.django.writes.progress import Torn
from archlint.frameworks.django.writes.torn_writes import torn_writes
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.project.functions import ProjectFunction
from archlint.remedies import decorated
from archlint.rule import Outcome, Rule, Verdict


class TornWrites(Rule, frozen=True):
    """Every function that writes more than once is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a failure between the writes of each."""
        if project.view(Transactions).wraps_requests:
            return
        for function, torn in torn_writes(project):
            if torn is None:
                yield Outcome.KEPT
                continue
            finding = self._found(project, function, torn)
            yield finding if torn.are_halves else replace(finding, severity=Severity.NOTE)

    def _found(self, project: Project, function: ProjectFunction, torn: Torn) -> Finding:
        module = function.module
        line, column = place(torn.failure)
        failure: Location = project.location(module, line, column)
        is_second = place(torn.failure) == place(torn.second.form)
        what = f"line {line} fails before the next one"
        if torn.first is torn.second:
            what = f"line {line} fails in a later turn"
        elif is_second:
            what = f"the next one, in line {line}, fails"
        return self.finding(
            spot(project, module, torn.first.form),
            f"`{function.fact.name}` keeps this write when {what}",
            "put `transaction.atomic` around both writes",
            remedy=decorated(spot(project, module, torn.first.form), "{0}.atomic", "django.db.transaction"),
            related=(
                Related(failure, "this may fail"),
                Related(spot(project, module, torn.second.form), "this is not written then"),
            ),
        )
