"""Fewer layers than the architecture requires.

## Why is this bad?

A drawing holds nothing to account where its layers are not there. Four empty packages and all the code in
`main.py` break no rule about who imports whom, and yet nothing of the architecture has been built.

A layer counts where one of its modules holds code: a class, a function, or more than imports and text.
Layers whose patterns may match nothing (`optional = true`) are what makes this possible; without the option
`at-least` two layers have to hold a module, since a drawing of fewer guards nothing.

## What to do

Move the code to the layer it belongs to, or draw the layers that the project really has.

## Bad

```toml
[layers]
routes = ["app/routes/**"]
services = ["app/services/**"]
repositories = { modules = ["app/repositories/**"], optional = true }
models = { modules = ["app/models/**"], optional = true }

[rules."layers/missing-layer"]  # error: [layers/missing-layer] "1 of 4 layers holds code, 3 must"
at-least = 3
```

`app/routes/orders.py`:

```python
def show(): ...
```

`app/services/__init__.py`:

```python
from app import prices
```

## Good

```toml
[layers]
routes = ["app/routes/**"]
services = ["app/services/**"]
repositories = { modules = ["app/repositories/**"], optional = true }
models = { modules = ["app/models/**"], optional = true }

[rules."layers/missing-layer"]
at-least = 3
```

`app/routes/orders.py`:

```python
from app.services.orders import find


def show():
    return find()
```

`app/services/orders.py`:

```python
from app.models.orders import Order


def find():
    return Order()
```

`app/models/orders.py`:

```python
class Order: ...
```

## Source

The team's own architecture, written down in `layers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.demand import Demand
from archlint.errors import ConfigError
from archlint.facts.expressions import Literal
from archlint.facts.statements import Evaluate, ImportNames
from archlint.finding import Location, Severity
from archlint.project import Module, Project
from archlint.project.drawing.layers import Layers
from archlint.rule import Outcome, Rule, Verdict


class MissingLayer(Rule, frozen=True):
    """Every layer of the drawing is a place."""

    severity = Severity.ERROR
    since = "0.1"

    at_least: int | None = None
    """How many of the layers have to hold code. Without it, two where some are optional."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """How many layers there must be."""
        most = (
            "the layers that are drawn"
            if self.at_least is None
            else f"at least {self.at_least} of the layers"
        )
        yield Demand(f"Spread the code over {most}", is_of_whole=True)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for code in every layer."""
        drawn = project.config.layers
        if self.at_least is None and not any(layer.optional for layer in drawn):
            return
        self._refuse(project)
        layers = project.view(Layers)
        if self.at_least is None:
            asked, there = min(len(drawn), 2), layers.present
        else:
            asked = self.at_least
            there = tuple(each for each in drawn if any(map(_holds_code, layers.members(each))))
        if len(there) >= asked:
            yield from (Outcome.KEPT for _ in there)
            return
        missing = ", ".join(f"`{layer.name}`" for layer in drawn if layer not in there)
        holds = "holds" if len(there) == 1 else "hold"
        what = "a module" if self.at_least is None else "code"
        yield self.finding(
            self._place(project),
            f"{len(there)} of {len(drawn)} layers {holds} {what}, {asked} must; nothing is in {missing}",
            f"move code to where it belongs ({self._where(project)}), or draw `[layers]` as they are",
        )

    def _refuse(self, project: Project) -> None:
        drawn = len(project.config.layers)
        if self.at_least is not None and not 0 < self.at_least <= drawn:
            key = self.option_key(project.config, "at_least")
            message = f"`at-least` asks for {self.at_least} of {drawn} layers"
            raise ConfigError((project.config.problem(key, message, "draw more layers, or ask for fewer"),))

    def _place(self, project: Project) -> Location:
        """In the configuration, where the layers are asked for."""
        origin = project.config.origin(self.option_key(project.config, "at_least").rpartition(".")[0])
        if origin.line:
            return Location(origin.source, origin.line, origin.column, origin.line, origin.column)
        return Location(project.config.source or ".", 1, 1, 1, 1)

    def _where(self, project: Project) -> str:
        return ", ".join(f"`{layer.patterns[0]}`" for layer in project.config.layers)


def _holds_code(module: Module) -> bool:
    if module.facts.fault is not None:
        return True
    return not all(
        isinstance(each, ImportNames) or (isinstance(each, Evaluate) and isinstance(each.value, Literal))
        for each in module.body
    )
