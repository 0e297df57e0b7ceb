"""Children of one package that depend on each other in a cycle.

## Why is this bad?

A package is understood through its children: what each is for, and which depends on which. Where
they depend on each other in a cycle there is no order, and none of them can be read, moved or tested
without the rest, even if no single module is in a cycle.

Each child counts as one with all that lies inside it. The packages in `within` are looked at, and those
inside them down to `depth`; imports inside functions count.

## What to do

Find the imports that close the cycle, the fewest or the least important, and reverse them: move what both
sides need into a child of its own, or pass it in as an argument.

## Bad

```toml
[[rules."imports/cyclic-siblings"]]
within = ["shop"]
```

`shop/orders/models.py`:

```python
from shop.stock.models import Item  # error: [imports/cyclic-siblings] "`shop.orders` and `shop.stock`"
```

`shop/stock/models.py`:

```python
class Item: ...
```

`shop/stock/reports.py`:

```python
import shop.orders.models
```

## Good

```toml
[[rules."imports/cyclic-siblings"]]
within = ["shop"]
```

`shop/orders/models.py`:

```python
from shop.stock.models import Item
```

`shop/stock/models.py`:

```python
class Item: ...
```

`shop/reports/stock.py`:

```python
import shop.orders.models
import shop.stock.models
```

## Source

The acyclic dependencies principle: Robert C. Martin, "Granularity", C++ Report, 1996.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import Pattern
from archlint.demand import Demand, below, named
from archlint.finding import Course, Finding, Severity
from archlint.project import Project
from archlint.project.imports.chains import told
from archlint.project.imports.children import Children
from archlint.project.imports.cycles import components, shortest_cycle
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class CyclicSiblings(Rule, frozen=True):
    """Every package whose children are looked at is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    within: tuple[Pattern, ...]
    """The packages whose children may not form a cycle, as dotted names with `*` and `**`."""

    depth: int = 10
    """How deep inside them packages are looked at as well; 0 looks only at the packages themselves."""

    skip: tuple[Pattern, ...] = ()
    """Packages whose children are not looked at, nor what lies deeper."""

    type_checking: bool = True
    """Whether imports that only type checkers see close a cycle."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[str, ...] = ()
    """Imports that may close a cycle: `shop.stock.** -> shop.orders.**`."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """That there is no cycle."""
        text = f"Let what lies in {named(self.within)} side by side not depend on each other in a cycle"
        yield Demand(text, below(self.within))

    def check(self, project: Project) -> Iterator[Verdict]:
        """Find the cycles among the children of each package, and a shortest one in each knot."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        imports = first_imports(
            project, lambda edge: self._counts(edge) and edge not in ignored, self.references
        )
        children = Children.read(project, self.id, self.within, self.skip, self.depth)
        for package, edges in children.imports(imports).items():
            graph = {child: sorted(edges[child]) for child in sorted(edges)}
            knots = [knot for knot in components(graph) if len(knot) > 1]
            if not knots:
                yield Outcome.KEPT
            for knot in knots:
                cycle = shortest_cycle(graph, knot)
                links = [edges[a][b] for a, b in zip(cycle, (*cycle[1:], cycle[0]), strict=True)]
                yield self._finding(project, package, cycle, links, len(knot))

    def _counts(self, edge: Edge) -> bool:
        return is_counted(edge, type_checking=self.type_checking, dynamic=self.dynamic)

    def _finding(
        self, project: Project, package: str, cycle: tuple[str, ...], links: list[Edge], knot: int
    ) -> Finding:
        *others, last = (f"`{child}`" for child in cycle)
        more = f", one of several cycles among {knot} of its children" if knot > len(cycle) else ""
        first, turned = links[0], links[-1]
        return self.finding(
            project.location(first.importer, *first.fact.span),
            f"{', '.join(others)} and {last} depend on each other in a cycle inside `{package}`{more}",
            f"take `{turned.imported.name}` out of `{turned.importer.name}`, or turn round another of these "
            "imports: move what both sides need into a child of its own",
            course=Course.FROM_HERE,
            related=told(project, links[1:]),
            identity=cycle,
        )
