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

## Source

https://docs.python.org/3/reference/import.html and https://docs.python.org/3/reference/simple_stmts.html#import
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from archlint.facts import Import
from archlint.finding import Act, Confidence, Related, Remedy, Severity
from archlint.project import MISSING, UNKNOWN, Folder, Module, Project, Unresolved
from archlint.project.files.generated import GeneratedModules
from archlint.project.files.tree import above
from archlint.project.finder import Finder, Gap
from archlint.project.first_party import FirstParty
from archlint.project.names.fallbacks import Fallbacks
from archlint.project.names.name_index import NameIndex
from archlint.project.names.names_from_outside import NamesFromOutside
from archlint.project.names.near_names import NearNames
from archlint.project.symbols import Symbols
from archlint.project.tries import is_last_way, is_looked_for
from archlint.remedies import respell, stepped
from archlint.rule import Outcome, Rule, Verdict

_ENOUGH_PLACES = 50


class UnresolvedImport(Rule, frozen=True):
    """Every import of the project's own modules is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Resolve every first-party import."""
        symbols = project.view(Symbols)
        for module in project.modules:
            if module.is_stub:
                continue
            lacking = ""
            for fact in module.facts.imports:
                if fact.typing or fact.platform or (fact.guarded and not fact.name):
                    continue
                target = symbols.imported_module(module, fact)
                asked, before = f"{fact.scope}:{fact.level}:{fact.written or fact.module}", lacking
                lacking = ""
                if fact.guarded:
                    yield from self._in_fallback(project, symbols, module, fact, target)
                elif isinstance(target, (Module, Folder)):
                    yield self._in_module(project, symbols, module, fact, target)
                elif isinstance(target, Unresolved) or _is_elsewhere(project, fact):
                    lacking = asked
                    if asked != before:  # the next name from the same module lacks nothing else
                        yield self._without_module(project, module, fact)

    def _in_fallback(
        self, project: Project, symbols: Symbols, module: Module, fact: Import, target: object
    ) -> Iterator[Verdict]:
        """A name that an `except ImportError:` takes from a module that is there: nobody catches that."""
        if fact.scope or fact.name == "*" or not isinstance(target, Module):
            return
        if symbols.attribute(target, fact.name) is not MISSING:
            yield Outcome.KEPT
        elif is_last_way(module, fact.line):
            yield self._without_name(project, module, fact, target)

    def _in_module(
        self, project: Project, symbols: Symbols, module: Module, fact: Import, target: Module | Folder
    ) -> Verdict:
        if fact.name == "*" and isinstance(target, Module):
            return self._listed(project, symbols, module, fact, target)
        if fact.name in ("", "*"):
            return Outcome.KEPT
        found = symbols.attribute(target, fact.name)
        if found is MISSING or (found is UNKNOWN and isinstance(target, Folder)):
            return self._without_name(project, module, fact, target)
        if found is UNKNOWN:
            return Outcome.UNKNOWN
        if isinstance(target, Module) and symbols.only_for_type_checkers(target, fact.name):
            return self._at_type_checking(project, module, fact, target)
        if isinstance(target, Module) and fact.name in project.view(Fallbacks).names(target):
            return self._in_unused_fallback(project, module, fact, target)
        return Outcome.KEPT

    def _listed(
        self, project: Project, symbols: Symbols, module: Module, fact: Import, target: Module
    ) -> Verdict:
        """A star import takes all that `__all__` lists, and fails for what is not there."""
        exports = () if target.facts.exports_open else target.facts.exports or ()
        missing = next((name for name in exports if symbols.member(target, name) is MISSING), None)
        if missing is None:
            return Outcome.KEPT
        key = f"{target.folder}/{missing}" if target.folder else missing
        may_be = target.is_package and project.view(GeneratedModules).may_make(key)
        if may_be or not _is_meant(project, module, fact, fact.module, target):
            return Outcome.UNKNOWN
        if project.view(NamesFromOutside).may_have(target, missing):
            return Outcome.UNKNOWN
        return self.finding(
            project.location(module, *fact.span),
            f"`{_called(target)}` has no `{missing}`, which its `__all__` lists",
            f"take `{missing}` out of `__all__`, or define it there",
            confidence=_confidence(project.view(Finder), fact, target),
        )

    def _without_module(self, project: Project, module: Module, fact: Import) -> Verdict:
        finder = project.view(Finder)
        gap = finder.gap(fact.written if fact.level else fact.module, module, fact.level)
        package = gap.package
        if package is None and _is_above(finder, module, fact):
            return self._above(project, module, fact)
        if package is None or not gap.segment or any(map(project.view(GeneratedModules).may_make, gap.paths)):
            return Outcome.UNKNOWN
        if is_looked_for(module, fact.module):
            return Outcome.UNKNOWN
        if isinstance(package, Module) and (package.is_stub or package.facts.dynamic_path):
            return Outcome.UNKNOWN  # what a stub describes is elsewhere, and may hold more than has stubs
        if not _is_meant(project, module, fact, gap.name, package) or _is_beside_script(
            project, module, fact
        ):
            return Outcome.UNKNOWN
        return self.finding(
            project.location(module, *fact.span),
            f"`{_called(package)}` has no module `{gap.segment}`",
            _hint_for_module(project, gap),
            confidence=_confidence(finder, fact, package),
        )

    def _above(self, project: Project, module: Module, fact: Import) -> Verdict:
        dots, top = "." * fact.level, module.name.partition(".")[0]
        finder, level = project.view(Finder), fact.level
        while level > 1:
            level -= 1
            if isinstance(finder.relative(module, level, fact.written), Module):
                break
        hint = f"write `{'.' * level}{fact.written}`, or the whole name from `{top}` on"
        return self.finding(
            project.location(module, *fact.span),
            f"`{dots}{fact.written}` leads out of `{top}`, the topmost package",
            hint,
        )

    def _without_name(
        self, project: Project, module: Module, fact: Import, target: Module | Folder
    ) -> Verdict:
        if target is module and not fact.level and not fact.scope:
            return Outcome.UNKNOWN  # it is laid over a package of this name, or never run
        folder = target.folder if isinstance(target, Module) else target.path
        key = f"{folder}/{fact.name}" if folder else fact.name
        is_package = isinstance(target, Folder) or target.is_package
        if is_package and project.view(GeneratedModules).may_make(key):
            return Outcome.UNKNOWN
        if not _is_meant(project, module, fact, fact.module, target):
            return Outcome.UNKNOWN
        if isinstance(target, Module) and project.view(NamesFromOutside).may_have(target, fact.name):
            return Outcome.UNKNOWN
        return self.finding(
            project.location(module, *fact.span),
            f"`{_called(target)}` has no `{fact.name}`",
            _hint_for_name(project, target, fact.name),
            remedy=_remedy(project, module, fact, target),
            confidence=_confidence(project.view(Finder), fact, target),
        )

    def _in_unused_fallback(self, project: Project, module: Module, fact: Import, target: Module) -> Verdict:
        """A name that is bound only where an import fails, which cannot."""
        if module is target or project.view(NamesFromOutside).may_have(target, fact.name):
            return Outcome.UNKNOWN
        binding = target.bindings[fact.name][-1]
        place = project.location(target, binding.line, binding.column)
        return self.finding(
            project.location(module, *fact.span),
            f"`{_called(target)}` binds `{fact.name}` only where an import fails that does not",
            f"ask for what the other branch binds, or bind `{fact.name}` in both",
            related=(Related(place, f"`{fact.name}` is bound here, in a handler that never runs"),),
        )

    def _at_type_checking(self, project: Project, module: Module, fact: Import, target: Module) -> Verdict:
        if project.view(NamesFromOutside).may_have(target, fact.name):
            return Outcome.UNKNOWN
        binding = target.bindings[fact.name][-1]
        place = project.location(target, binding.line, binding.column)
        return self.finding(
            project.location(module, *fact.span),
            f"`{_called(target)}` has no `{fact.name}` at run time",
            f"import `{fact.name}` from where it is defined, or under `if TYPE_CHECKING:` here too",
            related=(Related(place, f"`{fact.name}` is bound here, in a block that never runs"),),
        )


