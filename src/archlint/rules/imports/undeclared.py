"""Imports between parts of the project that the importing part has not declared.

## Why is this bad?

A list of what each part may import is the shortest description of an architecture, and the first thing
that goes stale. An import that is not on the list ties two parts together without anybody having decided
it: one can no longer be changed, tested or taken out without the other.

A key of `may-import` names a part, a module or package with all that lies inside it, and its value the
parts it may import. A key with wildcards makes a part of everything that matches. A module belongs to the
innermost part around it; `<rest>` is the part of all modules in no other (below `src`, where that is told),
and left out, these may import and be imported freely. A value takes names of parts, with `*` and `**`, and
names of layers; with `!` in front it forbids what another value allows. With `visible-to` a part says itself
who may declare it.

## What to do

Do without the import: call what a declared part offers, or move what is needed there. If the two parts do
belong together, declare it, so that the choice is seen in review.

## Bad

```toml
[rules."imports/undeclared".may-import]
"shop.orders" = ["shop.prices"]
"shop.prices" = []
"shop.mail" = ["**", "!shop.orders"]
```

`shop/orders.py`:

```python
from shop.prices import total
import shop.mail  # error: [imports/undeclared] "`shop.orders` has not declared `shop.mail`"
```

`shop/prices.py`:

```python
def total(): ...
```

`shop/mail.py`:

```python
import shop.orders  # error: [imports/undeclared] "`shop.mail` may not import `shop.orders`"
from shop.prices import total
```

## Good

```toml
[rules."imports/undeclared"]
shared = ["shop.text"]

[rules."imports/undeclared".may-import]
"shop.orders" = ["shop.prices"]
"shop.prices" = []
"shop.text" = []
```

`shop/orders.py`:

```python
from shop.prices import total
from shop.text import shorten
```

`shop/prices.py`:

```python
def total(): ...
```

`shop/text.py`:

```python
def shorten(): ...
```

## When not to use it

Where the parts stand in an order, `layers` say the same in fewer lines. Lists that name every part there
is guard nothing and have to be kept: let the parts that everybody needs be `shared`.

## Source

The team's own architecture, written down in `modules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from archlint.config.model import ImportPattern
from archlint.demand import Demand, below, named
from archlint.errors import ConfigError
from archlint.finding import Finding, Location, Severity
from archlint.project import Module, Project
from archlint.project.drawing.declarations import Declarations
from archlint.project.imports.cycles import components, shortest_cycle
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.ignored import Ignored
from archlint.project.imports.import_graph import Edge, is_counted
from archlint.project.imports.parts import Parts
from archlint.project.references import ReferenceKind
from archlint.rule import Outcome, Rule, Verdict


class UndeclaredImport(Rule, frozen=True):
    """Every import of one part by another is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    may_import: Mapping[str, tuple[str, ...]]
    """What each part may import: `"shop.orders" = ["shop.prices"]`, `["**"]` for everything."""

    shared: tuple[str, ...] = ()
    """Parts that every part may import, if it does not forbid them."""

    free: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """What a part may import besides; that counts neither for `exact` nor for `acyclic`."""

    visible_to: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Who may declare a part, where not everybody may: `"shop.payments" = ["shop.orders"]`."""

    exact: bool = False
    """Whether what is declared must be imported."""

    acyclic: bool = False
    """Whether declarations may not form a cycle."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    dynamic: bool = True
    """Whether loading a module by its name counts: `import_module("shop.orders")`."""

    deferred: bool = True
    """Whether imports inside functions count."""

    references: tuple[ReferenceKind, ...] = ()
    """What counts as an import although it only names a module: `relations` between models, `models` that
    are looked up by name, `urls` that are included, `settings`."""

    ignore: tuple[ImportPattern, ...] = ()
    """Imports that are let pass: `shop.orders -> shop.mail`, with `*` and `**` on both sides."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What each part may import."""
        for part, names in self.may_import.items():
            allowed = tuple(dict.fromkeys((*names, *self.free.get(part, ()), *self.shared)))
            what = f"import only {named(allowed)}" if allowed else "import nothing"
            if "**" not in allowed:
                yield Demand(f"In `{part}`, {what} of the other parts", below((part,)))

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what each part imports with what it declares."""
        ignored = Ignored.read(project, self.id, self.ignore, self.references)
        parts = Parts(self.may_import, project.config.src)
        members = parts.members(project)
        declared = Declarations(project, parts, self.may_import, self.shared, self.free)
        self._refuse_unmatched(project, declared.unmatched(members))
        self._refuse_unseen(project, declared.unseen(members, self.visible_to))
        used: set[tuple[str, str]] = set()
        for module, found in first_imports(
            project, lambda e: self._counts(e) and e not in ignored, self.references
        ).items():
            own = parts.of(module)
            for imported, edge in found.items():
                other = parts.of(imported)
                if not own or not other or own == other:
                    continue
                used.add((own, other))
                if declared.allows(module, imported):
                    yield Outcome.KEPT
                else:
                    yield self._undeclared(project, edge, own, other, declared.forbids(module, imported))
        if self.exact:
            yield from self._unused(declared.named(members), used, members)
        if self.acyclic:
            yield from self._cycles(declared.named(members), members)

    def _counts(self, edge: Edge) -> bool:
        return is_counted(
            edge, type_checking=self.type_checking, dynamic=self.dynamic, deferred=self.deferred
        )

    def _undeclared(self, project: Project, edge: Edge, own: str, other: str, is_forbidden: bool) -> Finding:
        said = f"may not import `{other}`" if is_forbidden else f"has not declared `{other}`"
        way = "or move it out of" if is_forbidden else f"or add `{other}` to what it may import in"
        return self.finding(
            project.location(edge.importer, *edge.fact.span),
            f"`{own}` {said}: {edge.said}",
            f"do without `{edge.imported.name}`, {way} `{own}`",
        )

    def _unused(
        self,
        named: Mapping[str, frozenset[str]],
        used: set[tuple[str, str]],
        members: Mapping[str, tuple[Module, ...]],
    ) -> Iterator[Verdict]:
        for own, others in named.items():
            for other in sorted(others):
                if (own, other) in used:
                    yield Outcome.KEPT
                    continue
                yield self.finding(
                    _start(members[own]),
                    f"`{own}` declares `{other}` and never imports it",
                    f"take `{other}` out of what `{own}` may import",
                )

    def _cycles(
        self, named: Mapping[str, frozenset[str]], members: Mapping[str, tuple[Module, ...]]
    ) -> Iterator[Verdict]:
        graph = {part: sorted(others) for part, others in named.items()}
        for component in components(graph):
            if len(component) == 1:
                yield Outcome.KEPT
                continue
            cycle = shortest_cycle(graph, component)
            way = " -> ".join(f"`{part}`" for part in (*cycle, cycle[0]))
            yield self.finding(
                _start(members[cycle[0]]),
                f"the declared imports form a cycle: {way}",
                "take one of them back, and move what both sides need into a part of its own",
                identity=cycle,
            )

    def _refuse_unmatched(self, project: Project, unmatched: Iterator[tuple[str, str]]) -> None:
        message = "`{}` names no part of the project"
        hint = "write the dotted name of a module or package, as a value also that of a layer"
        self._refuse(project, [(key, message.format(name), hint) for key, name in unmatched])

    def _refuse_unseen(self, project: Project, unseen: Iterator[tuple[str, str, str]]) -> None:
        message = "`{}` may not declare `{}`, which is not visible to it"
        hint = "take it out, or add to `visible-to`"
        self._refuse(project, [(key, message.format(own, other), hint) for key, own, other in unseen])

    def _refuse(self, project: Project, mistakes: list[tuple[str, str, str]]) -> None:
        """Raises ConfigError for mistakes: the place among the options, the message, the hint."""
        whole = self.option_key(project.config, "may_import").removesuffix(".may-import")
        if mistakes:
            raise ConfigError(
                tuple(project.config.problem(f"{whole}.{key}", *words) for key, *words in mistakes)
            )


def _start(members: tuple[Module, ...]) -> Location:
    return Location(members[0].path, 1, 1, 1, 1)
