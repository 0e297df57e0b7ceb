"""Rows that are written one by one, where one statement could write them all.

## Why is this bad?

`create()` and `save()` in a loop send a statement for each row: importing a thousand lines takes a thousand
round trips to the database, while `bulk_create` sends a few. The same goes for `tags.add(tag)` in a loop,
which queries and writes for each tag what `tags.add(*tags)` does once.

## What to do

Collect the objects in a list and pass them to `bulk_create` or `bulk_update` after the loop. If all rows get
the same value, `update()` on the query set is enough. The rule is silent where the difference would be felt:
models with a `save` of their own or with receivers of their signals, objects that are used in the loop after
they were saved, writes whose failure is caught one by one, loops over a few values that stand in the code.
It is a note, because the code does not show how many iterations a loop has; raise it where loops are long.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    tags = models.ManyToManyField("Tag")


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=80)
    position = models.IntegerField(default=0)
```

`shop/services.py`:

```python
from shop.models import Line, Order, Tag


def place(number, texts):
    order = Order.objects.create(number=number)
    for text in texts:
        Line.objects.create(order=order, text=text)  # note: [django/save-in-loop] "every iteration"
    return order


def renumber(order: Order):
    for position, line in enumerate(order.lines.order_by("pk")):
        line.position = position
        line.save()  # note: [django/save-in-loop] "sends a statement in every iteration"


def mark(order: Order):
    for tag in Tag.objects.all():
        order.tags.add(tag)  # note: [django/save-in-loop] "queries and writes in every iteration"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    tags = models.ManyToManyField("Tag")


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=80)
    position = models.IntegerField(default=0)
```

`shop/services.py`:

```python
from shop.models import Line, Order, Tag


def place(number, texts):
    order = Order.objects.create(number=number)
    Line.objects.bulk_create([Line(order=order, text=text) for text in texts])
    return order


def renumber(order: Order):
    lines = list(order.lines.order_by("pk"))
    for position, line in enumerate(lines):
        line.position = position
    Line.objects.bulk_update(lines, ["position"])


def mark(order: Order):
    order.tags.add(*Tag.objects.all())


def place_each(texts):
    for number, text in enumerate(texts):
        order = Order.objects.create(number=number)
        Line.objects.bulk_create([Line(order=order, text=text)])
```

## When not to use it

Where a loop has few iterations, or where each row must be kept although a later one may fail. Say so with a
suppression.

## Source

https://docs.djangoproject.com/en/5.2/topics/db/optimization/#use-bulk-methods
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.loads.loops import ranged
from archlint.frameworks.django.writes.saves_in_loops import LoopedSave, saves_in_loops
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict

_FOR_OPERATORS = ("/management/commands/", "/migrations/")


class SaveInLoop(Rule, frozen=True):
    """Every write of one row in a loop is a place; not in tests, commands and migrations."""

    severity = Severity.NOTE
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether one statement could write them all."""
        told: set[object] = set()
        for save in saves_in_loops(project):
            path = f"/{save.asked.trace.module.path}"
            if is_test(path) or any(part in path for part in _FOR_OPERATORS):
                continue
            if not save.instead or save.asked.key in told:
                yield Outcome.KEPT
                continue
            told.add(save.asked.key)
            yield self._found(project, save)

    def _found(self, project: Project, save: LoopedSave) -> Finding:
        module, form = save.asked.trace.module, save.asked.form
        over = ranged(save.loop)
        does = "queries and writes" if save.instead == "add" else "sends a statement"
        return self.finding(
            spot(project, module, form),
            f"`{save.asked.how}()` {does} in every iteration of the loop",
            _hint(save),
            related=(Related(spot(project, module, over), "the loop is over this"),) if over else (),
        )


def _hint(save: LoopedSave) -> str:
    name = save.model.rpartition(".")[2]
    fields = ", ".join(f'"{field}"' for field in save.fields)
    if save.instead == "add":
        return "add them all at once: `.add(*…)`"
    if save.instead == "bulk_create":
        return f"collect the objects, and call `{name}.objects.bulk_create(…)` after the loop"
    if save.instead == "update":
        return f"update them all at once with `.update({', '.join(f'{field}=…' for field in save.fields)})`"
    return f"keep the rows in a list, and call `{name}.objects.bulk_update(…, [{fields}])` after the loop"
