"""Names of indexes, constraints and tables that Django refuses.

## Why is this bad?

The name of an index may have 30 characters and starts with a letter (`models.E033`, `models.E034`); two
indexes, constraints or tables may not share a name (`models.E028` to `models.E032`), the tables that join
models many to many included (`fields.E340`). Django's system checks refuse all of it: `runserver`, `migrate`
and `test` stop.

## What to do

Choose a shorter or another name; in abstract models write `%(app_label)s_%(class)s` into it.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField()

    class Meta:
        db_table = "orders"
        indexes = [
            models.Index(fields=["placed"], name="placed_idx"),
            models.Index(
                fields=["placed"],
                name="shop_order_by_placed_most_recent",  # error: [django/invalid-index-name] "32 characters"
            ),
            models.Index(fields=["-placed"], name="_late"),  # error: [django/invalid-index-name] "letter"
        ]


class Offer(models.Model):
    placed = models.DateTimeField()

    class Meta:
        db_table = "orders"  # error: [django/invalid-index-name] "table `orders`"
        indexes = [
            models.Index(
                fields=["placed"],
                name="placed_idx",  # error: [django/invalid-index-name] "is that of `Order` too"
            ),
        ]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Dated(models.Model):
    placed = models.DateTimeField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["placed"], name="%(class)s_placed")]


class Order(Dated):
    class Meta(Dated.Meta):
        db_table = "orders"


class Offer(Dated):
    class Meta(Dated.Meta):
        db_table = "offers"
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#models
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal
from archlint.finding import Location, Severity
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.named_indexes import Named, named, table_of
from archlint.frameworks.django.models.named_tables import is_routed, joining_tables, tables, usual_tables
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.places.expressions import text_at
from archlint.frameworks.places.models import defined_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InvalidIndexName(Rule, frozen=True):
    """Every index, constraint and table that is given a name is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at each name, and for another of the same kind."""
        models = project.view(DjangoModels)
        together = models.coexistence
        told: set[Location] = set()
        routed = is_routed(models)
        usual = usual_tables(models)
        first: dict[tuple[str, str], tuple[DjangoModel, Literal]] = {}
        for model in sorted(models.declared(), key=_order):
            if model.is_abstract or model.is_open or model.cls is None or "apps" in model.meta:
                continue
            for option, one in _names(model, is_routed=routed):
                held = models.option(model, option)
                if held is None:
                    continue
                location = text_at(project, held.module, one.written)
                other, written = first.setdefault((one.kind, one.name), (model, one.written))
                if one.option == TABLE and other is model:
                    other = usual.get(one.name, model)
                said = _invalid(one) or _twice(one, model, other, written)
                if said is None or location in told or not (other is model or together.certain(other, model)):
                    yield Outcome.KEPT
                    continue
                told.add(location)
                related = defined_at(project, other) if other is not model else ()
                hint = _FOR_EACH if one.written is written and other is not model else "choose another name"
                yield self.finding(location, said, hint, related=related)
        if not routed:
            yield from self._joined(project, models)

    def _joined(self, project: Project, models: DjangoModels) -> Iterator[Verdict]:
        """The tables that join models many to many: each has a name for itself."""
        taken = tables(models)
        first: dict[str, tuple[DjangoModel, Declaration]] = {}
        for table, model, declaration in joining_tables(models):
            other, held = first.setdefault(table, (model, declaration))
            what = f"`{other.name}.{held.name}`"
            if held is declaration:
                other = taken.get(table, model)
                what = f"`{other.name}`"
            if (held is declaration and table not in taken) or not models.coexistence.certain(other, model):
                yield Outcome.KEPT
                continue
            message = f"the table `{table}`, which joins for `{declaration.name}`, is that of {what} too"
            place, related = declared_at(project, declaration), defined_at(project, other)
            yield self.finding(place, message, "give the field another `db_table`", related=related)


TABLE = "db_table"
_FOR_EACH = 'give each heir a name of its own: `name="%(app_label)s_%(class)s_…"`'


def _names(model: DjangoModel, *, is_routed: bool) -> Iterator[tuple[str, Named]]:
    for one in named(model):
        yield one.option, one
    for one in () if is_routed else table_of(model):
        yield one.option, one


def _twice(one: Named, model: DjangoModel, other: DjangoModel, written: Literal) -> str | None:
    """Whether another model has the name, or this one for something else."""
    if other is not model:
        return f"{one.kind} `{one.name}` is that of `{other.name}` too"
    return f"{one.kind} `{one.name}` is there twice" if one.written is not written else None


def _order(model: DjangoModel) -> tuple[str, int]:
    """As they are declared, so that the later of two is told of."""
    return ("", 0) if model.place is None else (model.place.module.path, model.place.line)


def _invalid(one: Named) -> str | None:
    if not one.longest:
        return None
    if one.name.startswith("_") or one.name[:1].isdigit():
        return f"the name of an index starts with a letter, not `{one.name[0]}`"
    if len(one.name) > one.longest:
        return f"the name of an index has {len(one.name)} characters, of which {one.longest} are allowed"
    return None
