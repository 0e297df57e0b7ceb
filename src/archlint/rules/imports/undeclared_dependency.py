"""Imports of distributions that no manifest of the project declares.

## Why is this bad?

A fresh installation, on a server or in a container, has only what is declared, and what that brings along.
The import raises `ModuleNotFoundError` at start, although it works on the machine it was written on. Some
things need a distribution without an import: `EmailStr` of Pydantic raises
`ImportError: email-validator is not installed`, a form of FastAPI asks for `python-multipart`.

Only imports that always run with their module or function are looked at, and only names that are known to
belong to a distribution. The URL of a database and an engine of Django make others import a driver, and
a script starts a server. What comes along with something declared is a note: it is there as long as that
needs it.

## What to do

Declare the distribution, with the versions that are meant.

## Bad

`requirements.txt`:

```
fastapi
sqlalchemy>=2
```

`shop/api.py`:

```python
import jwt  # error: [imports/undeclared-dependency] "`jwt` comes from `pyjwt`, which is not declared"
from fastapi import FastAPI
from pydantic import EmailStr  # error: [imports/undeclared-dependency] "needs `email-validator`"
```

## Good

`requirements.txt`:

```
fastapi
pydantic[email]
PyJWT>=2
```

`shop/api.py`:

```python
import jwt
from fastapi import FastAPI
from pydantic import EmailStr
```

## When not to use it

Where what is needed is declared outside the project, as in a build system of a whole company.

## Source

The specification of dependencies in `pyproject.toml` (packaging.python.org); "Network Types" in the
documentation of Pydantic; "Form Data" in the tutorial of FastAPI; verified with Pydantic and FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from archlint.facts.expressions import Attribute
from archlint.facts.imports import Import
from archlint.finding import Act, Finding, Location, Severity
from archlint.frameworks.distributions import NEEDS, STANDARD, brought_by, distributions, with_extras
from archlint.frameworks.named_functions import is_named
from archlint.frameworks.places.expressions import start
from archlint.frameworks.scripts.programs import programs
from archlint.frameworks.sql.implied_drivers import implied_drivers
from archlint.project import Module, Project
from archlint.project.answer import External
from archlint.project.files.manifests import Manifests
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.objects.uses import Uses
from archlint.project.symbols import Symbols
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_BESIDE = frozenset(
    {
        *("benchmarks", "bin", "build", "ci", "contrib", "dev", "docs", "docs_src", "examples", "scripts"),
        *(
            "conftest",
            "fabfile",
            "gunicorn",
            "hatch_build",
            "noxfile",
            "setup",
            "tasks",
            "tools",
            "versioneer",
        ),
    }
)
"""Folders and files whose code is run by developers, with whatever they have installed."""

_HOLDERS = frozenset(name.rpartition(".")[0] for name in NEEDS)
_FEW = 3
"""More that is missing beside distributions of which nobody knows what they bring is left to these."""


class Needed(Struct, frozen=True):
    """What something needs from outside."""

    where: Location
    subject: str
    """In words: `` `jwt` comes from``."""

    candidates: tuple[str, ...]
    """The distributions one of which has it."""

    function: ProjectFunction | None = None
    """The function that needs it when it is run."""


class UndeclaredDependency(Rule, frozen=True):
    """Every import from outside is a place, each distribution is told once."""

    severity = Severity.ERROR
    since = "0.1"

    ignore: tuple[str, ...] = ()
    """Distributions that are there without being declared: `["boto3"]`."""

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare imports with what is declared."""
        manifests = project.view(Manifests)
        if not manifests.declared:
            return  # where nothing is declared, nothing is missing
        own = {segment for module in project.modules for segment in module.path[:-3].split("/")}
        told: set[str] = set()
        found: list[Finding] = []
        modules = [module for module in project.modules if _is_run(module) and manifests.cover(module.root)]
        asked = [each for module in modules for each in _all_needed(project, module, own)]
        for needed in (*asked, *_drivers(project, manifests, modules), *_programs(project)):
            verdict = self._judged(manifests, needed)
            if not isinstance(verdict, Finding):
                yield verdict
            elif needed.function is not None and not is_named(project, needed.function):
                yield Outcome.UNKNOWN  # perhaps it waits for somebody who has it installed
            elif needed.candidates[0] not in told:
                told.add(needed.candidates[0])
                found.append(verdict)
        yield from _weighed(found)

    def _judged(self, manifests: Manifests, needed: Needed) -> Verdict:
        candidates = needed.candidates
        if not candidates:
            return Outcome.UNKNOWN
        declared = manifests.declared | set(self.ignore)
        extras = {each for name in declared for each in _with_extras(manifests, name)}
        if not (declared | extras).isdisjoint(candidates):
            return Outcome.KEPT
        if any(manifests.mentions(name, needed.where.path) for name in candidates):
            return Outcome.UNKNOWN
        name = candidates[0]
        bringing = _bringing(declared, candidates)
        place = manifests.place()
        finding = self.finding(
            needed.where,
            _message(needed.subject, name, bringing),
            f"declare `{name}` in `{place}`" if place else f"declare `{name}` beside what else is needed",
            remedy=stepped(Act.DECLARE, _top(place), name, safe=False) if place else None,
        )
        if bringing:
            return replace(finding, severity=Severity.NOTE)
        is_certain = all(brought_by(each) is not None for each in declared - {"python"})
        return finding if is_certain else replace(finding, severity=Severity.WARNING)