def _is_above(finder: Finder, module: Module, fact: Import) -> bool:
    """Whether a relative import climbs out of the topmost package, which has an `__init__.py`."""
    top = module.package.partition(".")[0]
    place = f"{module.root}/{top}" if module.root else top
    is_package = bool(top) and (found := finder.at(place)) is not None and found.is_package
    return is_package and fact.level > len(module.package.split("."))


def _is_meant(project: Project, module: Module, fact: Import, name: str, package: Module | Folder) -> bool:
    """Whether it is this package that the import means, and not another distribution's.

    What a relative import means is plain, but in a folder without `__init__.py` it may be part of data,
    a template or a script that is copied elsewhere.
    """
    first_party = project.view(FirstParty)
    if not fact.level:
        return first_party.means(module, name, package)
    return isinstance(package, Module) or first_party.owns(package)


def _is_beside_script(project: Project, module: Module, fact: Import) -> bool:
    """Whether a script in a folder above finds what is asked for, since its own folder comes first."""
    if fact.level:
        return False
    folders = {path.rpartition("/")[0] for path in (*project.files, *project.by_path)}
    for folder in above(module.path):
        key = f"{folder}/{fact.module.replace('.', '/')}"
        if key in folders or f"{key}.py" in project.by_path or f"{key}/__init__.py" in project.by_path:
            beside = (one for one in project.modules if one.path.rpartition("/")[0] == folder)
            if any("__main__" in project.code(one.path) for one in beside):
                return True
    return False


