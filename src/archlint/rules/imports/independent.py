"""Imports between parts that must stay independent of each other.

## Why is this bad?

Features, plugins, bounded contexts: parts beside each other are worth having while each can be read,
changed and taken out alone. One import between two of them makes them one.

Each pattern in `modules` names parts, and a part is what matches with all that lies inside it:
`shop.features.*` makes every feature a part. With `transitive = true` a way through modules outside all
the parts counts too.

## What to do

Move what two parts need into a module outside both, or let somebody above them bring them together.

## Bad

```toml
[[rules."imports/independent"]]
modules = ["shop.features.*"]
```

`shop/features/orders/views.py`:

```python
from shop.features.stock.models import Item  # error: [imports/independent] "`shop.features.orders` imports"
```

`shop/features/stock/models.py`:

```python
class Item: ...
```

## Good

```toml
[[rules."imports/independent"]]
modules = ["shop.features.*"]
```

`shop/features/orders/views.py`:

```python
from shop.items import Item
```

`shop/features/stock/models.py`:

```python
from shop.items import Item
```

`shop/items.py`:

```python
class Item: ...
```

## Source

The team's own architecture, written down in `modules`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import ImportPattern, Pattern
from archlint.demand import Demand, below, named
from archlint.finding import Finding, Severity
from archlint.project import Module, Project
from archlint.project.imports.chains import Link, backwards, chain, end, told, ways
from archlint.project.imports.first_imports import FirstImports, first_imports
from archlint.project.imports.handed_on import handed_on
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.imports.siblings import apart
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class DependentSibling(Rule, frozen=True):
    """Every module of a part is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    modules: tuple[Pattern, ...]
    """What the parts are, as paths or dotted names with `*` and `**`."""

    transitive: bool = False
    """Whether a way through modules outside all the parts counts."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    reexports: bool = True
    """Whether a name counts for where it is defined, wherever it is imported from."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that are let pass: `shop.features.orders.** -> shop.features.stock.models`."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """That the parts do not import each other."""
        yield Demand(f"Let no part of {named(self.modules)} import another of them", below(self.modules))

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for imports from each part into another."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        parts = apart(project, self.id, "modules", self.modules)
        imports = first_imports(
            project, lambda edge: self._counts(edge) and edge not in ignored, self.references
        )
        broken: set[Module] = set()
        for module, own in parts.items():
            for imported, edge in imports[module].items():
                if parts.get(imported, own) != own:
                    broken.add(module)
                    yield self._finding(project, parts, (edge,))
            if module not in broken:
                found = list(self._taken(project, parts, module, ignored))
                broken.update({module} if found else ())
                yield from found
        if self.transitive:
            for links in _roundabout(imports, parts):
                broken.add(links[0].importer)
                yield self._finding(project, parts, links)
        yield from (Outcome.KEPT for module in parts if module not in broken)

    def _counts(self, edge: Edge) -> bool:
        return is_counted(edge, type_checking=self.type_checking, dynamic=self.dynamic)

    def _taken(
        self, project: Project, parts: dict[Module, str], module: Module, ignored: Ignored
    ) -> Iterator[Finding]:
        """What a module takes of another part by way of one outside; with `transitive` a chain tells it."""
        if not self.reexports or self.transitive:
            return
        own = parts[module]

        def counts(edge: Edge) -> bool:
            return self._counts(edge) and edge not in ignored

        for taken in handed_on(project, module, lambda home: parts.get(home, own) != own, counts):
            other = parts[taken.home] if taken.home else ""
            yield self.finding(
                project.location(module, *taken.edge.fact.span),
                f"`{own}` {taken.edge.does}, and with it `{taken.name}`: `{own}` and `{other}` are to be "
                "independent",
                f"move `{taken.name}` to a module outside both, or let a caller pass it in",
                related=taken.way,
            )

    def _finding(self, project: Project, parts: dict[Module, str], links: tuple[Link, ...]) -> Finding:
        first, last = links[0], links[-1]
        own = parts[first.importer]
        other = parts[last.imported] if isinstance(last, Edge) else ""
        through = ", ".join(f"`{end(link)}`" for link in links[:-1])
        taken = last.fact.target if isinstance(last, Edge) and not last.by else other
        way = f"reaches `{other}` through {through}" if through else last.does
        return self.finding(
            project.location(first.importer, *first.fact.span),
            f"`{own}` {way}: `{own}` and `{other}` must stay independent",
            f"move `{taken}`, or what both need of it, to a module outside both, or let a caller pass it in",
            related=told(project, links[1:]),
        )


def _roundabout(imports: FirstImports, parts: dict[Module, str]) -> Iterator[tuple[Link, ...]]:
    """The shortest way of each module to each other part, through at least one module of none."""
    importers = backwards(imports)
    for group in sorted(set(parts.values())):
        inside = {module for module, own in parts.items() if own == group}
        table = ways(importers, inside, {}, around=parts.keys() - inside)
        chains = (chain(table, module) for module in parts)
        yield from (links for links in chains if len(links) > 1)