def _with_extras(manifests: Manifests, name: str) -> tuple[str, ...]:
    return with_extras(name, manifests.extras(name)) if manifests.has_extras(name) else ()


def _weighed(found: list[Finding]) -> Iterator[Finding]:
    """What is found, in notes where so much is left to what else is required that this must bring it."""
    doubtful = sum(each.severity is Severity.WARNING for each in found)
    for each in found:
        is_brought = each.severity is Severity.WARNING and doubtful > _FEW
        yield replace(each, severity=Severity.NOTE) if is_brought else each


def _is_run(module: Module) -> bool:
    """Whether a module is part of what is installed."""
    parts = set(module.path.removesuffix(".py").split("/"))
    return not (module.is_stub or is_test(module.path)) and _BESIDE.isdisjoint(parts)


def _drivers(project: Project, manifests: Manifests, modules: list[Module]) -> Iterator[Needed]:
    """The drivers that databases need; where one of several is there, nobody asks for the others."""
    found = list(implied_drivers(project, modules))
    is_ready = any(not manifests.declared.isdisjoint(each.distributions) for each in found)
    if is_ready or not all(each.distributions for each in found):
        return
    for each in found:
        yield Needed(start(project, each.module, each.form), each.asking, each.distributions)


def _programs(project: Project) -> Iterator[Needed]:
    """What scripts start: the server that is told the application."""
    for each in programs(project):
        if _BESIDE.isdisjoint(each.script.split("/")[:-1]):
            yield Needed(each.where, f"`{each.name}` comes from", (each.name,))


def _all_needed(project: Project, module: Module, own: set[str]) -> Iterator[Needed]:
    """What a module needs from outside."""
    for fact in module.facts.imports:
        found = _needed(project, module, fact, own)
        if found is not None:
            yield found
        if not fact.name and not fact.scope and fact.module in _HOLDERS:
            yield from _needed_by_uses(project, module, fact.module)


def _needed_by_uses(project: Project, module: Module, holder: str) -> Iterator[Needed]:
    """What is needed by what is taken from a module that was imported whole: `pydantic.EmailStr`."""
    names = [name for name in NEEDS if name.rpartition(".")[0] == holder]
    if not module.speaks_of(*(name.rpartition(".")[2].encode() for name in names)):
        return
    for use in project.view(Uses).of(module):
        if use.name in names and isinstance(use.form, Attribute):
            yield Needed(project.location(module, *use.span), f"`{use.last}` needs", NEEDS[use.name])


def _needed(project: Project, module: Module, fact: Import, own: set[str]) -> Needed | None:
    """What an import needs; None where it needs nothing from outside, or not surely."""
    top = fact.module.partition(".")[0]
    if fact.level or not top or top in STANDARD or top in own:
        return None
    if fact.typing or fact.guarded or fact.conditional or fact.platform or fact.dynamic:
        return None
    symbols = project.view(Symbols)
    if not isinstance(symbols.imported_module(module, fact), External):
        return None
    needs = NEEDS.get(f"{fact.module}.{fact.name}")
    subject, candidates = (
        (f"`{fact.name}` needs", needs) if needs else (f"`{top}` comes from", distributions(top))
    )
    function = (
        next((each for each in _functions(module) if each.scope == fact.scope), None)
        if fact.deferred
        else None
    )
    return Needed(project.location(module, *fact.span), subject, candidates, function)


def _functions(module: Module) -> Iterator[ProjectFunction]:
    return (ProjectFunction(module, index) for index in range(len(module.functions)))


def _message(subject: str, name: str, bringing: str) -> str:
    because = f": it is there only because `{bringing}` needs it" if bringing else ""
    if subject == f"`{name}` comes from":
        return f"`{name}` is not declared{because}"
    return f"{subject} `{name}`, which is not declared{because}"


def _bringing(declared: frozenset[str] | set[str], wanted: tuple[str, ...]) -> str:
    """A declared distribution that brings one of some others, be it by way of more; empty for none."""
    for name in sorted(declared):
        waiting, met = [name], {name}
        while waiting:
            brought = brought_by(waiting.pop()) or ()
            if not set(wanted).isdisjoint(brought):
                return name
            waiting += [each for each in brought if each not in met]
            met.update(brought)
    return ""


def _top(path: str) -> Location:
    return Location(path, 1, 1, 1, 1)
