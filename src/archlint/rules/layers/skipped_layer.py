"""Imports and uses that skip a layer.

## Why is this bad?

Where each layer may use only the one directly below it, that one can keep its promises: a rule that the
services enforce holds only as long as no route goes round them to the repositories.

What counts is who defines a thing, not how it comes in: a name that `services` hands on, `services.Orders()`
and `service.orders.find()` go round the services as the import of the repository does. With `uses = false`
methods of objects do not count; with `transitive = true` ways through modules of no layer do.

This is a choice, so the rule runs only where it is configured. A layer in `open` may be skipped; one in
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
from shop.repositories import find  # error: [layers/skipped-layer] "`routes` may not skip `services`"
```

`shop/services.py`:

```python
from shop.repositories import find


def find_open():
    return find()
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

## Source

Closed layers, and the sinkhole that opens where all are closed: Mark Richards, "Software Architecture
Patterns", O'Reilly, 2015, "Layered Architecture".
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.config.model import Drawing, ImportPattern, Layer
from archlint.demand import Demand, named
from archlint.errors import ConfigError
from archlint.finding import Course, Severity
from archlint.project import Module, Project
from archlint.project.drawing.breaches import breaches
from archlint.project.drawing.crossings import Crossing, edges_between
from archlint.project.drawing.detours import Detours
from archlint.project.drawing.drawings import drawings
from archlint.project.drawing.layers import Layers
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.option_places import option_problem
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class SkippedLayer(Rule, frozen=True):
    """Every import from a layer to one below it is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    open: tuple[str, ...] = ()
    """Layers that may be skipped."""

    closed: tuple[str, ...] = ()
    """Layers that may not be skipped. Empty: all but the open ones."""

    from_above: tuple[str, ...] = ()
    """Layers that every layer above may use."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    reexports: bool = True
    """Whether a name counts for where it is defined, wherever it is imported from."""

    uses: bool = True
    """Whether calling a method of an object counts, however the object came in."""

    transitive: bool = False
    """Whether a way through modules that belong to no layer counts."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that are let pass: `shop.routes -> shop.repositories`, with `*` and `**` on both sides."""

    layers: Drawing = msgspec.field(default_factory=lambda: Drawing({}))
    """A drawing of the rule's own, as the table `layers` is written."""

    containers: tuple[str, ...] = ()
    """Packages that each hold these layers, as dotted names with `*`; patterns are relative to them."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Which layers are reached only through another one."""
        for layers in drawings(
            project, self.id, self.option_key(project.config, "layers"), self.layers, self.containers
        )[:1]:
            drawn = layers.layers
            for at, layer in enumerate(drawn):
                above = [each.name for each in drawn[:at]]
                beneath = [each.name for each in drawn[at + 1 :] if each.name not in self.from_above]
                if above and beneath and self._is_closed(layer) and layer in layers.present:
                    text = f"From {named(above)}, reach {named(beneath)} only through `{layer.name}`"
                    yield Demand(text, () if self.layers else tuple(above))

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at which layers lie between the two ends of every way from one into another."""
        drawn = drawings(
            project, self.id, self.option_key(project.config, "layers"), self.layers, self.containers
        )
        self._refuse_unknown(project, [layer.name for layers in drawn[:1] for layer in layers.layers])
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        for layers in drawn:
            yield from self._held_to(project, layers, ignored)

    def _held_to(self, project: Project, layers: Layers, ignored: Ignored) -> Iterator[Verdict]:
        def counts(edge: Edge) -> bool:
            is_of_interest = is_counted(edge, type_checking=self.type_checking, dynamic=self.dynamic)
            return is_of_interest and edge not in ignored

        skips: dict[tuple[str, str], bool] = {}

        def breaks(source: Module, target: Module) -> bool:
            upper, lower = layers.of(source), layers.of(target)
            if upper is None or lower is None:
                return False
            pair = upper.name, lower.name
            if pair not in skips:
                skips[pair] = bool(self._skipped(layers, source, target))
            return skips[pair]

        edges = tuple(edges_between(project, layers, counts, self.references))
        for edge in edges:
            source, target = edge.importer, edge.imported
            if _is_downward(layers, source, target) and not breaks(source, target):
                yield Outcome.KEPT  # what points upwards is another rule's
        detours = Detours(project, layers)
        found = breaches(
            project,
            layers,
            edges,
            counts,
            breaks,
            reexports=self.reexports,
            transitive=self.transitive,
            uses=self.uses,
            references=self.references,
        )
        yield from (self._broken(layers, detours, crossing) for crossing in found)

    def _broken(self, layers: Layers, detours: Detours, crossing: Crossing) -> Verdict:
        upper = layers.of(crossing.source)
        skipped = self._skipped(layers, crossing.source, crossing.target)
        between = " and ".join(f"`{layer.name}`" for layer in skipped)
        name = crossing.name or crossing.target.name
        instead = detours.through(skipped[0], crossing.target, crossing.name)
        beside = detours.beside(skipped[0], crossing.target)
        offering = beside.name if beside else skipped[0].name
        hint = (
            f"call {instead} instead: there `{skipped[0].name}` uses `{name}` already"
            if instead
            else f"call what `{offering}` offers, and let that use `{name}`"
        )
        message = f"`{upper.name if upper else ''}` may not skip {between}: {crossing.how}"
        return self.finding(crossing.location, message, hint, related=crossing.way, course=Course.FROM_HERE)

    def _skipped(self, layers: Layers, source: Module, target: Module) -> list[Layer]:
        """The closed layers between two modules."""
        upper, lower = layers.of(source), layers.of(target)
        if upper is None or lower is None or lower.name in self.from_above:
            return []
        between = layers.layers[layers.rank(upper) + 1 : layers.rank(lower)]
        return [layer for layer in between if self._is_closed(layer) and layer in layers.present]

    def _is_closed(self, layer: Layer) -> bool:
        return layer.name not in self.open and (not self.closed or layer.name in self.closed)

    def _refuse_unknown(self, project: Project, names: list[str]) -> None:
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


def _is_downward(layers: Layers, source: Module, target: Module) -> bool:
    upper, lower = layers.of(source), layers.of(target)
    return upper is not None and lower is not None and layers.rank(upper) < layers.rank(lower)


def _known(names: list[str]) -> str:
    return f"the layers are {', '.join(f'`{name}`' for name in names)}" if names else "there is no `layers`"
