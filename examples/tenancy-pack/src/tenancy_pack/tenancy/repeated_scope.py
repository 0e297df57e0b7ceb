"""Scopes of one name in several places.

## Why is this bad?

Rights are granted by the name of a scope. Two handlers that share one by accident share their rights, too.

## What to do

Give each its own name.

## Bad

`shop/orders.py`:

```python
from shop.tenants import tenant_scoped


@tenant_scoped("orders")
def orders(): ...
```

`shop/invoices.py`:

```python
from shop.tenants import tenant_scoped


@tenant_scoped("orders")  # error: [tenancy/repeated-scope] "`invoices` and `orders` are both scoped `orders`"
def invoices(): ...
```

## Good

```python
from shop.tenants import tenant_scoped


@tenant_scoped("orders")
def orders(): ...


@tenant_scoped("invoices")
def invoices(): ...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

from tenancy_pack.tenancy._scopes import Scopes


class RepeatedScope(Rule, frozen=True):
    """Every name of a scope is a place."""

    severity = Severity.ERROR
    since = "1.0"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the scopes of all files."""
        for name, places in project.view(Scopes).by_name.items():
            (module, first), *others = places
            if not others:
                yield Outcome.KEPT
                continue
            other, second = others[0]
            there = project.location(other, second.line, second.column, second.line, second.end_column)
            message = f"`{first.function}` and `{second.function}` are both scoped `{name}`"
            yield self.finding(
                project.location(module, first.line, first.column, first.line, first.end_column),
                message,
                "give each its own name",
                related=(Related(there, "the other one"),),
            )
