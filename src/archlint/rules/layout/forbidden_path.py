"""Files and folders that must not exist.

## Why is this bad?

A `utils` module collects whatever nobody wants to think about. A second `settings.py`, a `.env` with
passwords, a folder that was left for another one last year: each is a place where the next change goes
wrong, and the team has agreed to have none of them.

## What to do

Move what the file holds to where it belongs, and delete it. A path that ends with `/` is a folder; `*` and
`**` stand for any name and any depth, `{a,b}` for either of two. What `allow` names may stay. A folder is
reported once, at its `__init__.py` or its first file.

## Bad

```toml
[rules."layout/forbidden-path"]
paths = ["**/{utils,helpers}.py", "legacy/"]
because = "a module is named after what it does"
```

`shop/utils.py`:

```python
def rounded(price): ...  # error: [layout/forbidden-path] "`shop/utils.py` may not exist"
```

`legacy/orders.py`:

```python
def place(): ...  # error: [layout/forbidden-path] "`legacy/` may not exist"
```

`legacy/stock.py`:

```python
def count(): ...
```

## Good

```toml
[rules."layout/forbidden-path"]
paths = ["**/{utils,helpers}.py", "legacy/"]
allow = ["tests/**"]
```

`shop/prices.py`:

```python
def rounded(price): ...
```

`tests/helpers.py`:

```python
def order(): ...
```

## Source

The team's own agreement, written down in `paths`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import PathPattern
from archlint.demand import Demand, named
from archlint.finding import Severity
from archlint.project import Project
from archlint.project.files.tree import Tree, above, lies_within, literal_head
from archlint.rule import Outcome, Rule, Verdict


class ForbiddenPath(Rule, frozen=True):
    """Every pattern is a place, and so is every path that it matches."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    paths: tuple[PathPattern, ...]
    """What may not be there: files, or with `/` at the end folders, with `*`, `**` and `{a,b}`."""

    allow: tuple[PathPattern, ...] = ()
    """What may be there all the same, with what is below it."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What may not be created."""
        but = f", but for {named(self.allow)}" if self.allow else ""
        heads = tuple(literal_head(path) for path in self.paths)
        inside = tuple(f"{head}/" for head in heads) if all(heads) else ()
        yield Demand(f"Create no {named(self.paths, 'or')}{but}", (*inside, *self.paths) if inside else ())

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for each pattern; below a folder that is reported nothing more is."""
        tree = project.view(Tree)
        forbidden: set[str] = set()
        for pattern in self.paths:
            found = [path for match in tree.matching(pattern) for path in self._forbidden(tree, match)]
            forbidden.update(found)
            if not found:
                yield Outcome.KEPT
        for path in sorted(forbidden):
            if forbidden.isdisjoint(above(path)):
                yield self._found(tree, path)

    def _forbidden(self, tree: Tree, match: str) -> list[str]:
        """A match as a whole, or of a folder with something in it that is allowed the other files."""
        files = tree.below(match) if tree.is_folder(match) else (match,)
        left = [file for file in files if not any(lies_within(file, allowed) for allowed in self.allow)]
        return [match] if len(left) == len(files) else left

    def _found(self, tree: Tree, path: str) -> Verdict:
        return self.finding(
            tree.place(path),
            f"`{tree.shown(path)}` may not exist",
            "move what it holds to where that belongs and delete it, or name it in `allow`",
        )
