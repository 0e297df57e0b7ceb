"""Files without the other file that belongs to each of their kind.

## Why is this bad?

Where every service has its tests, in a file that anyone finds by the service's name, a service without them
is a gap that nobody sees. The same holds for a view and its template, a model and its factory, an
application and its README.

## What to do

Write the companion, or move it to where it is looked for. A name in braces, as `{name}`, stands for the same
text on both sides, `{**}` for the same folders. With `mutual`, a companion whose file is gone is reported
too. `__init__.py` and similar files need no companions. A companion that has grown from a module into a
package is there: `orders/` for `orders.py`.

## Bad

```toml
[rules."layout/missing-companion"]
each = "app/services/{name}.py"
needs = "tests/services/test_{name}.py"
```

`app/services/orders.py`:

```python
# error: [layout/missing-companion] "`app/services/orders.py` has no `tests/services/test_orders.py`"
def place() -> None: ...
```

## Good

```toml
[rules."layout/missing-companion"]
each = "app/services/{name}.py"
needs = "tests/services/test_{name}.py"
```

`app/services/__init__.py`:

```python
```

`app/services/orders.py`:

```python
def place() -> None: ...
```

`tests/services/test_orders.py`:

```python
def test_place() -> None: ...
```

## Source

The team's own agreement, written down in `each` and `needs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archlint.config.model import PathPattern
from archlint.demand import Demand
from archlint.errors import ConfigError, ConfigProblem
from archlint.finding import Severity
from archlint.project import Project
from archlint.project.files.absent_paths import may_be_unseen, namesake
from archlint.project.files.captures import captured, filled, is_sound, names
from archlint.project.files.tree import Tree, alternatives, lies_within
from archlint.rule import Outcome, Rule, Verdict

_PLACEHOLDER = re.compile(r"\{(?:\*\*|\w+)\}")
"""What stands for the same text on both sides."""


class MissingCompanion(Rule, frozen=True):
    """Every file that needs another one is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    each: PathPattern
    """The files that need a companion, or with `/` at the end folders: a path with names and wildcards."""

    needs: PathPattern
    """The companion of each, a file or folder, with the same names."""

    mutual: bool = False
    """Whether the companion needs its file as well."""

    allow: tuple[PathPattern, ...] = ()
    """Files that need no companion, with what is below a folder."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What belongs to what."""
        both = (self.each, self.needs) if self.mutual else (self.each,)
        back = ", and the other way round" if self.mutual else ""
        inside = tuple(
            _PLACEHOLDER.sub(lambda found: "**" if "*" in found[0] else "*", each) for each in both
        )
        yield Demand(f"Give each `{self.each}` its `{self.needs}`{back}", inside, self.allow)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the companions. Raises ConfigError for patterns that cannot be or match nothing."""
        tree = project.view(Tree)
        self._refuse(project, tree)
        for path, companion in self._pairs(tree, self.each, self.needs):
            message = f"`{tree.shown(path)}` has no `{companion}`"
            yield self._judged(project, path, companion, message, self._way(tree, companion, self.needs))
        for path, companion in self._pairs(tree, self.needs, self.each) if self.mutual else ():
            shown = tree.shown(path)
            message = f"`{shown}` belongs to `{companion}`, which does not exist"
            way = f"{self._way(tree, companion, self.each)}, delete `{shown}`"
            yield self._judged(project, path, companion, message, way)

    def _pairs(self, tree: Tree, each: str, needs: str) -> Iterator[tuple[str, str]]:
        """Every path that matches, with the path or pattern of what it needs."""
        for pattern in alternatives(each):
            for path in tree.folders if pattern.endswith("/") else tree.files:
                values = captured(pattern, path)
                if values is None or any(text.startswith("__") for text in values.values()):
                    continue
                if not any(lies_within(path, allowed) for allowed in self.allow):
                    yield path, filled(needs, values)

    def _judged(self, project: Project, path: str, companion: str, message: str, way: str) -> Verdict:
        tree = project.view(Tree)
        if tree.matching(companion) or tree.matching(_as_package(companion)):
            return Outcome.KEPT
        if may_be_unseen(project, companion):
            return Outcome.UNKNOWN
        return self.finding(tree.place(path), message, f"{way}, or name `{tree.shown(path)}` in `allow`")

    def _way(self, tree: Tree, companion: str, template: str) -> str:
        """How to come to a companion: one of that very name may lie elsewhere."""
        is_telling = bool(names(template.rpartition("/")[2]))
        elsewhere = namesake(tree, companion) if is_telling else ""
        return f"move `{elsewhere}` there" if elsewhere else f"write `{companion}`"

    def _refuse(self, project: Project, tree: Tree) -> None:
        problems = tuple(self._problems(project, tree))
        if problems:
            raise ConfigError(problems)

    def _problems(self, project: Project, tree: Tree) -> Iterator[ConfigProblem]:
        each, needs = (self.option_key(project.config, option) for option in ("each", "needs"))
        malformed = [
            (key, pattern)
            for key, pattern in ((each, self.each), (needs, self.needs))
            if not all(is_sound(one) for one in alternatives(pattern))
        ]
        for key, pattern in malformed:
            hint = "names look like `{name}`; `{**}` is a folder of its own"
            yield project.config.problem(key, f"the braces of `{pattern}` say nothing", hint)
        if malformed:
            return
        strange = sorted(names(self.needs) - names(self.each))
        if strange:
            yield project.config.problem(needs, f"`{{{strange[0]}}}` does not stand in `each`")
        if next(self._pairs(tree, self.each, self.needs), None) is None:
            yield project.config.problem(each, f"`{self.each}` matches no file that needs a companion")


def _as_package(companion: str) -> str:
    """Where a module's code lies once it has become a package."""
    return f"{companion.removesuffix('.py')}/__init__.py" if companion.endswith(".py") else companion
