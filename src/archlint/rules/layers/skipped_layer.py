"""Imports that jump over a layer.

## Why is this bad?

Where each layer may use only the one directly below it, that one can keep its promises: a rule that the
services enforce holds only as long as no route goes round them to the repositories.

This is a choice, so the rule runs only where it is configured. A layer in `open` may be jumped over; one in
`from-above` may be used from any height, as models that everybody hands around.

## What to do

Call what the layer in between offers, and add it there where it is missing.

## Bad

```toml
[layers]
routes = ["shop.routes"]
services = ["shop.services"]
repositories = ["shop.repositories"]

[rules]
"layers/skipped-layer" = "error"
```

`shop/routes.py`:

```python
from shop.repositories import find  # error: [layers/skipped-layer] "`routes` may not jump over `services`"
```

`shop/services.py`:

```python
from shop.repositories import find
```

`shop/repositories.py`:

```python
def find(): ...
```

## Good

```toml
[layers]
routes = ["shop.routes"]
services = ["shop.services"]
repositories = ["shop.repositories"]

[rules]
"layers/skipped-layer" = "error"
```

`shop/routes.py`:

```python
from shop.services import find_open
```

`shop/services.py`:

```python
from shop.repositories import find


def find_open(): ...
```

`shop/repositories.py`:

```python
def find(): ...
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.config.model import ImportPattern, Layer
from archlint.errors import ConfigError
from archlint.finding import Severity
from archlint.project import Project
from archlint.project.first_imports import first_imports
from archlint.project.ignored import Ignored
from archlint.project.import_graph import Edge
from archlint.project.layers import Layers
from archlint.project.option_places import option_problem
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class SkippedLayer(Rule):
    """Every import from a layer to one below it is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    open: tuple[str, ...] = ()
    """Layers that may be jumped over."""

    closed: tuple[str, ...] = ()
    """Layers that may not be jumped over. Empty: all but the open ones."""

    from_above: tuple[str, ...] = ()
    """Layers that every layer above may use."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that are let pass: `shop.routes -> shop.repositories`, with `*` and `**` on both sides."""

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at which layers lie between the two ends of every import."""
        self._refuse_unknown(project)
        if not project.config.layers:
            return
        layers = project.view(Layers)
        ignored = Ignored.read(project, self.id, self.ignore)
        imports = first_imports(project, lambda edge: self._counts(edge) and edge not in ignored)
        for importer, found in imports.items():
            upper = layers.of(importer)
            for imported, edge in found.items() if upper else ():
                lower = layers.of(imported)
                if upper is None or lower is None or layers.rank(lower) <= layers.rank(upper):
                    continue  # what points upwards is another rule's
                skipped = self._skipped(layers, upper, lower)
                if not skipped:
                    yield Outcome.KEPT
                    continue
                between = " and ".join(f"`{layer.name}`" for layer in skipped)
                yield self.finding(
                    project.location(importer, *edge.fact.span),
                    f"`{upper.name}` may not jump over {between}: "
                    f"`{importer.name}` imports `{imported.name}`",
                    f"call what `{skipped[0].name}` offers, and let that use `{imported.name}`",
                )

    def _counts(self, edge: Edge) -> bool:
        return self.type_checking or not edge.fact.typing

    def _skipped(self, layers: Layers, upper: Layer, lower: Layer) -> list[Layer]:
        """The closed layers between two."""
        if lower.name in self.from_above:
            return []
        between = layers.layers[layers.rank(upper) + 1 : layers.rank(lower)]
        return [layer for layer in between if layer.name not in self.open and self._is_closed(layer)]

    def _is_closed(self, layer: Layer) -> bool:
        return not self.closed or layer.name in self.closed

    def _refuse_unknown(self, project: Project) -> None:
        names = [layer.name for layer in project.config.layers]
        options = (("open", self.open), ("closed", self.closed), ("from_above", self.from_above))
        problems = tuple(
            option_problem(
                project.config, self.id, option, name, f"there is no layer `{name}`", _known(names)
            )
            for option, chosen in options
            for name in chosen
            if name not in names
        )
        if problems:
            raise ConfigError(problems)


def _known(names: list[str]) -> str:
    return f"the layers are {', '.join(f'`{name}`' for name in names)}" if names else "there is no `layers`"
