"""Types that cross a border of the architecture.

## Why is this bad?

A service that takes a `Request` or raises an `HTTPException` is part of the web, whatever folder it lies in:
nobody can call it from a job or a test without a request. A service that hands out rows, queries or ORM
entities gives the routes a hold on the database, and a lazy load in a template.

In `into` the types may not appear at all: not as parameters, attributes or bases, made or raised, and not
as what a function of another module returns. Out of `out-of` no public function may return them. Subclasses
count, and so does a type inside another one, as in `list[Order]` or in a dataclass that carries it. The
name is the one that is imported: list both `fastapi.Request` and `starlette.requests.Request`.

No annotation is needed. Rows, entities and queries are followed to where they are returned, through other
functions, lists and attributes; what a caller passes in was on its side of the border already. A parameter
is a `Request` where somebody hands one in: handlers of routes get theirs from the framework. With
`through-helpers = true` calling a function of no layer that raises such an error counts as raising it.

## What to do

Hand in the values that are needed instead of the object they come with; return a plain class of the layer
that returns it; raise an error of the layer's own, and turn it into a response where responses are made.

## Bad

```toml
[layers]
routes = ["app/routes.py"]
services = ["app/services.py"]
models = ["app/models.py"]

[[rules."layers/leaked-type"]]
types = ["fastapi.Request", "fastapi.HTTPException"]
into = ["services"]

[[rules."layers/leaked-type"]]
types = ["sqlalchemy.orm.DeclarativeBase"]
out-of = ["services"]
```

`app/models.py`:

```python
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase): ...


class Order(Base): ...
```

`app/services.py`:

```python
from fastapi import HTTPException, Request

from app.models import Order


def find(request: Request):  # error: [layers/leaked-type] "`app.services.find` takes it"
    if not request.query_params:
        raise HTTPException(404)  # error: [layers/leaked-type] "`app.services.find` raises it"


def latest() -> list[Order]:  # error: [layers/leaked-type] "`app.services.latest` returns it"
    return [Order()]
```

`app/routes.py`:

```python
from app.services import find
```

## Good

```toml
[layers]
routes = ["app/routes.py"]
services = ["app/services.py"]
models = ["app/models.py"]

[[rules."layers/leaked-type"]]
types = ["fastapi.Request", "fastapi.HTTPException"]
into = ["services"]

[[rules."layers/leaked-type"]]
types = ["sqlalchemy.orm.DeclarativeBase"]
out-of = ["services"]
```

`app/models.py`:

```python
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase): ...


class Order(Base):
    total: int
```

`app/services.py`:

```python
from dataclasses import dataclass

from app.models import Order


@dataclass
class OrderView:
    total: int


class UnknownOrder(Exception): ...


def find(number: int) -> OrderView:
    if number < 0:
        raise UnknownOrder(number)
    return OrderView(_load(number).total)


def _load(number) -> Order:
    return Order()
```

`app/routes.py`:

```python
from fastapi import HTTPException, Request

from app.services import UnknownOrder, find


def show(request: Request):
    try:
        return find(int(request.query_params["number"]))
    except UnknownOrder:
        raise HTTPException(404)
```

## Source

Where the border runs is the team's own choice. That frameworks stay out of the rules of the business, and
that only plain data crosses a border, is the dependency rule: Robert C. Martin, "The Clean Architecture",
2012.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial

from archlint.config.model import Layer, Pattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError
from archlint.finding import Related, Severity
from archlint.frameworks.handed_values import HandedValues, may_be_handed
from archlint.frameworks.passed_types import PassedTypes
from archlint.project import Module, Project, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.drawing.drawings import inhabitants
from archlint.project.drawing.layers import Layers
from archlint.project.functions import ProjectFunction
from archlint.project.names.absent_names import refuse_absent_names
from archlint.project.objects.appearances import Appearance, Appearances
from archlint.project.objects.invocations import Invocations
from archlint.project.objects.use_chains import End, shortest_chain
from archlint.project.patterns import matches_name
from archlint.rule import Outcome, Rule, Verdict

_HINTS = {
    "inherits": "inherit from a class of `{}`'s own, and make this of it where it may be known",
    "takes": "pass in the values that are needed of it, or a type of `{}`'s own",
    "holds": "hold the values that are needed of it, or a type of `{}`'s own",
    "makes": "leave making it to where it may be, and hand on plain values",
    "gets": "let `{}` return plain values, or a class of its own layer",
    "returns": "return plain values, or a class of `{}`'s own",
    "raises": "raise an error of `{}`'s own, and turn it into this one where it may be known",
}


class LeakedType(Rule, frozen=True):
    """Every class and function in `into`, and every public function in `out-of`, is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    types: tuple[str, ...]
    """Qualified names, with `*` and `**`: `fastapi.Request`, `sqlalchemy.orm.DeclarativeBase`."""

    into: tuple[Pattern, ...] = ()
    """Layers by name, or modules, in which the types may not appear."""

    out_of: tuple[Pattern, ...] = ()
    """Layers by name, or modules, whose public functions may not return the types."""

    through_helpers: bool = False
    """Whether calling a function that raises one of the types counts as raising it, if it lies in no layer or
    in one further down that may know them."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Where the types may not go."""
        if self.into:
            yield Demand(f"Keep {named(self.types)} out of {named(self.into)}", self.into)
        if self.out_of:
            text = f"Return no {named(self.types, 'or')} from public functions of {named(self.out_of)}"
            yield Demand(text, self.out_of)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the types that functions and classes deal in. Raises ConfigError for what is not there."""
        if not (self.into or self.out_of):
            key = self.option_key(project.config, "types")
            hint = "say into what or out of what they may not come: set `into` or `out-of`"
            raise ConfigError((project.config.problem(key, "no border is drawn for these types", hint),))
        refuse_absent_names(project, self.option_key(project.config, "types"), self.types)
        appearances = project.view(Appearances)
        inside = inhabitants(project, self.id, "into", self.into)
        for module, entry in inside.items():
            for owner in _classes(module):
                held = (each for each in appearances.held(owner) if not self._is_told_above(each, inside))
                yield from self._judged(project, module, entry, held)
            for function in _functions(module):
                found = (*appearances.dealt_in(function), *self._handed_out(project, function))
                found = (*found, *self._handed_in(project, function))
                yield from self._judged(project, module, entry, found)
        if self.through_helpers:
            yield from self._raised_by_helpers(project, inside)
        for module, entry in inhabitants(project, self.id, "out_of", self.out_of).items():
            for function in _functions(module):
                if _is_public(function):
                    found = self._handed_out(project, function)
                    yield from self._judged(project, module, entry, found, is_leaving=True)

    def _is_told_above(self, appearance: Appearance, inside: Container[Module]) -> bool:
        """Whether a class is what it is by a base that is judged itself."""
        base = appearance.type
        if appearance.how != "inherits" or not isinstance(base, ProjectClass):
            return False
        return base.module in inside and not self._is_named(base.name)

    def _handed_out(self, project: Project, function: ProjectFunction) -> tuple[Appearance, ...]:
        """What a function returns: as declared, or else as its values tell, followed as far as they lead."""
        found = tuple(project.view(Appearances).handed_out(function))
        if any(self._is_meant(project, each) for each in found) or not may_be_handed(project, self.types):
            return found
        return (*found, *project.view(HandedValues).out_of(function))

    def _handed_in(self, project: Project, function: ProjectFunction) -> Iterator[Appearance]:
        """What comes into a function although it does not say so."""
        for parameter in function.fact.parameters:
            for passed in project.view(PassedTypes).of(function, parameter):
                at = (function.fact.line, function.fact.column, 0, 0)
                first, *others = passed.types
                yield Appearance(first, "takes", function.name, at, passed.caller, tuple(others), passed.span)
        if may_be_handed(project, self.types):
            yield from project.view(HandedValues).got_by(function)

    def _raised_by_helpers(self, project: Project, inside: dict[Module, str]) -> Iterator[Verdict]:
        layers, invocations = project.view(Layers), project.view(Invocations)
        outside = [module for module in project.modules if module not in inside]
        below: dict[Layer | None, frozenset[Module]] = {}
        for module, entry in inside.items():
            layer = layers.of(module)
            if layer not in below:
                below[layer] = frozenset(each for each in outside if _serves(layers, each, layer))
            through = below[layer]
            for each in (each for function in _functions(module) for each in invocations.of(function)):
                helper = each.function
                if helper.module not in through:
                    continue
                chain = shortest_chain(project, helper, through, partial(self._raise_in, project))
                if chain is None:
                    yield Outcome.KEPT
                    continue
                name = chain.end.name
                yield self.finding(
                    project.location(module, *each.span),
                    f"`{name}` may not enter `{entry}`: `{helper.name}` raises it here",
                    f"let `{helper.name}` raise an error of its own, or call it where `{name}` may be known",
                    related=(*chain.calls, Related(chain.place, f"`{name}` is raised here")),
                )

    def _raise_in(self, project: Project, function: ProjectFunction) -> End | None:
        for appearance in project.view(Appearances).dealt_in(function):
            if appearance.how == "raises" and self._is_meant(project, appearance):
                return End(appearance.type.name, appearance.span)
        return None

    def _judged(
        self,
        project: Project,
        module: Module,
        entry: str,
        found: Iterator[Appearance] | tuple[Appearance, ...],
        *,
        is_leaving: bool = False,
    ) -> Iterator[Verdict]:
        told: set[tuple[int, str]] = set()
        is_unknown = False
        for appearance in found:
            is_leak = self._is_meant(project, appearance)
            is_unknown = is_unknown or is_leak is None
            place = (appearance.span[0], appearance.type.name)
            if is_leak and place not in told:
                told.add(place)
                yield self._leak(project, module, entry, appearance, is_leaving)
        if not told:
            yield Outcome.UNKNOWN if is_unknown else Outcome.KEPT

    def _is_meant(self, project: Project, appearance: Appearance) -> bool | None:
        """Whether a type is one of `types`, or inherits from one; None where a base is unknown."""
        if any(self._is_named(each.name) for each in (appearance.type, *appearance.others)):
            return True
        if not isinstance(appearance.type, ProjectClass):
            return False
        order = project.view(ClassHierarchy).order(appearance.type)
        if any(not isinstance(each, Unresolved) and self._is_named(each.name) for each in order):
            return True
        return None if any(isinstance(each, Unresolved) for each in order) else False

    def _is_named(self, name: str) -> bool:
        return any(matches_name(name, pattern) for pattern in self.types)

    def _leak(
        self, project: Project, module: Module, entry: str, appearance: Appearance, is_leaving: bool
    ) -> Verdict:
        name = appearance.type.name
        border = f"leave `{entry}`" if is_leaving else f"enter `{entry}`"
        source = ""
        related: tuple[Related, ...] = ()
        giver = appearance.source
        if giver is not None:
            place = project.location(giver.module, giver.fact.line, giver.fact.column)
            told = f"`{giver.name}` is defined here"
            if appearance.passed_at is not None:
                place, told = project.location(giver.module, *appearance.passed_at), "it is passed here"
            source = f" from `{giver.name}`"
            related = (Related(place, told),)
        owner = giver.name if giver is not None and appearance.how == "gets" else entry
        return self.finding(
            project.location(module, *appearance.span),
            f"`{name}` may not {border}: `{appearance.owner}` {appearance.how} it{source}",
            _HINTS[appearance.how].format(owner),
            related=related,
        )


def _classes(module: Module) -> Iterator[ProjectClass]:
    yield from (ProjectClass(module, index) for index in range(len(module.classes)))


def _functions(module: Module) -> Iterator[ProjectFunction]:
    yield from (ProjectFunction(module, index) for index in range(len(module.functions)))


def _is_public(function: ProjectFunction) -> bool:
    fact = function.fact
    return "()" not in fact.qualname and not any(part.startswith("_") for part in fact.qualname.split("."))


def _serves(layers: Layers, helper: Module, caller: Layer | None) -> bool:
    """Whether what lies in a module is there for a layer to call: in no layer, or in one below."""
    lower = layers.of(helper)
    return lower is None or (caller is not None and layers.rank(caller) < layers.rank(lower))
