"""Tests that import or use what tests of their kind may not.

## Why is this bad?

A unit test that opens a database is slow, fails for reasons of its own and says little of the unit. A test of
the API that reaches past the routes into the models goes on passing when the API is broken, and breaks when
only the inside has changed. Which kind of test a folder holds shows in what they import.

## What to do

Move the test to the folder of its kind, or give the unit a stand-in for what it needs. `may-import` lists the
project's own modules that these tests are for, besides the tests themselves; what comes from outside the
project is free. `may-not-import` names modules and definitions, of the project or of others; a package stands
for all that is in it. A re-exported name counts for where it is defined. `may-not-use` names what they may
not call or read, methods too: a session that comes in as a fixture needs no import.

## Bad

```toml
[[rules."layout/test-layer"]]
tests = ["tests/unit/**"]
may-not-import = ["sqlalchemy", "shop.database.**"]
because = "unit tests need no database"

[[rules."layout/test-layer"]]
tests = ["tests/api/**"]
may-import = ["shop.api.**"]
```

`shop/database.py`:

```python
def session(): ...
```

`shop/api.py`:

```python
def create(): ...
```

`tests/unit/test_orders.py`:

```python
from sqlalchemy import select  # error: [layout/test-layer] "`tests.unit.test_orders` may not import"
from shop.database import session  # error: [layout/test-layer] "may not import `shop.database`"
```

`tests/api/test_orders.py`:

```python
import pytest
import shop.database  # error: [layout/test-layer] "`tests.api.test_orders` may not import `shop.database`"
```

## Good

```toml
[[rules."layout/test-layer"]]
tests = ["tests/unit/**"]
may-import = ["shop.orders"]
may-not-import = ["sqlalchemy"]
```

`shop/orders.py`:

```python
def place(): ...
```

`tests/unit/factories.py`:

```python
def order(): ...
```

`tests/unit/test_orders.py`:

```python
import pytest
from shop.orders import place
from tests.unit.factories import order
```

## Source

The team's own agreement, written down in the options.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import Pattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError, ConfigProblem
from archlint.facts import Import
from archlint.finding import Severity
from archlint.frameworks.followed_uses import uses_of
from archlint.project import Module, Project
from archlint.project.imports.imported import Imported, imported
from archlint.project.names.absent_names import absent_names, is_absent
from archlint.project.objects.use_chains import UsesByModule
from archlint.project.patterns import first_match, is_path, matches, matches_name
from archlint.rule import Outcome, Rule, Verdict


class TestLayer(Rule, frozen=True):
    """Every import of a test that an option speaks of is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    tests: tuple[Pattern, ...]
    """The tests, and what lies with them: paths or dotted modules."""

    may_import: tuple[Pattern, ...] = ()
    """The modules of the project that they may import; all where nothing is said."""

    may_not_import: tuple[Pattern, ...] = ()
    """What they may not import: modules of the project, or dotted names of it or of packages outside."""

    may_not_use: tuple[str, ...] = ()
    """Qualified names of what they may not use, with `*` and `**`: `sqlalchemy.orm.Session.**`."""

    type_checking: bool = True
    """Whether imports that only type checkers see count."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What tests may import."""
        if self.may_import:
            text = f"In {named(self.tests)}, import nothing of the project but {named(self.may_import)}"
            yield Demand(text, self.tests)
        if self.may_not_import:
            text = f"In {named(self.tests)}, do not import {named(self.may_not_import, 'or')}"
            yield Demand(text, self.tests)
        if self.may_not_use:
            yield Demand(f"In {named(self.tests)}, do not use {named(self.may_not_use, 'or')}", self.tests)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the imports of the tests. Raises ConfigError for patterns that match nothing."""
        self._refuse(project)
        uses = uses_of(project, self.may_not_use)
        for module in project.modules:
            if first_match(module, self.tests) is None:
                continue
            for fact in module.facts.imports:
                if self.type_checking or not fact.typing:
                    yield from self._judged(project, module, fact)
            if self.may_not_use:
                yield from self._judged_by_use(project, module, uses)

    def _judged(self, project: Project, module: Module, fact: Import) -> Iterator[Verdict]:
        found = imported(project, module, fact)
        if not found.is_known:
            yield Outcome.UNKNOWN
            return
        forbidden = next((name for p in self.may_not_import for name in found.matching(p)), None)
        if forbidden is not None:
            hint = "move the test to where it may import this, or pass in a stand-in"
            yield self._broken(project, module, fact, forbidden, hint)
        elif not self.may_import or not found.modules or self._is_for(found):
            yield Outcome.KEPT
        else:
            allowed = ", ".join(f"`{pattern}`" for pattern in self.may_import)
            hint = f"test through {allowed}, or move the test to where it may import this"
            yield self._broken(project, module, fact, found.modules[0].name, hint)

    def _judged_by_use(self, project: Project, module: Module, uses: UsesByModule) -> Iterator[Verdict]:
        seen: set[int] = set()
        for use in uses.of(module):
            if not use.name or use.how == "annotation" or use.span[0] in seen:
                continue
            if any(matches_name(use.name, symbol) for symbol in self.may_not_use):
                seen.add(use.span[0])
                place = project.location(module, *use.span)
                hint = "move the test to where it may use this, or pass in a stand-in"
                yield self.finding(place, f"`{module.name}` may not use `{use.name}`", hint)
        if not seen:
            yield Outcome.KEPT

    def _is_for(self, found: Imported) -> bool:
        allowed = (*self.may_import, *self.tests)
        return any(first_match(module, allowed) is not None for module in found.modules)

    def _broken(self, project: Project, module: Module, fact: Import, name: str, hint: str) -> Verdict:
        place = project.location(module, *fact.span)
        return self.finding(place, f"`{module.name}` may not import `{name}`", hint)

    def _refuse(self, project: Project) -> None:
        problems = [
            *self._without_modules(project, "tests", self.tests),
            *self._without_modules(project, "may_import", self.may_import),
            *self._not_there(project),
            *absent_names(project, self.option_key(project.config, "may_not_use"), self.may_not_use),
        ]
        if not (self.may_import or self.may_not_import or self.may_not_use):
            key = self.option_key(project.config, "tests")
            message = "nothing is said of what the tests may import or use"
            hint = "set `may-import`, `may-not-import` or `may-not-use`"
            problems.append(project.config.problem(key, message, hint))
        if problems:
            raise ConfigError(tuple(problems))

    def _without_modules(
        self, project: Project, option: str, patterns: tuple[str, ...]
    ) -> Iterator[ConfigProblem]:
        key = self.option_key(project.config, option)
        for at, pattern in enumerate(patterns):
            if not any(matches(module, pattern) for module in project.modules):
                yield project.config.problem(f"{key}.{at}", f"`{pattern}` matches no module")

    def _not_there(self, project: Project) -> Iterator[ConfigProblem]:
        """Paths without modules, and names that the project itself should have and does not."""
        key = self.option_key(project.config, "may_not_import")
        for at, pattern in enumerate(self.may_not_import):
            matched = any(matches(module, pattern) for module in project.modules)
            if not matched and not _may_be_there(project, pattern):
                yield project.config.problem(f"{key}.{at}", f"`{pattern}` matches nothing")


def _may_be_there(project: Project, pattern: str) -> bool:
    """Whether a pattern that matches no module can match a name: one from outside, or a definition."""
    return not is_path(pattern) and not is_absent(project, pattern)
