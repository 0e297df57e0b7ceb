"""First-party imports of a module or a name that the project does not have.

## Why is this bad?

The import fails as soon as it runs: `ModuleNotFoundError` for a module, `ImportError` for a name. At
the top of a module that is when the application starts; inside a function it is when the first request
comes. Names that only type checkers see (`if TYPE_CHECKING:`) are not there at run time either.

What the project cannot be blamed for is left alone: imports whose failure is expected
(`try`/`except ImportError`), that only type checkers see, or that only some Python or system runs;
modules that a build makes, that git ignores or that change their own path; names that a module binds
behind the reader's back (`__getattr__`, `globals()`, a star import from outside).

## What to do

Correct the name, or define and re-export what is asked for where it is asked for.

## Bad

`app/routes/setup.py`:

```python
def setup_routes(app): ...
```

`app/routes/__init__.py`:

```python
```

`app/__init__.py`:

```python
```

`app/main.py`:

```python
from app.routes.setup import setup_routes
from app.routes import setup_routes  # error: [imports/unresolved] "`app.routes` has no `setup_routes`"
from app.database import engine  # error: [imports/unresolved] "`app` has no module `database`"
```

## Good

`app/routes/setup.py`:

```python
def setup_routes(app): ...
```

`app/routes/__init__.py`:

```python
from .setup import setup_routes
```

`app/__init__.py`:

```python
```

`app/main.py`:

```python
from app.routes import setup_routes

try:
    from app.speedups import fast
except ImportError:
    fast = None
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from archlint.facts import Import
from archlint.finding import Confidence, Related, Severity
from archlint.project import MISSING, UNKNOWN, External, Folder, Module, Project, Unresolved
from archlint.project.finder import Finder, Gap
from archlint.project.first_party import FirstParty
from archlint.project.generated import GeneratedModules
from archlint.project.import_graph import ImportGraph
from archlint.project.name_index import NameIndex
from archlint.project.symbols import Symbols
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class UnresolvedImport(Rule):
    """Every import of the project's own modules is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Resolve every first-party import."""
        symbols = project.view(Symbols)
        for module in project.modules:
            if module.is_stub:
                continue
            for fact in module.facts.imports:
                target = symbols.imported_module(module, fact)
                if isinstance(target, External) or fact.guarded or fact.typing or fact.platform:
                    continue
                if isinstance(target, Unresolved):
                    yield self._without_module(project, module, fact)
                else:
                    yield self._in_module(project, module, fact, target)

    def _in_module(self, project: Project, module: Module, fact: Import, target: Module | Folder) -> Verdict:
        if fact.name in ("", "*"):
            return Outcome.KEPT
        symbols = project.view(Symbols)
        found = symbols.attribute(target, fact.name)
        if found is MISSING or (found is UNKNOWN and isinstance(target, Folder)):
            return self._without_name(project, module, fact, target)
        if found is UNKNOWN:
            return Outcome.UNKNOWN
        if isinstance(target, Module) and symbols.only_for_type_checkers(target, fact.name):
            if _is_set_from_outside(project, target, fact.name):
                return Outcome.UNKNOWN
            return self._at_type_checking(project, module, fact, target)
        return Outcome.KEPT

    def _without_module(self, project: Project, module: Module, fact: Import) -> Verdict:
        finder = project.view(Finder)
        gap = finder.gap(fact.written if fact.level else fact.module, module, fact.level)
        package = gap.package
        if package is None or not gap.segment or project.view(GeneratedModules).may_make(gap.path):
            return Outcome.UNKNOWN
        if isinstance(package, Module) and package.facts.dynamic_path:
            return Outcome.UNKNOWN
        if _is_loose(project, package) if fact.level else not _is_meant(project, package, gap.name):
            return Outcome.UNKNOWN
        certain = isinstance(package, Module) or fact.level > 0
        return self.finding(
            project.location(module, *fact.span),
            f"`{package.name or '.'}` has no module `{gap.segment}`",
            _hint_for_module(finder, gap),
            confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
        )

    def _without_name(
        self, project: Project, module: Module, fact: Import, target: Module | Folder
    ) -> Verdict:
        folder = target.folder if isinstance(target, Module) else target.path
        key = f"{folder}/{fact.name}" if folder else fact.name
        is_package = isinstance(target, Folder) or target.is_package
        if is_package and project.view(GeneratedModules).may_make(key):
            return Outcome.UNKNOWN
        if not fact.level and not _is_meant(project, target, fact.module):
            return Outcome.UNKNOWN
        if fact.level and _is_loose(project, target):
            return Outcome.UNKNOWN
        if isinstance(target, Module) and _is_set_from_outside(project, target, fact.name):
            return Outcome.UNKNOWN
        certain = isinstance(target, Module) or fact.level > 0
        return self.finding(
            project.location(module, *fact.span),
            f"`{target.name}` has no `{fact.name}`",
            _hint_for_name(project, target, fact.name),
            confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
        )

    def _at_type_checking(self, project: Project, module: Module, fact: Import, target: Module) -> Verdict:
        binding = target.bindings[fact.name][-1]
        place = project.location(target, binding.line, binding.column)
        return self.finding(
            project.location(module, *fact.span),
            f"`{target.name}` has `{fact.name}` only for type checkers",
            f"import `{fact.name}` from where it is defined, or under `if TYPE_CHECKING:` here too",
            related=(Related(place, f"`{fact.name}` is bound under `TYPE_CHECKING` here"),),
        )


