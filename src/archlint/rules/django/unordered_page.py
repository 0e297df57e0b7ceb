"""Pages of rows that have no order.

## Why is this bad?

Without an order, the database returns rows in any order it likes, and not always the same one. A row may
then appear on two pages and another on none. Django warns about it (`UnorderedObjectListWarning`) when it
makes the page.

## What to do

Order the query set, in the end by something unique to each row: `order_by("-placed", "pk")`; or give the
model an `ordering`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField(null=True)
```

`shop/views.py`:

```python
from django.core.paginator import Paginator
from django.views.generic import ListView

from shop.models import Order


def page(number=1):
    return Paginator(Order.objects.all(), 20).get_page(number)  # warning: [django/unordered-page] "no order"


def part(start=0, end=20):
    orders = Order.objects.filter(placed__isnull=False)
    return list(orders[start:end])  # warning: [django/unordered-page] "no order"


class Orders(ListView):  # warning: [django/unordered-page] "`Orders` shows"
    model = Order
    paginate_by = 20
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    placed = models.DateTimeField(null=True)


class Customer(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        ordering = ["name"]
```

`shop/views.py`:

```python
from django.core.paginator import Paginator
from django.views.generic import ListView

from shop.models import Customer, Order


def page(number=1):
    return Paginator(Order.objects.order_by("-placed", "pk"), 20).get_page(number)


def part(start=0, end=20):
    orders = Order.objects.filter(placed__isnull=False).order_by("pk")
    return list(orders[start:end])


class Orders(ListView):
    queryset = Order.objects.order_by("pk")
    paginate_by = 20


class Customers(ListView):
    model = Customer
    paginate_by = 20
```

## Source

https://docs.djangoproject.com/en/5.2/topics/pagination/#using-paginator-in-a-view-function
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Expression, Literal, Name, Slice, Subscript
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Execution
from archlint.frameworks.django.loads.unordered import is_unordered
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.query.named import Function
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.drf.paged_views import PagedView, paged_views
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.places.models import defined_at
from archlint.project import Module, Project
from archlint.project.answer import UNKNOWN
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Subscripted, Trace
from archlint.project.flow.values import SLICE, Value
from archlint.rule import Outcome, Rule, Verdict

_PAGINATOR = "django.core.paginator.Paginator"


class UnorderedPage(Rule, frozen=True):
    """Every query set that is shown in pages is a place: by a paginator, a view, or a slice."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether its rows have an order."""
        told: set[object] = set()
        for module, form, value in _pages(project):
            sets = query_sets(value)
            if sets is None or is_test(module.path):
                yield Outcome.UNKNOWN
                continue
            key = (module.path, *place(form))
            if not all(is_unordered(project, one) for one in sets):
                yield Outcome.KEPT
            elif key not in told:
                told.add(key)
                yield self._found(project, module, form, sets[0])
        for view in paged_views(project):
            if is_test(view.cls.module.path) or not all(is_unordered(project, one) for one in view.sets):
                yield Outcome.KEPT
            else:
                yield self._of_view(project, view)

    def _found(self, project: Project, module: Module, form: Expression, one: QuerySet) -> Finding:
        name = one.model.rpartition(".")[2]
        return self.finding(
            spot(project, module, form),
            f"these rows of `{name}` have no order: one may be on two pages, and another on none",
            'order them: `.order_by(…, "pk")`',
            related=_defined(project, one),
        )

    def _of_view(self, project: Project, view: PagedView) -> Finding:
        fact, one = view.cls.fact, view.sets[0]
        name = one.model.rpartition(".")[2]
        return self.finding(
            project.location(view.cls.module, fact.line, fact.column),
            f"`{fact.name}` shows rows of `{name}` in pages, and they have no order",
            'order its query set, `.order_by(…, "pk")`, or give the model an `ordering`',
            related=_defined(project, one),
        )


def _pages(project: Project) -> Iterator[tuple[Module, Expression, Value]]:
    data_flow = project.view(DataFlow)
    for trace, call in data_flow.events(Called):
        if call.callee == Function(_PAGINATOR):
            yield trace.module, call.form, call.arguments.get("object_list", 0) or UNKNOWN
    for trace, event in data_flow.events(Subscripted):
        if event.index != SLICE or not _turns_pages(event.form) or query_sets(event.receiver) is None:
            continue
        if not _is_held(project.view(Execution), trace, event.form):
            yield trace.module, event.form, event.receiver


def _is_held(execution: Execution, trace: Trace, form: Expression) -> bool:
    """Whether the rows have been fetched before: then the slice is one of a list."""
    name = form.value.id if isinstance(form, Subscript) and isinstance(form.value, Name) else ""
    for asked in execution.by_trace.get(id(trace), ()):
        held = (
            asked.form.arguments[0] if isinstance(asked.form, Call) and asked.how == "length" else asked.form
        )
        if name and isinstance(held, Name) and held.id == name:
            return True
    return False


def _turns_pages(form: Expression) -> bool:
    """Whether a slice begins somewhere that only turns out when it runs."""
    index = form.index if isinstance(form, Subscript) else None
    return isinstance(index, Slice) and index.lower is not None and not isinstance(index.lower, Literal)


def _defined(project: Project, one: QuerySet) -> tuple[Related, ...]:
    return defined_at(project, project.view(DjangoModels).model(one.model))
