"""Distributions that do not work together in the versions that may be installed.

## Why is this bad?

An installation takes the newest version that is allowed. The last release of `passlib` cannot use `bcrypt`
from 5.0 on: the first password that is hashed or verified raises `ValueError: password cannot be longer than
72 bytes`, whatever its length, although everything works on the machine where an older version is installed.

## What to do

Allow only versions that work together: `bcrypt<5`. Or hash with `bcrypt`, `argon2-cffi` or `pwdlib` directly.

## Bad

`requirements.txt`:

```
fastapi
passlib[bcrypt]>=1.7.4
```

`shop/security.py`:

```python
from passlib.context import CryptContext

context = CryptContext(schemes=["bcrypt"])  # error: [imports/incompatible-dependency] "`bcrypt` from 5 on"
```

## Good

`requirements.txt`:

```
fastapi
passlib[bcrypt]>=1.7.4
bcrypt>=4,<5
```

`shop/security.py`:

```python
from passlib.context import CryptContext

context = CryptContext(schemes=["bcrypt"])
```

## Source

Verified with passlib 1.7.4 and bcrypt 5.0; the changelog of bcrypt 5.0.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Collection, Literal, Name
from archlint.facts.forms import passed_values
from archlint.finding import Act, Finding, Location, Severity
from archlint.frameworks.distributions import INCOMPATIBLE, Incompatible
from archlint.frameworks.inventory.texts import stands_for
from archlint.frameworks.places.expressions import spot
from archlint.project import Module, Project
from archlint.project.answer import External
from archlint.project.files.manifests import Manifests
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test
from archlint.project.files.versions import are_below
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict


class IncompatibleDependency(Rule, frozen=True):
    """Every call that needs two distributions to work together is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the versions that are allowed with those that work."""
        for module in project.modules:
            for known in INCOMPATIBLE:
                top = known.symbol.partition(".")[0]
                if is_test(module.path) or top not in module.imported:
                    continue
                for call in _calls(project, module, known):
                    yield self._judged(project, module, call, known)

    def _judged(self, project: Project, module: Module, call: Call, known: Incompatible) -> Verdict:
        manifests, requirements = project.view(Manifests), project.view(Requirements)
        if not requirements.name(known.user) or not manifests.cover(module.root):
            return Outcome.UNKNOWN
        wanted = requirements.versions(known.used)
        if are_below(wanted, known.broken_from):
            return Outcome.KEPT
        comes_along = not requirements.name(known.used)
        if manifests.mentions(known.used) or (comes_along and not manifests.has_extras(known.user)):
            return Outcome.UNKNOWN
        if _is_mended(project, known.used):
            return Outcome.UNKNOWN
        return self._found(project, module, call, known, manifests.place() if comes_along else None)

    def _found(
        self, project: Project, module: Module, call: Call, known: Incompatible, place: str | None
    ) -> Finding:
        bound = f"{known.used}<{known.broken_from}"
        remedy = None
        if place is not None:
            remedy = stepped(Act.DECLARE, Location(place, 1, 1, 1, 1), bound, safe=False)
        return self.finding(
            spot(project, module, call),
            f"`{known.user}` fails with `{known.used}` from {known.broken_from} on, which may be installed",
            f"declare `{bound}`",
            remedy=remedy,
        )


def _is_mended(project: Project, used: str) -> bool:
    """Whether the project sets something on the module itself: `bcrypt.hashpw = truncating`."""
    functions = project.view(Functions)
    for module in project.modules:
        if any(fact.alias == used and not fact.name for fact in module.facts.imports):
            bodies = [functions.module_summary(module), *map(functions.summary, functions.all_of(module))]
            stored = [target.value for body in bodies for target, _ in body.stored]
            if any(isinstance(value, Name) and value.id == used for value in stored):
                return True
    return False


def _calls(project: Project, module: Module, known: Incompatible) -> Iterator[Call]:
    functions, scopes = project.view(Functions), project.view(Scopes)
    bodies = [("", functions.module_summary(module))]
    bodies += [(f.scope, functions.summary(f)) for f in functions.all_of(module)]
    bodies += [(c.qualname, functions.class_summary(module, c)) for c in module.classes]
    for scope, summary in bodies:
        for site in summary.calls:
            found = scopes.resolve(module, scope, site.call.function)
            is_known = isinstance(found, External) and found.name == known.symbol
            if is_known and _names(project, module, scope, site.call, known.argument):
                yield site.call


def _names(project: Project, module: Module, scope: str, call: Call, wanted: str) -> bool:
    """Whether a call is given a text, in a list or by a name, too; any call is where none is wanted."""
    if not wanted:
        return True
    written = passed_values(call)
    given = [stands_for(project, module, scope, each) or each for each in written]
    items = [item for each in given for item in (each.items if isinstance(each, Collection) else (each,))]
    return any(isinstance(item, Literal) and item.value == wanted for item in items)
