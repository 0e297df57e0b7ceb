"""Imports of what another package keeps to itself.

## Why is this bad?

A name that begins with an underscore may change or go without notice: only its own package is kept in step.
Who imports it from elsewhere is broken by the next tidying.

With `packages` and `public`, a package says what it offers: all else in it is private, whatever its name.
Each pattern in `packages` names packages, each with all that lies inside it.

## What to do

Use what the package offers, or make the name public there, on purpose.

## Bad

`shop/orders/__init__.py`:

```python
```

`shop/orders/_prices.py`:

```python
def total(): ...
```

`shop/mail/letters.py`:

```python
from shop.orders._prices import total  # error: [imports/private] "is private to `shop.orders`"
```

## Good

`shop/orders/__init__.py`:

```python
from shop.orders._prices import total
```

`shop/orders/_prices.py`:

```python
def total(): ...
```

`shop/mail/letters.py`:

```python
from shop.orders import total
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.config.model import ImportPattern, Pattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError
from archlint.finding import Severity
from archlint.project import Module, Project
from archlint.project.ignored import Ignored
from archlint.project.import_graph import Edge
from archlint.project.option_places import option_problem
from archlint.project.patterns import is_path, matches, matches_name
from archlint.project.references import ReferenceKind, edges_of
from archlint.project.selection import select
from archlint.project.siblings import siblings
from archlint.project.symbols import Symbols
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class PrivateImport(Rule):
    """Every import that comes from outside the package of what it takes is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    packages: tuple[Pattern, ...] = ()
    """Packages that offer only what is in `public`."""

    public: tuple[Pattern, ...] = ()
    """What they offer: modules, or dotted names in them, as `shop.orders.api.*`."""

    underscores: bool = True
    """Whether names that begin with an underscore are private, in all packages."""

    within: tuple[Pattern, ...] = ()
    """The modules whose imports are looked at. Empty: those of the whole project."""

    allow: tuple[Pattern, ...] = ()
    """Modules that may import everything, such as tests."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that are let pass: `shop.mail.** -> shop.orders._prices`."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What is private."""
        if self.packages:
            offered = f"only {named(self.public)}" if self.public else "nothing"
            yield Demand(f"From outside {named(self.packages)}, import {offered} of it", self.within)
        if self.underscores:
            text = "Import no name that begins with an underscore from another package"
            yield Demand(text, self.within)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every import that crosses the border of a package."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        allowed = select(project, self.id, "allow", self.allow)
        inside = select(project, self.id, "within", self.within) if self.within else project.modules
        groups = siblings(project, self.id, "packages", self.packages)
        self._refuse_unmatched(project, groups)
        symbols = project.view(Symbols)
        for module in (each for each in inside if each not in allowed and not each.is_stub):
            for edge in edges_of(project, module, self.references):
                if edge in ignored or (edge.fact.typing and not self.type_checking):
                    continue
                taken = _taken(symbols, edge)
                owner = self._underscored(edge, taken) or self._closed(groups, edge, taken)
                if not owner or _is_inside(module, owner, groups):
                    yield Outcome.KEPT
                    continue
                yield self.finding(
                    project.location(module, *edge.fact.span),
                    f"`{taken}` is private to `{owner}`: `{module.name}` is outside",
                    f"use what `{owner}` offers, or let it offer this under a public name",
                )

    def _underscored(self, edge: Edge, taken: str) -> str:
        return _owner(edge.imported, taken) if self.underscores else ""

    def _closed(self, groups: dict[Module, str], edge: Edge, taken: str) -> str:
        """The package of `packages` that does not offer what is taken from it; empty where it does."""
        if any(_offers(edge.imported, taken, pattern) for pattern in self.public):
            return ""
        return groups.get(edge.imported, "")

    def _refuse_unmatched(self, project: Project, groups: dict[Module, str]) -> None:
        for pattern in self.public:
            names = (
                (module, f"{module.name}.{name}") for module in groups for name in ("", *module.bindings)
            )
            if not any(_offers(module, name, pattern) for module, name in names):
                message = f"`{pattern}` names nothing in `packages`"
                raise ConfigError((option_problem(project.config, self.id, "public", pattern, message),))


def _taken(symbols: Symbols, edge: Edge) -> str:
    """The dotted name of what an import takes."""
    fact, module = edge.fact, edge.imported
    is_name = fact.name not in ("", "*") and symbols.imported_module(edge.importer, fact) is module
    return f"{module.name}.{fact.name}" if is_name else module.name


def _owner(module: Module, taken: str) -> str:
    """The package that a name with an underscore belongs to; empty for a public name."""
    segments = taken.split(".")
    for place, segment in enumerate(segments):
        if segment.startswith("_") and not segment.endswith("__"):
            around = ".".join(segments[:place])
            return module.package if around == module.name else around
    return ""


def _is_inside(module: Module, owner: str, groups: dict[Module, str]) -> bool:
    return groups.get(module) == owner or f"{module.name}.".startswith(f"{owner}.")


def _offers(module: Module, taken: str, pattern: str) -> bool:
    return matches(module, pattern) or (not is_path(pattern) and matches_name(taken, pattern))
