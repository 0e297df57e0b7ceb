"""Files and folders in a place where they are not expected.

## Why is this bad?

The architecture says what a folder is made of. A `managers/` beside `services/` is a second structure for
the same thing: nobody knows where to look any more, or where the next piece of work goes.

## What to do

Move it into the folder that is there for it. If it is something new that the architecture lacks, name it in
`allow`. The patterns of `allow` are relative to the folder: `services/` is that folder and all below, `*.md`
the Markdown files beside it. The folder's own `__init__.py` is always expected. A folder in which nothing is
expected is reported once, at its `__init__.py` or its first file.

## Bad

```toml
[rules."layout/unexpected-path"]
folders = ["app/"]
allow = ["main.py", "api/", "services/", "models/"]
```

`app/main.py`:

```python
import app.api.orders
```

`app/api/orders.py`:

```python
def create() -> None: ...
```

`app/managers/orders.py`:

```python
class OrderManager: ...  # error: [layout/unexpected-path] "`managers/` is not expected in `app/`"
```

`app/managers/stock.py`:

```python
class StockManager: ...
```

## Good

```toml
[rules."layout/unexpected-path"]
folders = ["app/"]
allow = ["main.py", "api/", "services/", "models/"]
```

`app/__init__.py`:

```python
__all__ = ()
```

`app/main.py`:

```python
import app.services.orders
```

`app/services/orders.py`:

```python
class OrderService: ...
```

## Source

The team's own agreement, written down in `allow`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import PathPattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError, ConfigProblem
from archlint.finding import Severity
from archlint.nearness import nearest
from archlint.project import Project
from archlint.project.files.tree import Tree, above, lies_within
from archlint.rule import Outcome, Rule, Verdict


class UnexpectedPath(Rule, frozen=True):
    """Every file below one of the folders is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    folders: tuple[PathPattern, ...]
    """Folders that the rule speaks of, with `*`, `**` and `{a,b}`; `.` is the root."""

    allow: tuple[str, ...]
    """What may be in them, relative to the folder."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What may be in the folders."""
        inside = () if {".", "./"} & set(self.folders) else self.folders
        yield Demand(f"Put nothing into {named(self.folders)} but {named(self.allow)}", inside)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what is in the folders with what may be there. Raises ConfigError for no folder."""
        tree = project.view(Tree)
        for folder in self._folders(project, tree):
            files = tree.below(folder)
            expected = [file for file in files if self._is_expected(file, folder)]
            yield from [Outcome.KEPT] * len(expected)
            around = {place for file in expected for place in above(file)} | {folder, *above(folder)}
            unexpected = {_topmost(file, around) for file in set(files).difference(expected)}
            yield from (self._found(tree, path, folder) for path in sorted(unexpected))

    def _folders(self, project: Project, tree: Tree) -> tuple[str, ...]:
        matches = [_folders(tree, pattern) for pattern in self.folders]
        problems = tuple(
            self._matches_nothing(project, tree, at) for at, found in enumerate(matches) if not found
        )
        if problems:
            raise ConfigError(problems)
        return tuple(dict.fromkeys(folder for found in matches for folder in found))

    def _matches_nothing(self, project: Project, tree: Tree, at: int) -> ConfigProblem:
        pattern = self.folders[at]
        near = nearest(pattern.strip("/"), tree.folders)
        return project.config.problem(
            f"{self.option_key(project.config, 'folders')}.{at}",
            f"`{pattern}` matches no folder",
            f"did you mean `{near}/`?" if near else "it is a path from the configuration's folder",
        )

    def _is_expected(self, file: str, folder: str) -> bool:
        inside = file[len(folder) + 1 :] if folder else file
        return inside == "__init__.py" or any(lies_within(inside, allowed) for allowed in self.allow)

    def _found(self, tree: Tree, path: str, folder: str) -> Verdict:
        shown = tree.shown(path)[len(folder) + 1 if folder else 0 :]
        near = nearest(shown, self.allow)
        what = f"only {named(self.allow)} may be there: move it elsewhere"
        way = f"move it into `{near}`" if near else what
        return self.finding(
            tree.place(path),
            f"`{shown}` is not expected in `{folder or '.'}{'/' if folder else ''}`",
            f"{way}, or name it in `allow`",
        )


def _folders(tree: Tree, pattern: str) -> tuple[str, ...]:
    if pattern in (".", "./"):
        return ("",)
    return tree.matching(f"{pattern.rstrip('/')}/")


def _topmost(file: str, around: set[str]) -> str:
    """The highest path above a file, or itself, that holds nothing that is expected."""
    return next((folder for folder in reversed(above(file)) if folder not in around), file)