def _is_elsewhere(project: Project, fact: Import) -> bool:
    """Whether another source root, which may not be on the path, has the package and lacks the module."""
    return len(project.view(Finder).holders(fact.module.partition(".")[0])) == 1


def _confidence(finder: Finder, fact: Import, package: Module | Folder) -> Confidence:
    certain = isinstance(package, Module) or fact.level or finder.is_owned(package)
    return Confidence.HIGH if certain else Confidence.MEDIUM


def _called(package: Module | Folder) -> str:
    """What a message calls it. The `__init__.py` of a source root has no name, but its folder has."""
    if isinstance(package, Module) and package.name == "__init__":
        return package.folder or "."
    return package.name or "."


def _hint_for_module(project: Project, gap: Gap) -> str:
    package = gap.package
    if isinstance(package, Module) and not package.is_package and package.name != "__init__":
        return (
            f"`{package.path}` is a module, not a package; a folder of that name beside it is never looked at"
        )
    near = package and project.view(NearNames).nearest(
        gap.segment, package, lambda: project.view(Finder).children(package)
    )
    return f"did you mean `{near}`?" if near else f"add `{gap.path}.py`, or import what is there"


def _hint_for_name(project: Project, target: Module | Folder, name: str) -> str:
    elsewhere = [place.name for place in islice(project.view(NameIndex).defined_in(name), _ENOUGH_PLACES)]
    below = [place for place in elsewhere if place.startswith(f"{target.name}.")]
    if below or len(elsewhere) == 1:
        return f"it is defined in `{(below or elsewhere)[0]}`: import it from there, or re-export it"
    near = project.view(NearNames).nearest(name, target, lambda: _names_of(project, target))
    return f"did you mean `{near}`?" if near else f"define `{name}` there, or import it from where it is"


def _remedy(project: Project, module: Module, fact: Import, target: Module | Folder) -> Remedy | None:
    """The name from where it is defined; else one that is nearly so, for what the module calls so."""
    place = project.location(module, *fact.span)
    elsewhere = [each.name for each in islice(project.view(NameIndex).defined_in(fact.name), _ENOUGH_PLACES)]
    if elsewhere:
        home = f"{elsewhere[0]}.{fact.name}"
        is_one = len(elsewhere) == 1
        return stepped(Act.RETARGET, place, "", fact.name, home, safe=False) if is_one else None
    near = project.view(NearNames).nearest(fact.name, target, lambda: _names_of(project, target))
    if not near:
        return None
    text = near if fact.alias != fact.name else f"{near} as {fact.name}"
    return respell(place, fact.name, text, safe=False)


def _names_of(project: Project, target: Module | Folder) -> set[str]:
    names = set(target.bindings) if isinstance(target, Module) else set()
    if isinstance(target, Folder) or target.is_package:
        names |= set(project.view(Finder).children(target))
    return names