def _is_meant(project: Project, package: Module | Folder, name: str) -> bool:
    """Whether an absolute import of this name means the project's package, and no other distribution's."""
    first_party = project.view(FirstParty)
    top = name.partition(".")[0]
    if isinstance(package, Folder):
        return first_party.means(name, package.path) and first_party.is_declared(top) is False
    if name == top and not package.is_package:
        return not first_party.is_declared(top)  # `build.py` beside the library `build`
    return first_party.means(name if package.is_package else name.rpartition(".")[0], package.folder)


def _is_loose(project: Project, package: Module | Folder) -> bool:
    """Whether a relative import is in a folder that may be data, templates or scripts copied elsewhere."""
    return isinstance(package, Folder) and not project.view(FirstParty).met(package)


def _is_set_from_outside(project: Project, module: Module, name: str) -> bool:
    """Whether a module that imports this one may set the name on it: `settings.DEBUG = True`."""
    setting = re.compile(
        rf"\.{re.escape(name)}\s*(?::[^=\n]+)?=(?!=)|setattr\([^)\n]*[\"']{re.escape(name)}[\"']"
    )
    importers = {edge.importer.path for edge in project.view(ImportGraph).importers_of(module)}
    texts = (project.text(path).text for path in sorted(importers))
    return any(name in text and setting.search(text) for text in texts)


def _hint_for_module(finder: Finder, gap: Gap) -> str:
    package = gap.package
    if isinstance(package, Module) and not package.is_package:
        return (
            f"`{package.path}` is a module, not a package; a folder of that name beside it is never looked at"
        )
    near = get_close_matches(gap.segment, finder.children(package), 1) if package else []
    return f"did you mean `{near[0]}`?" if near else f"add `{gap.path}.py`, or import what is there"


def _hint_for_name(project: Project, target: Module | Folder, name: str) -> str:
    elsewhere = [place.name for place in project.view(NameIndex).defined_in(name)]
    below = [place for place in elsewhere if place.startswith(f"{target.name}.")]
    if below or len(elsewhere) == 1:
        return f"it is defined in `{(below or elsewhere)[0]}`: import it from there, or re-export it"
    known = set(target.bindings) if isinstance(target, Module) else set()
    if isinstance(target, Folder) or target.is_package:
        known |= set(project.view(Finder).children(target))
    near = get_close_matches(name, sorted(known), 1)
    return f"did you mean `{near[0]}`?" if near else f"define `{name}` there, or import it from where it is"
