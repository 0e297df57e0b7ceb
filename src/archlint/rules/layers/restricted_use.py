"""Symbols that are used outside the layers they are kept for.

## Why is this bad?

"Queries live in repositories" is a rule about what code does, not about what it imports. A session that
comes in as an argument, is kept in `self.session` or is what a helper returns needs no import to be used,
so no contract over imports sees it.

A use is a call, an attribute read, a base class, a decorator or an annotation. Methods count for the class
of the object they are called on, as far as the source tells it: parameters with annotations, attributes
set in methods, constructors, functions with declared results. Importing is not using, and the module that
defines a symbol may use it.

## What to do

Call what the allowed layer offers, or add there what is missing. With `through-helpers = true` a function
that lies in no layer is no way round either: who calls it from a layer is reported, with the chain, and
so is who lets it run as a property, a decorator or a constructor, or hands it to `Depends` or a
background task. What a provider does with the very session that it yields does not count. What lies in
`helpers` may make such uses, but only for callers that may: a model offers `Ticket.search()`, which
builds a query, and only repositories call it.

## Bad

```toml
[layers]
routes = ["app/routes.py"]
repositories = ["app/orders.py"]

[[rules."layers/restricted-use"]]
symbols = ["sqlalchemy.select", "sqlalchemy.orm.Session.*"]
allowed-in = ["repositories"]
because = "queries live in repositories"
```

`app/orders.py`:

```python
from sqlalchemy import select
from sqlalchemy.orm import Session


def open_orders(session: Session):
    return session.scalars(select(1))
```

`app/routes.py`:

```python
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

SessionDep = Annotated[Session, Depends(Session)]


def count(session: SessionDep) -> int:
    return session.execute("…").scalar()  # error: [layers/restricted-use] "`sqlalchemy.orm.Session.execute`"


class Report:
    def __init__(self, session: Session) -> None:
        self.session = session

    def run(self) -> None:
        self.session.flush()  # error: [layers/restricted-use] "`sqlalchemy.orm.Session.flush`"
```

## Bad: through a helper that lies in no layer

```toml
[layers]
routes = ["app/routes.py"]
repositories = ["app/orders.py"]

[[rules."layers/restricted-use"]]
symbols = ["sqlalchemy.text"]
allowed-in = ["repositories"]
within = ["routes"]
through-helpers = true
```

`app/orders.py`:

```python
from sqlalchemy import text

ALL = text("select * from orders")
```

`app/tools.py`:

```python
from sqlalchemy import text


def newest(table):
    return text(f"select * from {table} order by id desc")
```

`app/routes.py`:

```python
from app.tools import newest


def show():
    return newest("orders")  # error: [layers/restricted-use] "`app.tools.newest` uses `sqlalchemy.text`"
```

## Good

```toml
[layers]
routes = ["app/routes.py"]
repositories = ["app/orders.py"]

[[rules."layers/restricted-use"]]
symbols = ["sqlalchemy.select", "sqlalchemy.orm.Session.*"]
allowed-in = ["repositories"]
```

`app/orders.py`:

```python
from sqlalchemy import select
from sqlalchemy.orm import Session


def open_orders(session: Session):
    return session.scalars(select(1))
```

`app/routes.py`:

```python
from sqlalchemy.orm import Session

from app.orders import open_orders


def count(session: Session) -> int:
    return len(open_orders(session).all())
```

## Source

The team's own architecture, written down in the options.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from archlint.config.model import Pattern
from archlint.demand import Demand, named
from archlint.finding import Course, Location, Related, Severity
from archlint.frameworks.followed_uses import uses_of
from archlint.project import Definition, Module, Project
from archlint.project.drawing.drawings import inhabitants
from archlint.project.drawing.layers import Layers
from archlint.project.drawing.nearest_users import NearestUsers
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.names.absent_names import refuse_absent_names
from archlint.project.objects.called import called_function
from archlint.project.objects.invocations import Invocations
from archlint.project.objects.receivers import Receivers
from archlint.project.objects.use_chains import Chain, FirstUses, UsesByModule, shortest_chain
from archlint.project.objects.uses import Use, Uses
from archlint.project.patterns import matches_name
from archlint.project.spans import Span
from archlint.rule import Outcome, Rule, Verdict


class RestrictedUse(Rule, frozen=True):
    """Every use outside the allowed layers whose name can be told is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    symbols: tuple[str, ...]
    """Qualified names, with `*` and `**`: `sqlalchemy.select`, `sqlalchemy.orm.Session.*`."""

    allowed_in: tuple[Pattern, ...]
    """Layers by name, or modules by path or dotted name with `*` and `**`."""

    within: tuple[Pattern, ...] = ()
    """Layers or modules where the symbols are looked for. Empty: everywhere."""

    through_helpers: bool = False
    """Whether calling a function that lies in no layer and makes such a use counts as one."""

    helpers: tuple[Pattern, ...] = ()
    """Layers or modules that may make such a use for their callers, for whom it counts."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Where the symbols may be used."""
        what, who = named(self.symbols), named(self.allowed_in)
        text = f"Use {what} only in {who}" if who else f"Do not use {what}"
        if self.within:
            text = f"In {named(self.within)}, do not use {what}" + (f": that is for {who}" if who else "")
        yield Demand(text, self.within, self.allowed_in)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every use of the symbols. Raises ConfigError for what is not there."""
        refuse_absent_names(project, self.option_key(project.config, "symbols"), self.symbols)
        entries = inhabitants(project, self.id, "allowed_in", self.allowed_in)
        allowed = frozenset(entries)
        helpers = frozenset(inhabitants(project, self.id, "helpers", self.helpers)) - allowed
        within = frozenset(project.modules)
        if self.within:
            within = frozenset(inhabitants(project, self.id, "within", self.within))
        if not allowed:
            return  # layers that need not be there, and are not
        uses = uses_of(project, self.symbols)
        is_restricted = self._matcher()
        nearest = NearestUsers(project, entries, self.allowed_in, uses, is_restricted)
        lasts = {symbol.rpartition(".")[2] for symbol in self.symbols}
        receivers = project.view(Receivers)
        methods = receivers.methods(is_restricted)
        for module in project.modules:
            if module.is_stub or module not in within:
                continue
            is_allowed = module in allowed or module in helpers
            found = uses.of(module)
            if not is_allowed:
                found = receivers.told(found, methods)
                yield from (Outcome.UNKNOWN for use in found if not use.name and use.last in lasts)
            found = tuple(use for use in found if use.alias_in not in allowed)  # what that offers
            for use in _longest(use for use in found if is_restricted(use.name)):
                is_kept = is_allowed or _is_own(use)
                yield Outcome.KEPT if is_kept else self._used(project, use, nearest)
        if self.through_helpers or helpers:
            yield from self._helped_by(project, within, allowed, helpers, is_restricted, uses)

    def _used(self, project: Project, use: Use, nearest: NearestUsers) -> Verdict:
        near = nearest.of(use.module)
        where = f"`{near.name}`" if near else self._where()
        offer = "offers" if near or len(self.allowed_in) == 1 else "offer"
        return self.finding(
            project.location(use.module, *use.span),
            f"`{use.name}` may be used only in {self._where()}",
            f"call what {where} {offer} for this, or add it there",
        )

    def _helped_by(
        self,
        project: Project,
        within: frozenset[Module],
        allowed: frozenset[Module],
        helpers: frozenset[Module],
        is_restricted: Callable[[str], bool],
        uses: UsesByModule,
    ) -> Iterator[Verdict]:
        layers = project.view(Layers)
        unlayered = {module for module in project.modules if module not in layers} - allowed - helpers
        through = helpers | unlayered if self.through_helpers else helpers
        first = FirstUses(project, uses, is_restricted)
        callers = {module for module in within if not module.is_stub} - allowed - helpers - unlayered
        for span, module, helper in _asked(project, callers):
            if helper.module not in through:
                continue
            chain = shortest_chain(project, helper, through, first.of)
            if chain is None:
                yield Outcome.KEPT
            else:
                yield self._helped(project, project.location(module, *span), helper, chain)

    def _helped(self, project: Project, place: Location, helper: ProjectFunction, chain: Chain) -> Verdict:
        name = chain.end.name
        return self.finding(
            place,
            f"`{helper.name}` uses `{name}`, which may be used only in {self._where()}",
            f"move `{helper.name}` to {self._where()}, or call what is there",
            related=(*chain.calls, Related(chain.place, f"`{name}` is used here")),
            course=Course.FROM_HERE,
        )

    def _where(self) -> str:
        *others, last = (f"`{name}`" for name in self.allowed_in)
        return f"{', '.join(others)} and {last}" if others else last

    def _matcher(self) -> Callable[[str], bool]:
        known: dict[str, bool] = {"": False}

        def is_restricted(name: str) -> bool:
            if name not in known:
                known[name] = any(matches_name(name, symbol) for symbol in self.symbols)
            return known[name]

        return is_restricted


def _asked(project: Project, callers: Collection[Module]) -> Iterator[tuple[Span, Module, ProjectFunction]]:
    """What some modules let run: by its name, by another one, or through a dict that holds it."""
    invocations = project.view(Invocations)
    for function in project.view(Functions).all():
        if function.module in callers:
            yield from ((each.span, function.module, each.function) for each in invocations.of(function))
    for module in project.modules:
        if module not in callers:
            continue
        yield from ((each.span, module, each.function) for each in invocations.at_top(module))
        for use in project.view(Uses).of_tables(module):
            held = called_function(use.answer) if use.answer is not None else None
            if held is not None:
                yield use.span, module, held


def _longest(uses: Iterable[Use]) -> Iterator[Use]:
    """Each place once; of `Order.objects` and `Order.objects.filter` in one chain, the longer one."""
    by_place = {use.span: use for use in uses}
    longer = {(line, use.name.rpartition(".")[0]) for (line, *_), use in by_place.items()}
    yield from (use for (line, *_), use in by_place.items() if (line, use.name) not in longer)


def _is_own(use: Use) -> bool:
    return isinstance(use.answer, Definition) and use.answer.module is use.module
