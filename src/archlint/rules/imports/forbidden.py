"""Imports that the architecture forbids, of the project's own modules or of packages from outside.

## Why is this bad?

What must stay apart is easily joined by one import. A domain that reaches for the web framework, or a
public package that reaches for an internal one, is tied to it from then on.

With `transitive = true` a way through other modules counts too, and the finding shows the chain. A chain
is told once, where it leaves the modules it is forbidden to; but each pattern of `from-modules` that leads
to a pattern of `to` is told at least once, whatever is in between. In `to`, a dotted name that is not of the
project is a package from outside, with all that it holds.

## What to do

Move what is needed to where it may be used, or let somebody above pass it in.

## Bad

```toml
[[rules."imports/forbidden"]]
from-modules = ["shop.domain.**"]
to = ["sqlalchemy", "shop.web.**"]
```

`shop/domain/orders.py`:

```python
from sqlalchemy import select  # error: [imports/forbidden] "`shop.domain.orders` imports `sqlalchemy.select`"

from shop.web.schemas import OrderIn  # error: [imports/forbidden] "imports `shop.web.schemas`"
```

`shop/web/schemas.py`:

```python
class OrderIn: ...
```

## Good

```toml
[[rules."imports/forbidden"]]
from-modules = ["shop.domain.**"]
to = ["sqlalchemy", "shop.web.**"]
```

`shop/domain/orders.py`:

```python
from dataclasses import dataclass


@dataclass
class Order: ...
```

`shop/web/schemas.py`:

```python
from shop.domain.orders import Order
```

## Source

The team's own architecture, written down in the options.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import ImportPattern, Pattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError
from archlint.finding import Finding, Severity
from archlint.project import Module, Project
from archlint.project.drawing.drawings import inhabitants, layer_names
from archlint.project.imports.chains import Link, backwards, chain, end, told, ways
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.further_chains import further, grouped
from archlint.project.imports.handed_on import handed_on, handed_on_from_outside
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.imports.outside import leaving, outside
from archlint.project.option_places import option_problem
from archlint.project.patterns import matches_external
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class ForbiddenImport(Rule, frozen=True):
    """Every module in `from-modules` is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    from_modules: tuple[Pattern, ...]
    """Layers by name, or modules, that may not import: paths or dotted names with `*` and `**`."""

    to: tuple[Pattern, ...]
    """What they may not import: layers, modules of the project, or dotted names from outside."""

    transitive: bool = False
    """Whether a way through other modules counts."""

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
    """Imports that are let pass: `shop.domain.orders -> sqlalchemy`, with `*` and `**` on both sides."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Who may not import what."""
        way = ", nor what imports them" if self.transitive else ""
        text = f"In {named(self.from_modules)}, do not import {named(self.to, 'or')}{way}"
        yield Demand(text, self.from_modules)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a way from every module to what it may not import."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        drawn = layer_names(project)
        foreign = outside(project, self.id, "to", (each for each in self.to if each not in drawn))
        targets = inhabitants(project, self.id, "to", (each for each in self.to if each not in foreign))
        sources = self._sources(project, targets)
        out = leaving(project, foreign, lambda edge: self._counts(edge) and edge not in ignored)
        imports = first_imports(
            project, lambda edge: self._counts(edge) and edge not in ignored, self.references
        )
        importers = backwards(imports) if self.transitive else {}
        nearest = {module: found[0] for module, found in out.items()}
        table = ways(importers, targets, nearest, around=sources) if self.transitive else {}
        found: list[tuple[Link, ...]] = []
        for module in sources:
            inside = (edge for imported, edge in imports[module].items() if imported in targets)
            direct: list[Link] = [*inside, *out.get(module, ())]
            broken: list[tuple[Link, ...]] = [(link,) for link in direct]
            if not broken and module in table:
                broken = [chain(table, module)]
            found += broken
            taken = [] if broken else list(self._taken(project, module, targets, foreign, ignored))
            yield from taken
            if not broken and not taken:
                yield Outcome.KEPT
        if self.transitive:
            found += further(importers, sources, grouped(targets, out, foreign), found)
        yield from (self._finding(project, links) for links in found)

    def _taken(
        self,
        project: Project,
        module: Module,
        targets: dict[Module, str],
        foreign: tuple[str, ...],
        ignored: Ignored,
    ) -> Iterator[Finding]:
        """What a module takes of others that have it from where it may not import."""
        if not self.reexports or self.transitive:
            return  # a chain tells it

        def counts(edge: Edge) -> bool:
            return self._counts(edge) and edge not in ignored

        def is_foreign(name: str) -> bool:
            return any(matches_external(name, pattern) for pattern in foreign)

        inside = handed_on(project, module, targets.__contains__, counts)
        abroad = handed_on_from_outside(project, module, is_foreign, counts) if foreign else ()
        for taken in (*inside, *abroad):
            yield self.finding(
                project.location(module, *taken.edge.fact.span),
                f"{taken.edge.said}, and with it `{taken.name}`, which it may not import",
                f"move what needs `{taken.name}` out of `{module.name}`, or let a caller pass it in",
                related=taken.way,
            )

    def _sources(self, project: Project, targets: dict[Module, str]) -> dict[Module, str]:
        """What `from-modules` holds; a part of it that is forbidden to the rest may import itself."""
        found = inhabitants(project, self.id, "from_modules", self.from_modules)
        sources = {module: pattern for module, pattern in found.items() if module not in targets}
        if not sources and (found or not self.from_modules):
            message = "every module in `from-modules` is in `to` as well: nothing is forbidden to any"
            raise ConfigError(
                (option_problem(project.config, self.id, "from_modules", self.from_modules[0], message),)
                if self.from_modules
                else (project.config.problem(f"rules.{self.id}", "`from-modules` is empty"),)
            )
        return sources

    def _counts(self, link: Link) -> bool:
        return is_counted(link, type_checking=self.type_checking, dynamic=self.dynamic)

    def _finding(self, project: Project, links: tuple[Link, ...]) -> Finding:
        first, last = links[0], links[-1]
        module = first.importer
        place = project.location(module, *first.fact.span)
        if len(links) == 1:
            hint = f"move what needs `{end(last)}` out of `{module.name}`, or let a caller pass it in"
            return self.finding(place, f"{last.said}, which it may not import", hint)
        through = ", ".join(f"`{end(link)}`" for link in links[:-1])
        return self.finding(
            place,
            f"`{module.name}` reaches `{end(last)}`, which it may not import, through {through}",
            f"take the import of `{end(last)}` out of `{last.importer.name}`, or that of `{end(first)}` out "
            f"of `{module.name}`",
            related=told(project, links[1:]),
        )
