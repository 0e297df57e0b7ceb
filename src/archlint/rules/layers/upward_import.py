"""Imports from a lower layer into a higher one.

## Why is this bad?

A layer may rely only on the layers below it. Once `domain` imports `web`, the domain can no longer be
tested or reused without the web framework, every change in `web` may break it, and the two can only be
understood together.

## What to do

Move what both need down into the lower layer or below it, or let the higher layer pass it in as an
argument. An import that only type checkers see (`if TYPE_CHECKING:`) draws the same arrow in the
architecture; set `type-checking = false` to let those pass.

## Bad

```toml
[layers]
web = ["web/**"]
domain = ["domain/**"]
```

`web/schemas.py`:

```python
class OrderIn: ...
```

`domain/orders.py`:

```python
from web.schemas import OrderIn  # error: [layers/upward-import] "`domain` may not import `web`"


def place(order: OrderIn) -> None: ...
```

## Good

```toml
[layers]
web = ["web/**"]
domain = ["domain/**"]
```

`domain/orders.py`:

```python
class Order: ...


def place(order: Order) -> None: ...
```

`web/views.py`:

```python
from domain.orders import Order, place


def create() -> None:
    place(Order())
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.config.model import Pattern
from archlint.finding import Severity
from archlint.project import Project
from archlint.project.import_graph import Edge, ImportGraph
from archlint.project.layers import Layers
from archlint.project.patterns import first_match
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class UpwardImport(Rule):
    """Every import between two layers is a place: kept downwards, broken upwards."""

    severity = Severity.ERROR
    since = "0.1"

    allow: tuple[Pattern, ...] = ()
    """Modules that any layer may import, as paths or dotted names with `*` and `**`."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the layers at both ends of every import."""
        if not project.config.layers:
            return
        graph, layers = project.view(ImportGraph), project.view(Layers)
        for module in project.modules:
            lower = layers.of(module)
            if lower is None:
                continue
            for edge in graph.imports_of(module):
                upper = layers.of(edge.imported)
                if upper is None or upper is lower or not self._counts(edge):
                    continue
                if layers.rank(upper) > layers.rank(lower):
                    yield Outcome.KEPT
                    continue
                yield self.finding(
                    project.location(module, *edge.fact.span),
                    f"`{lower.name}` may not import `{upper.name}`: "
                    f"`{module.name}` imports `{edge.imported.name}`",
                    f"move what both need into `{lower.name}` or below, or let `{upper.name}` pass it in",
                )

    def _counts(self, edge: Edge) -> bool:
        if edge.fact.typing and not self.type_checking:
            return False
        return first_match(edge.imported, self.allow) is None
