"""Templates that read relations which the query set does not load.

## Why is this bad?

`{{ order.customer.name }}` inside `{% for order in orders %}` queries the database for each order: a page
of fifty orders makes fifty-one queries. Neither the view nor the template shows it by itself.

## What to do

Load what the template reads where the query set is made: `select_related` for relations to one object,
`prefetch_related` for relations to many; `annotate` for what is only counted.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=100)
```

`shop/templates/shop/orders.html`:

```html
<ul>
{% for order in orders %}
  <li>{{ order.customer.name }}: {% for line in order.lines.all %}{{ line.text }}{% endfor %}</li>
{% endfor %}
</ul>
```

`shop/views.py`:

```python
from django.shortcuts import render

from shop.models import Order


def orders(request):
    found = Order.objects.order_by("pk")  # warning: [django/lazy-load-in-template] "`customer`, `lines`"
    return render(request, "shop/orders.html", {"orders": found})
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=100)
```

`shop/templates/shop/orders.html`:

```html
<ul>
{% for order in orders %}
  <li>{{ order.customer.name }}: {% for line in order.lines.all %}{{ line.text }}{% endfor %}</li>
{% endfor %}
</ul>
```

`shop/views.py`:

```python
from django.shortcuts import render

from shop.models import Order


def orders(request):
    found = Order.objects.order_by("pk").select_related("customer").prefetch_related("lines")
    return render(request, "shop/orders.html", {"orders": found})
```

## When not to use it

Where there are never more than a few rows, or where the template is cached as a whole. Say so with a
suppression. What stands in `{% cache %}` is left out.

## Source

https://docs.djangoproject.com/en/5.2/topics/db/optimization/#understand-cached-attributes
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Location, Related, Severity
from archlint.frameworks.django.loads.loops import made_in
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.templates.reads import RowQuery, TemplateRead, template_reads
from archlint.frameworks.django.templates.rendered import Rendered
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.templates.language import Path
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict

_SHOWN = 3


class LazyLoadInTemplate(Rule, frozen=True):
    """Every template that is shown with values which are known is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow what each template reads of the rows that it gets."""
        told: set[object] = set()
        for where, reads, queries in template_reads(project):
            if is_test(where.module.path):
                continue
            if not reads and not queries:
                yield Outcome.KEPT
            for query in queries:
                if query.asked.key not in told and not is_test(query.asked.trace.module.path):
                    told.add(query.asked.key)
                    yield self._asked(project, where, query)
            for source in dict.fromkeys(read.source for read in reads):
                late = {read.path: read for read in reads if read.source == source}
                by = next(iter(late.values())).where
                finding = self._found(project, by, source, tuple(late.values()))
                if (finding.location, finding.message) not in told:
                    told.add((finding.location, finding.message))
                    yield finding

    def _asked(self, project: Project, where: Rendered, query: RowQuery) -> Finding:
        """A query of its own cannot be loaded with the rows as it stands."""
        asked = query.asked
        return self.finding(
            spot(project, asked.trace.module, asked.form),
            f"`{query.what}` queries the database for each row that `{where.name}` shows",
            "annotate the query set with it, or prefetch what it is worked out from",
            related=(_at(query.template, query.at), Related(where.at, f"`{where.name}` is shown here")),
        )

    def _found(
        self, project: Project, where: Rendered, source: QuerySet, reads: tuple[TemplateRead, ...]
    ) -> Finding:
        """All that one template reads late of one query set is mended in one place."""
        paths = [f"`{'.'.join(read.path)}`" for read in reads]
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        at = _place(project, where, source)
        shown = () if at == where.at else (Related(where.at, f"`{where.name}` is shown here"),)
        name = source.model.rpartition(".")[2]
        loaders = " and ".join(_loaders(reads))
        hint = f"add {loaders} to this query set"
        if at == where.at:
            hint = f"give the template a query set of `{name}` with {loaders}"
        return self.finding(
            at,
            f"`{where.name}` reads {', '.join(paths[:_SHOWN])}{more} of each `{name}` with a query per row",
            hint,
            related=(*shown, *(_at(read.template, read.at) for read in reads[:_SHOWN])),
        )


def _loaders(reads: tuple[TemplateRead, ...]) -> Iterator[str]:
    """`.select_related("a")`, `.prefetch_related("b")`, `.annotate(…=Count("c"))`."""
    groups: dict[str, list[str]] = {}
    for read in reads:
        method = "select_related" if read.is_single else "prefetch_related"
        groups.setdefault("annotate" if read.is_counted else method, []).append("__".join(read.path))
    for method, paths in groups.items():
        texts = [f'…=Count("{path}")' if method == "annotate" else f'"{path}"' for path in paths]
        yield f"`.{method}({', '.join(texts)})`"


def _at(template: str, path: Path) -> Related:
    end = path.column + len(path.text)
    return Related(Location(template, path.line, path.column, path.line, end), f"`{path.text}` reads it")


def _place(project: Project, where: Rendered, source: QuerySet) -> Location:
    """Where the query set is made; where that cannot be seen, where the template is shown."""
    for trace in where.traces:
        for one in (source, replace(source, is_sliced=False)):
            made = made_in(one, trace)
            if made is not None:
                return spot(project, *made)
    return where.at
