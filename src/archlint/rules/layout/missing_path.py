"""Required files and folders that do not exist.

## Why is this bad?

Others count on them: the image starts `run.sh`, the pipeline reads `requirements.txt`, and whoever joins
the team looks for `services/` where the architecture says it is.

## What to do

Create what is missing, or move it to where it is looked for. A path that ends with `/` is a folder, and a
folder without any file in it is not there. `*` and `**` stand for any name and any depth, `{a,b}` for either
of two. With `at-least`, some of the paths are enough: three of four layers, say.

## Bad

```toml
[rules."layout/missing-path"]
paths = [
    "README.md",
    "run.sh",  # error: [layout/missing-path] "`run.sh` does not exist"
    "app/{services,use_cases}/",
]
```

`README.md`:

```text
# The shop
```

`app/services/orders.py`:

```python
def place() -> None: ...
```

## Good

```toml
[rules."layout/missing-path"]
paths = ["README.md", "run.sh", "app/{services,use_cases}/"]
```

`README.md`:

```text
# The shop
```

`run.sh`:

```text
exec python -m app
```

`app/use_cases/orders.py`:

```python
def place() -> None: ...
```

## Source

The team's own agreement, written down in `paths`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import PathPattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError
from archlint.finding import Location, Severity
from archlint.project import Project
from archlint.project.files.absent_paths import is_ignored, may_be_unread, namesake
from archlint.project.files.tree import Tree, above, literal_head
from archlint.rule import Outcome, Rule, Verdict


class MissingPath(Rule, frozen=True):
    """Every pattern is a place: something matches it, or nothing does."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    paths: tuple[PathPattern, ...]
    """What must be there: files, or with `/` at the end folders, with `*`, `**` and `{a,b}`."""

    at_least: int | None = None
    """How many of them are enough; all must be there where nothing is said."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What must be there."""
        many = f"at least {self.at_least} of " if self.at_least is not None else ""
        yield Demand(f"Have {many}{named(self.paths)}", self.paths)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for each pattern. Raises ConfigError for one that only ignored files could match."""
        tree = project.view(Tree)
        missing = [at for at, pattern in enumerate(self.paths) if not tree.matching(pattern)]
        unread = [at for at in missing if may_be_unread(project, self.paths[at])]
        self._refuse(project, missing)
        present = len(self.paths) - len(missing)
        yield from [Outcome.KEPT] * present
        if self.at_least is None:
            yield from (
                Outcome.UNKNOWN if at in unread else self._missing(project, tree, at) for at in missing
            )
        elif present + len(unread) < self.at_least:
            yield self._too_few(project, present, [self.paths[at] for at in missing])

    def _refuse(self, project: Project, missing: list[int]) -> None:
        if self.at_least is not None and self.at_least > len(self.paths):
            key = self.option_key(project.config, "at_least")
            message = f"`at-least` asks for {self.at_least} of {len(self.paths)} paths"
            raise ConfigError((project.config.problem(key, message, "name more paths, or ask for fewer"),))
        key = self.option_key(project.config, "paths")
        problems = tuple(
            project.config.problem(
                f"{key}.{at}",
                f"`{self.paths[at]}` is ignored, so nobody can tell whether it is there",
                "leave it out of `exclude` and .gitignore, or take it out of `paths`",
            )
            for at in missing
            if is_ignored(project, self.paths[at])
        )
        if problems:
            raise ConfigError(problems)

    def _missing(self, project: Project, tree: Tree, at: int) -> Verdict:
        pattern = self.paths[at]
        elsewhere = namesake(tree, pattern)
        hint = f"is it `{elsewhere}`? move it there" if elsewhere else "create it"
        place = self._place(project, tree, f".{at}", pattern)
        return self.finding(place, f"`{pattern}` does not exist", f"{hint}, or take it out of `paths`")

    def _too_few(self, project: Project, present: int, missing: list[str]) -> Verdict:
        names = ", ".join(f"`{pattern}`" for pattern in missing)
        found = f"{present} of these {len(self.paths)} paths exist"
        return self.finding(
            self._place(project, project.view(Tree), "", missing[0]),
            f"{found}, {self.at_least} must be; missing: {names}",
            "create one that is missing, or lower `at-least`",
        )

    def _place(self, project: Project, tree: Tree, element: str, pattern: str) -> Location:
        """In the configuration, where the path is asked for; without one, the folder it should lie in."""
        config = project.config
        origin = config.origin(self.option_key(config, "paths") + element)
        if origin.line:
            return Location(origin.source, origin.line, origin.column, origin.line, origin.column)
        folder = next((each for each in above(f"{literal_head(pattern)}/") if tree.is_folder(each)), ".")
        return Location(config.source or folder, 1, 1, 1, 1)
