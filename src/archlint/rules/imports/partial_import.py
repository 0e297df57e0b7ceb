"""Names that are taken from a module that is still running and has not bound them yet.

## Why is this bad?

Modules that import each other are run one inside the other. Where the inner one takes a name from the
outer one before the outer one has come to it, the application does not start:
`ImportError: cannot import name … (most likely due to a circular import)`.

Imports are played through in the order Python runs them, with the packages around each module. A cycle is
reported only if it fails whichever of its modules may come first in practice: from the modules that nobody
imports, from scripts, from imports inside functions, from what settings and frameworks name. Imports whose
failure is expected, and names that may be bound behind the reader's back, are left alone.

## What to do

Move the name into a module that imports nothing of the cycle, and import it from there. Where only its
place in the file is wrong, import below the line that binds it; where a function needs it, inside the
function.

## Bad

`shop/__init__.py`:

```python
from shop.views import routes

db = object()
```

`shop/views.py`:

```python
from shop import db  # error: [imports/partial-import] "`shop` has no `db` yet"

routes = [db]
```

`wsgi.py`:

```python
from shop import routes
```

## Good

`shop/__init__.py`:

```python
from shop.database import db
from shop.views import routes
```

`shop/database.py`:

```python
db = object()
```

`shop/views.py`:

```python
from shop import db

routes = [db]
```

`wsgi.py`:

```python
from shop import routes
```

## Source

https://docs.python.org/3/faq/programming.html#what-are-the-best-practices-for-using-import-in-a-module and
https://docs.python.org/3/reference/import.html#loading
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.project import Module, Project
from archlint.project.imports.entries import Entries
from archlint.project.imports.execution import Execution
from archlint.project.imports.partial_imports import MissedName, PartialImports
from archlint.remedies import moved
from archlint.rule import Outcome, Rule, Verdict


class PartialImport(Rule, frozen=True):
    """Every cycle of modules is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Play every cycle through from all the modules that may come first."""
        for component in project.view(Execution).components:
            if len(component) == 1:
                continue
            failure = _failure(project, frozenset(component))
            yield self._finding(project, failure) if failure else Outcome.KEPT

    def _finding(self, project: Project, failure: MissedName) -> Finding:
        source, name = failure.source, failure.name
        (_, first), *_ = failure.way
        line = failure.bound[0]
        related = [
            Related(project.location(module, *fact.span), f"`{module.name}` imports `{fact.target}` here")
            for module, fact in failure.way
        ]
        bound = Related(project.location(source, *failure.bound), f"only here `{source.name}` gets `{name}`")
        verb = "imports" if failure.read is None else "reads"
        return self.finding(
            project.location(failure.importer, *(failure.read or failure.fact.span)),
            f"`{source.name}` has no `{name}` yet when `{failure.importer.name}` {verb} it: "
            f"it has run no further than line {first.line}",
            f"move `{name}` into a module that imports nothing of this cycle, "
            f"or move line {first.line} of `{source.path}` below line {line}",
            related=(*related, bound),
            remedy=moved(bound.location, project.location(source, *first.span)),
        )


def _failure(project: Project, cycle: frozenset[Module]) -> MissedName | None:
    """The first failure of a cycle that fails wherever it is entered."""
    plays = project.view(PartialImports)
    if not plays.may_fail(cycle):
        return None
    first: MissedName | None = None
    for entry in project.view(Entries).of(cycle):
        failure = plays.failure(cycle, entry)
        if failure is None:
            return None
        first = first or failure
    return first
