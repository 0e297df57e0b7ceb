"""Attributes of first-party modules that these do not have.

## Why is this bad?

`from shop import search` imports a module, and `search.bp` asks it for a name. Where the module binds no such
name and has no submodule of it, that is an `AttributeError`: at start where it stands at the top of a module,
with the first request where it stands in a function.

Modules that bind names behind the reader's back (`__getattr__`, `globals()`, a star import from outside,
others that set names on them) are left alone, and so are places that expect the failure.

## What to do

Correct the name, or define or re-export it in the module.

## Bad

`shop/search/__init__.py`:

```python
from shop.search.views import blueprint
```

`shop/search/views.py`:

```python
blueprint = object()
```

`shop/__init__.py`:

```python
```

`shop/app.py`:

```python
from shop import search


def create_app():
    return [search.bp]  # error: [imports/missing-attribute] "`shop.search` has no `bp`"
```

## Good

`shop/search/__init__.py`:

```python
from shop.search.views import blueprint
```

`shop/search/views.py`:

```python
blueprint = object()
```

`shop/__init__.py`:

```python
```

`shop/app.py`:

```python
from shop import search


def create_app():
    return [search.blueprint, search.views.blueprint]
```

## Source

[the import system](https://docs.python.org/3/reference/import.html#submodules) and
[module objects](https://docs.python.org/3/reference/datamodel.html#modules) in Python's reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Severity
from archlint.frameworks.sqlalchemy.startup.unloaded import Unloaded
from archlint.nearness import did_you_mean
from archlint.project import MISSING, Module, Project
from archlint.project.files.generated import GeneratedModules
from archlint.project.files.test_code import is_test
from archlint.project.first_party import FirstParty
from archlint.project.imports.entries import Entries
from archlint.project.imports.module_reads import ModuleRead, module_reads
from archlint.project.names.names_from_outside import NamesFromOutside
from archlint.project.symbols import Symbols
from archlint.rule import Outcome, Rule, Verdict


class MissingAttribute(Rule, frozen=True):
    """Every attribute that is read of a module of the project is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the modules that import other modules whole."""
        for module in project.modules:
            if module.is_stub or is_test(module.path):
                continue
            for read in module_reads(project, module):
                yield self._verdict(project, module, read)

    def _verdict(self, project: Project, module: Module, read: ModuleRead) -> Verdict:
        source, name = read.source, read.name
        answer = project.view(Symbols).attribute(source, name)
        if isinstance(answer, Module) and _is_unloaded(project, source, answer, name):
            return self._unloaded(project, module, read, answer)
        if answer is not MISSING:
            return Outcome.KEPT
        if name.startswith("__") or source.facts.fault or _may_be_there(project, module, read):
            return Outcome.UNKNOWN
        return self._found(project, module, read)

    def _unloaded(self, project: Project, module: Module, read: ModuleRead, found: Module) -> Verdict:
        if _may_be_there(project, module, read):
            return Outcome.UNKNOWN
        return self.finding(
            project.location(module, *read.span),
            f"`{read.source.name}` has no `{read.name}`: nothing imports `{found.name}`",
            f"write `import {found.name}`: a submodule is an attribute of its package once it is imported",
        )

    def _found(self, project: Project, module: Module, read: ModuleRead) -> Finding:
        otherwise = f"define `{read.name}` there, or ask whoever has it"
        return self.finding(
            project.location(module, *read.span),
            f"`{read.source.name}` has no `{read.name}`",
            did_you_mean(read.name, list(read.source.bindings), otherwise),
        )


def _is_unloaded(project: Project, source: Module, found: Module, name: str) -> bool:
    """Whether a submodule that nothing of the project ever imports is read off its package."""
    if not source.is_package or found.is_stub or source.binds(name) is not None or source.stars:
        return False
    if found.name != f"{source.name}.{name}" or "__getattr__" in source.bindings:
        return False
    return project.view(Unloaded).is_unloaded(found) and not project.view(Entries).is_named(found)


def _may_be_there(project: Project, module: Module, read: ModuleRead) -> bool:
    """Whether it is another distribution's module that is meant, or something else makes the name."""
    source = read.source
    if not project.view(FirstParty).means(module, source.name, source):
        return True
    key = f"{source.folder}/{read.name}" if source.folder else read.name
    if source.is_package and project.view(GeneratedModules).may_make(key):
        return True
    from_outside = project.view(NamesFromOutside)
    return from_outside.may_have(source, read.name) or from_outside.may_be_hidden(source)
