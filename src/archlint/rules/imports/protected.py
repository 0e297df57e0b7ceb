"""Imports of a protected module by a module that is not on its list.

## Why is this bad?

Some modules are dangerous in many hands: what signs tokens, what talks to the payment provider, the models
behind a repository. As long as few modules import them, a change to them is a change in few places.

## What to do

Call one of the importers on the list, or add the new one to it, so that the choice is visible.

## Bad

```toml
[[rules."imports/protected"]]
modules = ["shop.payments.client"]
importers = ["shop.payments.**"]
```

`shop/payments/client.py`:

```python
def charge(): ...
```

`shop/orders.py`:

```python
from shop.payments.client import charge  # error: [imports/protected] "`shop.payments.client` is protected"
```

`shop/payments/service.py`:

```python
from shop.payments.client import charge
```

## Good

```toml
[[rules."imports/protected"]]
modules = ["shop.payments.client"]
importers = ["shop.payments.**"]
```

`shop/payments/client.py`:

```python
def charge(): ...
```

`shop/payments/service.py`:

```python
from shop.payments.client import charge
```

`shop/orders.py`:

```python
from shop.payments.service import charge
```

## Source

The team's own architecture, written down in `modules` and `importers`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from archlint.config.model import ImportPattern, Pattern
from archlint.demand import Demand, named
from archlint.finding import Finding, Related, Severity
from archlint.project import Module, Project
from archlint.project.drawing.closest import closest, shared
from archlint.project.drawing.drawings import inhabitants
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.handed_on import handed_on
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, ImportGraph, is_counted
from archlint.project.patterns import first_match
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict

_NEAR = 2
"""How many packages an importer must share with one on the list for that to be worth naming."""


class UnlistedImporter(Rule, frozen=True):
    """Every import of a protected module by another module is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    modules: tuple[Pattern, ...]
    """The protected layers or modules: names of layers, paths or dotted names. They may import each other."""

    importers: tuple[Pattern, ...] = ()
    """The layers or modules that may import them."""

    within: tuple[Pattern, ...] = ()
    """The modules whose imports are looked at. Empty: those of the whole project."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    reexports: bool = False
    """Whether a name counts for where it is defined, though an importer on the list hands it on."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Further imports that are let pass: `shop.orders -> shop.payments.client`."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Who may import what is protected."""
        who = f"only in {named(self.importers)}" if self.importers else "nowhere else"
        yield Demand(f"Import {named(self.modules)} {who}", self.within, (*self.importers, *self.modules))

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at who imports the protected modules."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        protected = inhabitants(project, self.id, "modules", self.modules)
        listed = inhabitants(project, self.id, "importers", self.importers)
        inside = inhabitants(project, self.id, "within", self.within) if self.within else None
        imports = first_imports(
            project, lambda edge: self._counts(edge) and edge not in ignored, self.references
        )
        for importer, found in imports.items():
            if importer in protected or (inside is not None and importer not in inside):
                continue
            for imported, edge in found.items():
                if imported not in protected:
                    continue
                if importer in listed:
                    yield Outcome.KEPT
                    continue
                yield self._broken(project, edge, f"`{imported.name}` is protected: {self._may_not(edge)}")
            if self.reexports and importer not in listed:
                yield from self._taken(project, importer, protected, ignored)

    def _taken(
        self, project: Project, importer: Module, protected: Container[Module], ignored: Ignored
    ) -> Iterator[Verdict]:
        """What somebody who is not listed takes of others that have it from a protected module."""
        is_protected = protected.__contains__
        for taken in handed_on(
            project, importer, is_protected, lambda e: self._counts(e) and e not in ignored
        ):
            home = taken.home.name if taken.home else ""
            message = f"`{home}` is protected: {taken.edge.said}, and with it `{taken.name}`"
            yield self._broken(project, taken.edge, message, taken.way)

    def _broken(self, project: Project, edge: Edge, message: str, way: tuple[Related, ...] = ()) -> Finding:
        return self.finding(
            project.location(edge.importer, *edge.fact.span),
            message,
            f"{self._instead(project, edge)}, or add `{edge.importer.name}` to `importers`",
            related=way,
        )

    def _instead(self, project: Project, edge: Edge) -> str:
        """What to call: of those on the list that import it already, the closest."""
        importers = (each.importer for each in project.view(ImportGraph).importers_of(edge.imported))
        near = closest(edge.importer, (each for each in importers if first_match(each, self.importers)))
        if near is None or near is edge.importer or shared(edge.importer.name.split("."), near) < _NEAR:
            return f"only {self._who()} may: call what is there"
        return f"only {self._who()} may: call what `{near.name}` offers"

    def _counts(self, edge: Edge) -> bool:
        return is_counted(edge, type_checking=self.type_checking, dynamic=self.dynamic)

    def _may_not(self, edge: Edge) -> str:
        way = f"name it in {edge.by}" if edge.by else "import it"
        return f"`{edge.importer.name}` may not {way}"

    def _who(self) -> str:
        return ", ".join(f"`{pattern}`" for pattern in self.importers) or "the protected modules themselves"
