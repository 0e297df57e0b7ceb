"""Imports from a lower layer into a higher one.

## Why is this bad?

A layer may rely only on the layers below it. Once `domain` imports `web`, the domain can no longer be
tested or reused without the web framework, every change in `web` may break it, and the two can only be
understood together. The same goes for the parts of a layer that is drawn as `independent`.

A name counts for the layer that defines it, whatever module hands it on: `from shop import OrderIn` and
`shop.OrderIn` reach as high as `from shop.web.schemas import OrderIn`. With `transitive = true` a way through
modules of no layer counts too, and the finding shows the chain.

The drawing is the table `layers`. A rule may bring its own in the option `layers`, and hold each of several
packages to it: with `containers = ["shop.orders", "shop.stock"]` the layer `api = ["api.**"]` is
`shop.orders.api` in one and `shop.stock.api` in the other.

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

## Bad: parts of an independent layer

```toml
[layers]
web = ["shop.web"]
features = { modules = ["shop.features.*"], independent = true }
```

`shop/web.py`:

```python
import shop.features.orders
```

`shop/features/stock.py`:

```python
class Item: ...
```

`shop/features/orders.py`:

```python
from shop.features.stock import Item  # error: [layers/upward-import] "the parts of `features`"
```

## Bad: a method of an object that was handed in

```toml
[layers]
web = ["web/**"]
domain = ["domain/**"]

[rules."layers/upward-import"]
uses = true
```

`web/flash.py`:

```python
class Messages:
    def show(self, text): ...
```

`web/views.py`:

```python
from domain.orders import Basket
from web.flash import Messages


def create():
    return Basket(Messages()).close()
```

`domain/orders.py`:

```python
class Basket:
    def __init__(self, messages):
        self.messages = messages

    def close(self):
        self.messages.show("closed")  # error: [layers/upward-import] "`domain` may not use `web`"
```

## Bad: a relation of a model, which names another without an import

```toml
[layers]
sales = ["sales/**"]
catalog = ["catalog/**"]

[rules."layers/upward-import"]
references = ["relations"]
```

`sales/models.py`:

```python
from django.db import models


class Order(models.Model):
    total = models.IntegerField()
```

`catalog/models.py`:

```python
from django.db import models


class Product(models.Model):
    orders = models.ManyToManyField("sales.Order")  # error: [layers/upward-import] "may not name `sales`"
```

## Bad: the same layers in each of several packages

```toml
[rules."layers/upward-import"]
containers = ["shop.*"]
layers = { api = ["api"], models = ["models"] }
```

`shop/orders/api.py`:

```python
from shop.orders import models
from shop.stock.models import Item
```

`shop/orders/models.py`:

```python
class Order: ...
```

`shop/stock/api.py`:

```python
def items(): ...
```

`shop/stock/models.py`:

```python
from shop.stock.api import items  # error: [layers/upward-import] "`models` may not import `api`"


class Item: ...
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

## Source

The pattern "Layers": Frank Buschmann and others, "Pattern-Oriented Software Architecture", volume 1, 1996.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.config.model import Drawing, ImportPattern, Pattern
from archlint.demand import Demand, below, named
from archlint.finding import Course, Severity
from archlint.project import Module, Project
from archlint.project.drawing.breaches import breaches
from archlint.project.drawing.crossings import Crossing, edges_between
from archlint.project.drawing.drawings import drawings
from archlint.project.drawing.layers import Layers
from archlint.project.drawing.ways_out import belongs_below, turned_round
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.patterns import first_match
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class UpwardImport(Rule, frozen=True):
    """Every import between two layers is a place: kept downwards, broken upwards."""

    severity = Severity.ERROR
    since = "0.1"

    allow: tuple[Pattern, ...] = ()
    """Modules that any layer may import, as paths or dotted names with `*` and `**`."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    transitive: bool = False
    """Whether a way through modules that belong to no layer counts."""

    reexports: bool = True
    """Whether a name counts for where it is defined, wherever it is imported from."""

    uses: bool = False
    """Whether calling a method of an object counts as well, however the object came in."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that are let pass: `shop.orders -> shop.web.schemas`, with `*` and `**` on both sides."""

    layers: Drawing = msgspec.field(default_factory=lambda: Drawing({}))
    """A drawing of the rule's own, as the table `layers` is written."""

    containers: tuple[str, ...] = ()
    """Packages that each hold these layers, as dotted names with `*`; patterns are relative to them."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """That nothing points upwards, and what may be imported all the same."""
        if not self.layers and project.config.layers:
            yield Demand("Let no layer import one above it")
        if self.layers:
            order = named(self.layers, "over").replace(", ", " over ")
            where = f"in each of {named(self.containers)}, " if self.containers else ""
            text = f"{where}keep {order}: a layer may use those below it, and none above"
            yield Demand(text[0].upper() + text[1:], below(self.containers))
        if self.allow:
            yield Demand(f"From any layer, {named(self.allow)} may be imported")

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the layers at both ends of every way from one into another."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        key = self.option_key(project.config, "layers")
        for layers in drawings(project, self.id, key, self.layers, self.containers):
            yield from self._held_to(project, layers, ignored)

    def _held_to(self, project: Project, layers: Layers, ignored: Ignored) -> Iterator[Verdict]:
        def counts(edge: Edge) -> bool:
            is_of_interest = is_counted(edge, type_checking=self.type_checking, dynamic=self.dynamic)
            return is_of_interest and edge not in ignored

        def breaks(source: Module, target: Module) -> bool:
            return _is_upward(layers, source, target) and first_match(target, self.allow) is None

        edges = tuple(edges_between(project, layers, counts, self.references))
        for edge in edges:
            if not _is_upward(layers, edge.importer, edge.imported):
                yield Outcome.KEPT
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
        yield from (self._broken(project, layers, crossing) for crossing in found)

    def _broken(self, project: Project, layers: Layers, crossing: Crossing) -> Verdict:
        lower, upper = layers.of(crossing.source), layers.of(crossing.target)
        name = crossing.name or crossing.target.name
        if lower is None or upper is None or lower is upper:
            layer = lower.name if lower else ""
            what = f"the parts of `{layer}` are independent"
            hint = f"move what both need out of `{layer}` into a layer below, or let a layer above pass it in"
        else:
            what = f"`{lower.name}` may not {crossing.verb} `{upper.name}`"
            hint = f"move `{name}` into `{lower.name}` or below, or let `{upper.name}` pass it in"
            if turned_round(project, crossing.source, crossing.target):
                hint = (
                    f"`{crossing.target.name}` imports `{crossing.source.name}` as well: let it pass in "
                    f"`{name}`, or move that into `{lower.name}` or below"
                )
            elif belongs_below(project, layers, crossing.source, crossing.target):
                hint = (
                    f"move the module `{crossing.target.name}` into `{lower.name}`: nobody above uses it, "
                    "and it needs nothing from above"
                )
        return self.finding(
            crossing.location, f"{what}: {crossing.how}", hint, related=crossing.way, course=Course.FROM_HERE
        )


def _is_upward(layers: Layers, source: Module, target: Module) -> bool:
    lower, upper = layers.of(source), layers.of(target)
    if lower is None or upper is None:
        return False
    if lower is upper:
        return layers.part(source) != layers.part(target)
    return layers.rank(upper) < layers.rank(lower)
