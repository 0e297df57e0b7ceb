"""Queries after a database error that was caught inside a transaction.

## Why is this bad?

When a write fails inside `atomic`, the transaction is broken, whether or not the exception is caught: the
next query raises `TransactionManagementError: You can't execute queries until the end of the 'atomic' block`.
A loop that skips duplicates in this way dies at the row after the first duplicate.

## What to do

Put the write that may fail into its own `atomic()` inside the `try`: only that is rolled back.

## Bad

`shop/models.py`:

```python
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=30, unique=True)
```

`shop/services.py`:

```python
from django.db import IntegrityError, transaction

from shop.models import Tag


def add(words=("new", "sale", "old")):
    skipped = 0
    with transaction.atomic():
        for word in words:
            try:
                Tag.objects.create(word=word)  # error: [django/broken-transaction] "in the next iteration"
            except IntegrityError:
                skipped += 1
    return skipped


@transaction.atomic
def find(word="sale"):
    try:
        return Tag.objects.create(word=word)
    except IntegrityError:
        return Tag.objects.get(word=word)  # error: [django/broken-transaction] "TransactionManagementError"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=30, unique=True)
```

`shop/services.py`:

```python
from django.db import IntegrityError, transaction

from shop.models import Tag


def add(words=("new", "sale", "old")):
    skipped = 0
    with transaction.atomic():
        for word in words:
            try:
                with transaction.atomic():
                    Tag.objects.create(word=word)
            except IntegrityError:
                skipped += 1
    return skipped


def find(word="sale"):
    try:
        with transaction.atomic():
            tag = Tag.objects.create(word=word)
    except IntegrityError:
        tag = Tag.objects.get(word=word)
    return tag


@transaction.atomic
def remember(word="sale"):
    try:
        Tag.objects.create(word=word)
    except IntegrityError:
        return False
    return True
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/transactions/#django.db.transaction.atomic
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.django.writes.broken import broken_transactions
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class BrokenTransaction(Rule, frozen=True):
    """Every write inside of a transaction whose failure is caught is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for what queries the database behind a failure that was caught."""
        told: set[object] = set()
        for one in broken_transactions(project):
            if one.query is None:
                yield Outcome.KEPT
                continue
            module = one.trace.module
            key = (module.path, *place(one.query))
            if key in told:
                continue
            told.add(key)
            is_again = place(one.query) == place(one.write)
            when = "in the next iteration" if is_again else "where the write has failed"
            write = spot(project, module, one.write)
            yield self.finding(
                spot(project, module, one.query),
                f"this raises TransactionManagementError {when}: the transaction is already broken",
                "put the write into its own `atomic()` inside the `try`",
                related=() if is_again else (Related(write, "this write may fail"),),
            )
