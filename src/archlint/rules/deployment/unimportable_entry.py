"""Scripts that start a module which cannot be imported from where they start it.

## Why is this bad?

`python shop/main.py` makes `shop/` the first folder in which Python looks for modules, and not the folder in
which the script stands: `from shop.routes import routes` raises `ModuleNotFoundError: No module named
'shop'`. A server that is told `shop.main:app` looks in the folder where it was started. The application does
not start, although every import in it is right.

## What to do

Start from the folder above the package, and run the module: `python -m shop.main`.

## Bad

`run.sh`:

```sh
cd "$(dirname "$0")"
python shop/main.py  # error: [deployment/unimportable-entry] "`shop` is imported by"
```

`start.sh`:

```sh
cd shop
uvicorn shop.main:app  # error: [deployment/unimportable-entry] "no module `shop.main` in `shop/`"
```

`serve.sh`:

```sh
gunicorn shop.main:application  # error: [deployment/unimportable-entry] "`shop.main` has no `application`"
```

`shop/__init__.py`:

```python
```

`shop/routes.py`:

```python
routes = []
```

`shop/main.py`:

```python
from fastapi import FastAPI

from shop.routes import routes

app = FastAPI(routes=routes)
```

## Good

`run.sh`:

```sh
cd "$(dirname "$0")"
python -m shop.main
```

`start.sh`:

```sh
exec uvicorn shop.main:app --port 8080
```

`shop/__init__.py`:

```python
```

`shop/routes.py`:

```python
routes = []
```

`shop/main.py`:

```python
from fastapi import FastAPI

from shop.routes import routes

app = FastAPI(routes=routes)
```

## When not to use it

Where the package is installed before the script runs, in a way that no file of the project tells.

## Source

"Command line and environment" and `sys.path` in Python's documentation; verified with Python, uvicorn's and
gunicorn's documentation of `--app-dir` and `--chdir`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archlint.facts.imports import Import
from archlint.finding import Severity
from archlint.frameworks.scripts.entries import Started, started
from archlint.frameworks.scripts.steps import Step, is_laid_out_elsewhere
from archlint.nearness import did_you_mean
from archlint.project import Module, Project
from archlint.project.files.tree import Tree
from archlint.rule import Outcome, Rule, Verdict

_INSTALLING: Final = frozenset({"install", "sync"})
_INSTALLED: Final = frozenset({".", "./", "-e", "--editable", "poetry", "pdm", "sync", "uv"})


class UnimportableEntry(Rule, frozen=True):
    """Every module that a script starts is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for it as Python will."""
        is_elsewhere = is_laid_out_elsewhere(project)
        for entry in started(project):
            if is_elsewhere or not entry.step.command.is_certain or _installs(entry.step):
                yield Outcome.UNKNOWN
            else:
                yield self._run(project, entry) if entry.file else self._imported(project, entry)

    def _run(self, project: Project, entry: Started) -> Verdict:
        """A file that is run itself: its own folder comes first, where it was started does not count."""
        module = project.module_at(entry.file)
        if module is None or "sys.path" in project.text(entry.file).text:
            return Outcome.UNKNOWN
        own = entry.file.rpartition("/")[0]
        for fact in module.facts.imports:
            top = fact.module.partition(".")[0]
            if not _is_sure(fact) or _is_found(project, own, top) or not own:
                continue
            if not _is_found(project, "", top) and not _is_found(project, entry.step.folder or "", top):
                continue  # from outside, or missing altogether
            as_module = module.path.removesuffix(".py").replace("/", ".")
            return self.finding(
                entry.step.location(),
                f"`{top}` is imported by `{entry.file}`, and not found: Python looks in `{own}/`",
                f"run it from the folder above: `python -m {as_module}`",
            )
        return Outcome.KEPT

    def _imported(self, project: Project, entry: Started) -> Verdict:
        folder = entry.step.folder or ""
        module = _module(project, folder, entry)
        if module is None:
            return self._missing(project, entry, folder)
        if not entry.attribute or entry.attribute in module.bindings or _is_open(module):
            return Outcome.KEPT
        if project.module_at(_joined(module.folder, f"{entry.attribute}.py")) is not None:
            return Outcome.UNKNOWN
        return self.finding(
            entry.step.location(),
            f"`{entry.module}` has no `{entry.attribute}`",
            did_you_mean(entry.attribute, module.bindings, "name what the module has"),
        )

    def _missing(self, project: Project, entry: Started, folder: str) -> Verdict:
        top = entry.module.partition(".")[0]
        is_own = _is_found(project, folder, top) or entry.module in project.by_name
        if not is_own or project.view(Tree).is_folder(_joined(folder, entry.module.replace(".", "/"))):
            return Outcome.UNKNOWN  # from outside, or a package that nobody has to write
        where = f"in `{folder}/`" if folder else "where the script runs"
        hint = (
            "start from the folder above it"
            if entry.module in project.by_name
            else "name a module that is there"
        )
        return self.finding(entry.step.location(), f"there is no module `{entry.module}` {where}", hint)


def _installs(step: Step) -> bool:
    """Whether the script may have installed the project before."""
    return any(_INSTALLED.intersection(words) for words in step.earlier if _INSTALLING.intersection(words))


def _is_sure(fact: Import) -> bool:
    doubts = (
        fact.level,
        fact.typing,
        fact.guarded,
        fact.conditional,
        fact.platform,
        fact.dynamic,
        fact.scope,
    )
    return bool(fact.module) and not any(doubts)


def _module(project: Project, folder: str, entry: Started) -> Module | None:
    path = _joined(folder, entry.module.replace(".", "/"))
    inside = "__init__.py" if entry.attribute else "__main__.py"
    return project.module_at(f"{path}.py") or project.module_at(f"{path}/{inside}")


def _is_found(project: Project, folder: str, name: str) -> bool:
    path = _joined(folder, name)
    return project.module_at(f"{path}.py") is not None or project.view(Tree).is_folder(path)


def _is_open(module: Module) -> bool:
    return "__getattr__" in module.bindings or any(fact.name == "*" for fact in module.facts.imports)


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
