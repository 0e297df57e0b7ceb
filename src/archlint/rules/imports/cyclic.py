"""Modules or packages that import each other in a cycle.

## Why is this bad?

None of them can be understood, tested, moved or reused without all the others, and a change in one may
break each of them. Which of them works depends on which is imported first.

Where cycles share modules, only the shortest is reported: the others are, if any are left, once it is cut.
Imports that only type checkers see and imports inside functions do not close a cycle, unless
`type-checking` or `deferred` says so. With `level = "package"` a folder of modules counts as one; a
package and the packages inside it are then not told apart.

## What to do

Look for the import that points against the architecture. Move what both sides need into a module of its
own that imports neither, or pass it in as an argument.

## Bad

`shop/orders.py`:

```python
from shop.customers import Customer


class Order:
    customer: Customer
```

`shop/customers.py`:

```python
import shop.orders  # error: [imports/cyclic] "`shop.customers` and `shop.orders` import each other"


class Customer:
    def orders(self) -> list["shop.orders.Order"]: ...
```

## Good

`shop/orders.py`:

```python
from shop.customers import Customer


class Order:
    customer: Customer
```

`shop/customers.py`:

```python
class Customer: ...
```

## Source

The acyclic dependencies principle: Robert C. Martin, "Granularity", C++ Report, 1996. On what fails at
run time: https://docs.python.org/3/faq/programming.html#what-are-the-best-practices-for-using-import-in-a-module
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from archlint.config.model import ImportPattern
from archlint.demand import Demand
from archlint.finding import Course, Finding, Related, Severity
from archlint.project import Module, Project
from archlint.project.imports.cuts import cheapest_cut
from archlint.project.imports.cycles import components, shortest_cycle
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class CyclicImport(Rule, frozen=True):
    """Every module or package that imports another one is a place, and every knot of cycles."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    level: Literal["module", "package"] = "module"
    """What must not be in a cycle: single modules, or folders of modules."""

    type_checking: bool = False
    """Whether imports that only type checkers see close a cycle."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    deferred: bool = False
    """Whether imports inside functions close a cycle."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that may close a cycle: `shop.orders -> shop.customers`, with `*` and `**` on both sides."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """That there is no cycle."""
        yield Demand(f"Let no {self.level}s import each other in a cycle")

    def check(self, project: Project) -> Iterator[Verdict]:
        """Find the knots, and a shortest cycle in each."""
        edges = self._edges(project)
        graph = {node: tuple(found) for node, found in edges.items()}
        for component in components(graph):
            if len(component) > 1:
                nodes = shortest_cycle(graph, component)
                links = [edges[a][b] for a, b in zip(nodes, (*nodes[1:], nodes[0]), strict=True)]
                yield self._cycle(project, links, len(component))
            elif graph[component[0]]:
                yield Outcome.KEPT

    def _edges(self, project: Project) -> dict[str, dict[str, Edge]]:
        """The first import from each module or package to each other one, by their paths."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        table: dict[str, dict[str, Edge]] = {}
        for importer, found in first_imports(project, self._counts, self.references).items():
            start = self._node(importer)
            for imported, edge in found.items():
                end = self._node(imported)
                table.setdefault(end, {})
                if edge not in ignored and not self._is_one(start, end):
                    table.setdefault(start, {}).setdefault(end, edge)
        return {node: dict(sorted(table[node].items())) for node in sorted(table)}

    def _counts(self, edge: Edge) -> bool:
        return is_counted(
            edge, type_checking=self.type_checking, dynamic=self.dynamic, deferred=self.deferred
        )

    def _node(self, module: Module) -> str:
        return module.path if self.level == "module" else module.folder

    def _name(self, module: Module) -> str:
        return module.name if self.level == "module" else module.package or "."

    def _is_one(self, start: str, end: str) -> bool:
        """Whether both ends are one thing: the same, or a package and what lies inside it."""
        if self.level == "module":
            return start == end
        return f"{start}/".startswith(f"{end}/") or f"{end}/".startswith(f"{start}/") or "" in (start, end)

    def _cycle(self, project: Project, links: list[Edge], knot: int) -> Finding:
        first, *others = links
        names = [f"`{self._name(link.importer)}`" for link in links]
        whole = f"{', '.join(names[:-1])} and {names[-1]} import each other"
        more = f", one of several cycles among {knot} {self.level}s" if knot > len(links) else ""
        return self.finding(
            project.location(first.importer, *first.fact.span),
            f"{whole} in a cycle{more}",
            cheapest_cut(project, links),
            identity=tuple(self._node(link.importer) for link in links),
            course=Course.FROM_HERE,
            related=tuple(
                Related(
                    project.location(link.importer, *link.fact.span),
                    f"{link.said} here",
                )
                for link in others
            ),
        )
