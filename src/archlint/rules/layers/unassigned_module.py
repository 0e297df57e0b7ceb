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

## Source

The team's own architecture, written down in `layers`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.config.model import Drawing, Pattern
from archlint.demand import Demand, named
from archlint.facts.expressions import Literal
from archlint.facts.statements import Evaluate
from archlint.finding import Location, Severity
from archlint.project import Module, Project
from archlint.project.drawing.drawings import drawings
from archlint.project.drawing.layers import Layers
from archlint.project.imports.selection import select
from archlint.rule import Outcome, Rule, Verdict


class UnassignedModule(Rule, frozen=True):
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

    layers: Drawing = msgspec.field(default_factory=lambda: Drawing({}))
    """A drawing of the rule's own, as the table `layers` is written."""

    containers: tuple[str, ...] = ()
    """Packages whose modules must each belong to one of these layers; patterns are relative to them."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """That every module has a layer."""
        where = f" in {named(self.within)}" if self.within else ""
        but = f", but for {named(self.allow)}" if self.allow else ""
        yield Demand(f"Put every module{where} into one of the layers{but}", self.within)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the layer of every module."""
        allowed = select(project, self.id, "allow", self.allow)
        within = select(project, self.id, "within", self.within) if self.within else project.modules
        key = self.option_key(project.config, "layers")
        drawn = drawings(project, self.id, key, self.layers, self.containers)
        for layers in drawn or (project.view(Layers),):
            for module in within:
                if module not in allowed and _is_inside(module, layers.container):
                    yield from self._judged(module, layers)

    def _judged(self, module: Module, layers: Layers) -> Iterator[Verdict]:
        if module in layers:
            yield Outcome.KEPT
            return
        if _is_empty(module) and not self.empty:
            return
        near = ", ".join(f"`{layer.name}`" for layer in layers.layers)
        yield self.finding(
            Location(module.path, 1, 1, 1, 1),
            f"`{module.name}` belongs to no layer"
            + (f" of `{layers.container}`" if layers.container else ""),
            f"move it into one of {near}, or add it to the layer's patterns" if near else "draw `layers`",
        )


def _is_inside(module: Module, container: str) -> bool:
    """Whether a drawing speaks of a module; the package that holds the layers is in none of them."""
    return not container or module.name.startswith(f"{container}.")


def _is_empty(module: Module) -> bool:
    """Whether a module holds nothing, or only says what it is for."""
    if module.facts.fault is not None:
        return False
    return all(isinstance(each, Evaluate) and isinstance(each.value, Literal) for each in module.body)
