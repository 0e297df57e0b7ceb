"""Definitions that stand where their kind does not belong.

## Why is this bad?

Where all models are in `models/`, a migration, a review or a new colleague looks there and nowhere else. A
model in `views.py` is overlooked, draws the database into the web layer, and is the next one's excuse.

What a thing is decides where it belongs, not what it is called: what a class inherits from, however many
classes and files lie between, what a function is decorated with, what it uses, whether it is a test, what a
value of a module is made by.

## What to do

Move the definition into one of the places in `allowed-in`: paths, dotted modules, or layers by their names.
A method of an object is known by the object's class: `@router.get(…)` with `router = APIRouter()` is
`fastapi.APIRouter.get`.

## Bad

```toml
[rules."layout/misplaced-definition"]
subclasses-of = ["sqlalchemy.orm.DeclarativeBase"]
decorated-with = ["fastapi.APIRouter.*"]
allowed-in = ["app/models/**", "app.api.**"]
```

`app/models/base.py`:

```python
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase): ...
```

`app/api/orders.py`:

```python
from fastapi import APIRouter

router = APIRouter()
```

`app/services/orders.py`:

```python
from app.api.orders import router
from app.models.base import Base


class OrderRow(Base):  # error: [layout/misplaced-definition] "`OrderRow` inherits from `sqlalchemy.orm"
    ...


@router.post("/orders")
def place() -> None: ...  # error: [layout/misplaced-definition] "`place` is decorated with `fastapi.APIR"
```

## Bad: what it uses, and what makes it

```toml
[[rules."layout/misplaced-definition"]]
using = ["sqlalchemy.select"]
allowed-in = ["app.queries"]

[[rules."layout/misplaced-definition"]]
made-by = ["sqlalchemy.create_engine"]
allowed-in = ["app.database"]
```

`app/database.py`:

```python
from sqlalchemy import create_engine

engine = create_engine("sqlite://")
```

`app/queries.py`:

```python
from sqlalchemy import select

ONE = select(1)
```

`app/views.py`:

```python
from sqlalchemy import create_engine, select

replica = create_engine("sqlite://")  # error: [layout/misplaced-definition] "`replica` is made by"


def orders(session):  # error: [layout/misplaced-definition] "`orders` uses `sqlalchemy.select`"
    return session.scalars(select(1))
```

## Good

```toml
[rules."layout/misplaced-definition"]
subclasses-of = ["sqlalchemy.orm.DeclarativeBase"]
allowed-in = ["app/models/**"]
```

`app/models/base.py`:

```python
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase): ...
```

`app/models/orders.py`:

```python
from app.models.base import Base


class OrderRow(Base): ...
```

`app/services/models.py`:

```python
class OrderModel: ...
```

## Source

The team's own agreement, written down in `allowed-in`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from archlint.config.model import Pattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError, ConfigProblem
from archlint.finding import Severity
from archlint.frameworks.followed_uses import uses_of
from archlint.project import Module, Project
from archlint.project.drawing.layers import Layers
from archlint.project.names.absent_names import absent_names
from archlint.project.names.name_places import name_place
from archlint.project.objects.kinds import TESTERS, Kinds, classes, decorated, tests, users, values
from archlint.project.objects.use_chains import UsesByModule
from archlint.project.patterns import first_match, matches, matches_name
from archlint.rule import Outcome, Rule, Verdict

Patterns: TypeAlias = tuple[str, ...]


class MisplacedDefinition(Rule, frozen=True):
    """Every class, decorated function or value of a module that is of the kind is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    allowed_in: tuple[Pattern, ...]
    """Where the definitions belong: paths, dotted modules, or names of layers."""

    subclasses_of: tuple[str, ...] = ()
    """Classes by their dotted names, with `*` and `**`: what inherits from one of them is meant."""

    decorated_with: tuple[str, ...] = ()
    """Decorators by their dotted names: functions and classes that carry one of them are meant."""

    made_by: tuple[str, ...] = ()
    """Classes and functions: a name at the top level of a module for what one of them makes is meant."""

    using: tuple[str, ...] = ()
    """Names such as `sqlalchemy.orm.Session.execute`, with `*` and `**`: functions that use one are meant."""

    tests: bool = False
    """Whether tests are meant: methods of a `unittest.TestCase`, and functions that pytest runs."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Where what is defined."""
        kinds = (
            ("subclasses of {}", self.subclasses_of),
            ("what is decorated with {}", self.decorated_with),
            ("what {} makes", self.made_by),
            ("functions that use {}", self.using),
        )
        found = [words.format(named(names, "or")) for words, names in kinds if names]
        what = ", and ".join([*found, *(("tests",) if self.tests else ())])
        yield Demand(f"Define {what} only in {named(self.allowed_in)}", free=self.allowed_in)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look where the definitions are. Raises ConfigError for places and names that are not there."""
        self._refuse(project)
        uses = uses_of(project, self.using)
        for module in project.modules:
            is_right = self._is_allowed(project, module)
            for kinds, relation, patterns in self._asked(project, module, uses):
                known = next((name for name in kinds.names if _is_one_of(name, patterns)), None)
                if known is not None and is_right:
                    yield Outcome.KEPT
                elif known is not None:
                    yield self._misplaced(project, module, kinds, f"{relation} `{known}`")
                elif not kinds.is_whole and not is_right:
                    yield Outcome.UNKNOWN

    def _asked(
        self, project: Project, module: Module, uses: UsesByModule
    ) -> Iterator[tuple[Kinds, str, Patterns]]:
        """The definitions of a module, each with the relation and the names that are asked about."""
        asked = (
            (self.subclasses_of, "inherits from", classes),
            (self.decorated_with, "is decorated with", decorated),
            (self.made_by, "is made by", values),
        )
        for patterns, relation, definitions in asked:
            for kinds in definitions(project, module) if patterns else ():
                yield kinds, relation, patterns
        if self.using:
            for kinds in users(module, uses):
                yield kinds, "uses", self.using
        if self.tests:
            for kinds in tests(project, module):
                yield kinds, "is a test of", TESTERS

    def _misplaced(self, project: Project, module: Module, kinds: Kinds, reason: str) -> Verdict:
        places = " or ".join(f"`{place}`" for place in self.allowed_in)
        return self.finding(
            name_place(project, module, kinds.of, kinds.line, kinds.column),
            f"`{kinds.of}` {reason} and does not belong in `{module.name}`",
            f"move it into {places}",
        )

    def _is_allowed(self, project: Project, module: Module) -> bool:
        if first_match(module, self.allowed_in) is not None:
            return True
        layer = project.view(Layers).of(module) if project.config.layers else None
        return layer is not None and layer.name in self.allowed_in

    def _refuse(self, project: Project) -> None:
        problems = [*self._places_without_modules(project), *self._names_not_there(project)]
        if not (self.subclasses_of or self.decorated_with or self.made_by or self.using or self.tests):
            key = self.option_key(project.config, "allowed_in")
            hint = "set `subclasses-of`, `decorated-with`, `made-by`, `using` or `tests`"
            problems.append(project.config.problem(key, "no definitions are asked about", hint))
        if problems:
            raise ConfigError(tuple(problems))

    def _places_without_modules(self, project: Project) -> Iterator[ConfigProblem]:
        layers = {layer.name for layer in project.config.layers}
        key = self.option_key(project.config, "allowed_in")
        for at, place in enumerate(self.allowed_in):
            if place not in layers and not any(matches(module, place) for module in project.modules):
                message = f"`{place}` is not a layer and matches no module"
                yield project.config.problem(f"{key}.{at}", message, "nothing could be allowed there")

    def _names_not_there(self, project: Project) -> Iterator[ConfigProblem]:
        for option in ("subclasses_of", "decorated_with", "made_by", "using"):
            yield from absent_names(project, self.option_key(project.config, option), getattr(self, option))


def _is_one_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(matches_name(name, pattern) for pattern in patterns)
