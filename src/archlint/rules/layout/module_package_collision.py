"""A module and a package of one name, side by side.

## Why is this bad?

`import app` can mean only one of `app.py` and `app/`. Python looks for a package first: where
`app/__init__.py` is there, nothing in `app.py` is ever imported, however often it is edited. Without an
`__init__.py` the module wins, and nothing in the folder can be imported: `app.orders` raises
`ModuleNotFoundError`, "'app' is not a package".

## What to do

Move what the module holds into the package, most often into its `__init__.py`, and delete the module; or
give one of the two another name.

## Bad

`shop/__init__.py`:

```python
```

`shop/models.py`:

```python
# warning: [layout/module-package-collision] "`shop/models.py` is never imported"
class Order: ...
```

`shop/models/__init__.py`:

```python
class Customer: ...
```

## Good

`shop/__init__.py`:

```python
```

`shop/models/__init__.py`:

```python
from shop.models.orders import Order
```

`shop/models/orders.py`:

```python
class Order: ...
```

## Source

https://docs.python.org/3/reference/import.html#the-path-based-finder, and `FileFinder.find_spec()` in
Python's `importlib/_bootstrap_external.py`
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.project import Module, Project
from archlint.project.files.tree import Tree, above
from archlint.rule import Outcome, Rule, Verdict


class ModulePackageCollision(Rule, frozen=True):
    """Every folder with Python in it is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for a module beside each folder."""
        tree = project.view(Tree)
        sources = (module.path for module in project.modules if not module.is_stub)
        for folder in sorted({folder for path in sources for folder in above(path)}):
            module = project.module_at(f"{folder}.py")
            init = project.module_at(f"{folder}/__init__.py")
            if module is None:
                yield Outcome.KEPT
            elif init is not None:
                yield self._hidden_module(tree, module, init)
            elif _is_imported(project, module, folder):
                yield self._hidden_folder(tree, module, folder)
            else:
                yield Outcome.UNKNOWN  # a folder of scripts and a module harm nobody

    def _hidden_module(self, tree: Tree, module: Module, init: Module) -> Verdict:
        return self.finding(
            tree.place(module.path),
            f"`{module.path}` is never imported: Python takes the package beside it",
            f"move what it holds into `{init.path}` and delete it, or give it another name",
            related=(Related(tree.place(init.path), f"`import {module.name}` takes this"),),
        )

    def _hidden_folder(self, tree: Tree, module: Module, folder: str) -> Verdict:
        return self.finding(
            tree.place(module.path),
            f"nothing in `{folder}/` can be imported: Python takes `{module.path}` for `{module.name}`",
            f"make this module `{folder}/__init__.py`, or give it another name",
            related=(Related(tree.place(folder), "this is not reached"),),
        )


def _is_imported(project: Project, module: Module, folder: str) -> bool:
    """Whether some import asks for what is in a folder, as if it were a package."""
    return any(
        _is_inside(project, fact.target, module, folder)
        for each in project.modules
        for fact in each.facts.imports
    )


def _is_inside(project: Project, target: str, module: Module, folder: str) -> bool:
    if not target.startswith(f"{module.name}."):
        return False
    child = target[len(module.name) + 1 :].partition(".")[0]
    if module.binds(child) is not None:
        return False  # the module has it itself
    path = f"{folder}/{child}"
    return project.view(Tree).is_folder(path) or project.module_at(f"{path}.py") is not None
