"""Modules that belong to no layer.

## Why is this bad?

A module outside the drawing may import everything and be imported by everything: nobody has said where it
belongs, and no rule about layers holds for it.

## What to do

Move the module into a layer, or draw the layer it belongs to. What is meant to stand outside goes to
`allow`.

## Bad

```toml
[layers]
web = ["shop.web.**"]
domain = ["shop.domain.**"]

[[rules."layers/unassigned-module"]]
within = ["shop.**"]
```

`shop/web/views.py`:

```python
```

`shop/domain/orders.py`:

```python
```

`shop/helpers.py`:

```python
TAX = 19  # error: [layers/unassigned-module] "`shop.helpers` belongs to no layer"
```

## Good

```toml
[layers]
web = ["shop.web.**"]
domain = ["shop.domain.**"]

[[rules."layers/unassigned-module"]]
within = ["shop.**"]
```

`shop/web/views.py`:

```python
```

`shop/domain/prices.py`:

```python
TAX = 19
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.config.model import Pattern
from archlint.facts.expressions import Literal
from archlint.facts.statements import Evaluate
from archlint.finding import Location, Severity
from archlint.project import Module, Project
from archlint.project.layers import Layers
from archlint.project.selection import select
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class UnassignedModule(Rule):
    """Every module in `within` is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    within: tuple[Pattern, ...] = ()
    """Where every module must belong to a layer, as paths or dotted names. Empty: in the whole project."""

    allow: tuple[Pattern, ...] = ()
    """Modules that may stand outside."""

    empty: bool = False
    """Whether a module that holds no code, such as an empty `__init__.py`, must belong to a layer too."""

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the layer of every module."""
        layers = project.view(Layers)
        inside = select(project, self.id, "within", self.within) if self.within else project.modules
        allowed = select(project, self.id, "allow", self.allow)
        near = ", ".join(f"`{layer.name}`" for layer in layers.layers)
        for module in inside:
            if module in allowed:
                continue
            if layers.of(module) is not None:
                yield Outcome.KEPT
                continue
            if _is_empty(module) and not self.empty:
                continue
            yield self.finding(
                Location(module.path, 1, 1, 1, 1),
                f"`{module.name}` belongs to no layer",
                f"move it into one of {near}, or add it to the layer's patterns" if near else "draw `layers`",
            )


def _is_empty(module: Module) -> bool:
    """Whether a module holds nothing, or only says what it is for."""
    if module.facts.fault is not None:
        return False
    return all(isinstance(each, Evaluate) and isinstance(each.value, Literal) for each in module.body)
