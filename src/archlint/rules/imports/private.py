"""Imports of what another package keeps to itself.

## Why is this bad?

A name that begins with an underscore may change or disappear without notice: only its own package is kept
in step. Code that imports it from elsewhere breaks at the next clean-up.

With `packages` and `public`, a package says what it offers: all else in it is private, whatever its name.
Each pattern in `packages` names packages, each with all that lies inside it. A package may be imported as a
whole; what is then taken through it, as `shop.orders.prices.TAX`, has to be offered.

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

## Bad: what a package does not offer

```toml
[[rules."imports/private"]]
packages = ["shop.orders"]
public = ["shop.orders.place"]
```

`shop/orders/__init__.py`:

```python
from shop.orders import prices


def place(): ...
```

`shop/orders/prices.py`:

```python
TAX = 19
```

`shop/mail.py`:

```python
import shop.orders
from shop.orders.prices import TAX  # error: [imports/private] "`shop.orders.prices.TAX` is private to"


def letter():
    shop.orders.place()
    return shop.orders.prices.TAX  # error: [imports/private] "`shop.orders.prices.TAX` is private to"
```

## Bad: a package inside another that answers for itself

```toml
[[rules."imports/private"]]
packages = ["shop"]
public = ["shop.api"]
apart = ["shop.orders"]
```

`shop/api.py`:

```python
from shop.orders import place
from shop.texts import trim
```

`shop/texts.py`:

```python
def trim(): ...
```

`shop/orders.py`:

```python
from shop import api
from shop.texts import trim  # error: [imports/private] "`shop.texts.trim` is private to `shop`"


def place(): ...
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

## Source

https://peps.python.org/pep-0008/#public-and-internal-interfaces; what a package offers is the team's own
choice, written down in `public`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from archlint.config.model import ImportPattern, Pattern
from archlint.demand import Demand, named
from archlint.finding import Finding, Location, Severity
from archlint.project import Module, Project
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.imports.offers import Offers
from archlint.project.imports.selection import select
from archlint.project.objects.uses import Uses
from archlint.project.references import ReferenceKind, edges_of
from archlint.project.symbols import Symbols
from archlint.rule import Outcome, Rule, Verdict

_FEW = 4
"""How many names a hint can hold."""


class PrivateImport(Rule, frozen=True):
    """Every import that comes from outside the package of what it takes is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    packages: tuple[Pattern, ...] = ()
    """Packages that offer only what is in `public`."""

    public: tuple[Pattern, ...] = ()
    """What they offer: modules, or dotted names in them, as `shop.orders.api.*`."""

    apart: tuple[Pattern, ...] = ()
    """Packages inside them that answer for themselves: they import only what is offered, as from outside,
    and offer everything, unless they are among `packages` too."""

    uses: bool = True
    """Whether `shop.orders.prices.TAX` counts, after an import of the package `shop.orders` as a whole."""

    underscores: bool = True
    """Whether names that begin with an underscore are private, in all packages."""

    within: tuple[Pattern, ...] = ()
    """The modules whose imports are looked at. Empty: those of the whole project."""

    allow: tuple[Pattern, ...] = ()
    """Modules that may import everything, such as tests."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

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
        offers = Offers.read(project, self.id, self.packages, self.apart, self.public)
        symbols = project.view(Symbols)
        for module in (each for each in inside if each not in allowed and not each.is_stub):
            for edge in edges_of(project, module, self.references):
                if edge in ignored or not self._counts(edge):
                    continue
                taken = _taken(symbols, edge)
                owner = self._underscored(edge, taken) or offers.owner(edge.imported, taken)
                if not owner or offers.is_inside(module, owner):
                    yield Outcome.KEPT
                elif taken == owner:
                    yield from self._through(project, offers, edge, owner)
                else:
                    place = project.location(module, *edge.fact.span)
                    yield self._taking(
                        place, taken, owner, module.name, _users(project, edge.imported, taken)
                    )

    def _counts(self, edge: Edge) -> bool:
        return is_counted(edge, type_checking=self.type_checking, dynamic=self.dynamic)

    def _through(self, project: Project, offers: Offers, edge: Edge, owner: str) -> Iterator[Verdict]:
        """A package may be imported as a whole: what counts is what is then taken through it."""
        found = list(offers.taken_through(project, edge)) if self.uses else []
        for use, taken in found:
            place = project.location(edge.importer, *use.span)
            yield self._taking(place, taken, owner, edge.importer.name)
        if not found:
            yield Outcome.KEPT

    def _taking(
        self, place: Location, taken: str, owner: str, importer: str, users: Collection[str] = ()
    ) -> Finding:
        offered = [each for each in self.public if each.startswith(f"{owner}.")]
        near = f"it offers {named(offered)}" if 0 < len(offered) <= _FEW else f"use what `{owner}` offers"
        if not offered and 0 < len(users) <= _FEW:
            near = (
                f"call {named(users, 'or')}, which uses it"
                if len(users) == 1
                else f"call {named(users, 'or')}"
            )
        return self.finding(
            place,
            f"`{taken}` is private to `{owner}`: `{importer}` is outside",
            f"{near}; or let `{owner}` offer this under a public name",
        )

    def _underscored(self, edge: Edge, taken: str) -> str:
        return _owner(edge.imported, taken) if self.underscores else ""


def _taken(symbols: Symbols, edge: Edge) -> str:
    """The dotted name of what an import takes."""
    fact, module = edge.fact, edge.imported
    is_name = fact.name not in ("", "*") and symbols.imported_module(edge.importer, fact) is module
    return f"{module.name}.{fact.name}" if is_name else module.name


def _users(project: Project, module: Module, taken: str) -> list[str]:
    """The public functions of a module that use a name of its own."""
    found = {
        use.function.name: use.function.fact
        for use in project.view(Uses).of(module)
        if use.name == taken and use.function is not None
    }
    return [
        name
        for name, fact in sorted(found.items())
        if not fact.name.startswith("_") and "()" not in fact.qualname and "._" not in f".{fact.qualname}"
    ]


def _owner(module: Module, taken: str) -> str:
    """The package that a name with an underscore belongs to; empty for a public name."""
    segments = taken.split(".")
    for place, segment in enumerate(segments):
        if segment.startswith("_") and not segment.endswith("__"):
            around = ".".join(segments[:place])
            return module.package if around == module.name else around
    return ""
