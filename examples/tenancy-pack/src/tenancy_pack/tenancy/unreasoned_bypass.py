"""Handlers that look past tenants without saying why.

## Why is this bad?

`unscoped()` gives the data of all tenants. Whoever reads the code later cannot tell a decision from a mistake.

## What to do

Say the reason in a comment on the same line.

## Bad

```python
from shop.tenants import unscoped


def nightly_report():
    return unscoped().count()  # warning: [tenancy/unreasoned-bypass] "looks past tenants"
```

## Good

```python
from shop.tenants import unscoped


def nightly_report():
    return unscoped().count()  # the report is over all tenants
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.concrete_rule import ConcreteRule, Nominee
from archlint.finding import Severity
from archlint.project import Module, Project
from archlint.rule import Outcome, Verdict

if TYPE_CHECKING:
    from archlint.concrete.tree import Tree


class UnreasonedBypass(ConcreteRule, frozen=True):
    """Every line of a function that calls `unscoped` is a place."""

    severity = Severity.WARNING
    since = "1.0"

    def nominate(self, project: Project, module: Module) -> Iterable[Nominee]:
        """The functions that mention it; no other is parsed."""
        return [function for function in module.functions if module.mentions(function, "unscoped")]

    def check_tree(self, project: Project, module: Module, tree: Tree) -> Iterator[Verdict]:
        """Facts know no comments; the concrete tree does."""
        import libcst

        for line in tree.nodes(libcst.SimpleStatementLine):
            calls = [node for node in tree.within(line) if isinstance(node, libcst.Call)]
            bypasses = [call for call in calls if tree.code(call.func) == "unscoped"]
            for call in bypasses:
                if line.trailing_whitespace.comment:
                    yield Outcome.KEPT
                else:
                    yield self.finding(tree.location(call), "looks past tenants", "say why in a comment on this line")
