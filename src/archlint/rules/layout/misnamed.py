r"""Files, classes and functions whose names do not say what they are.

## Why is this bad?

Where every service is called `…Service` and every selector starts with `get_` or `list_`, a name tells what
a thing is and where it is found. One name that breaks the habit is overlooked, and the next one follows it.

## What to do

Rename it; the hint has the new name where only the letters are wrong. What a name must be is a style
(`snake_case`, `PascalCase`, `camelCase`, `UPPER_CASE`, `kebab-case`) or a regular expression for all of it.
A file's name is judged without its endings. Classes and functions are those at the top level of a module.
Names that start with an underscore are private, and free.

## Bad

```toml
[[rules."layout/misnamed"]]
paths = ["app/services/"]
files = "snake_case"
classes = '\w+Service'
functions = "snake_case"
```

`app/services/orders.py`:

```python
class Orders:  # error: [layout/misnamed] "the class `Orders` is not named like `\w+Service`"
    ...


def placeOrder(): ...  # error: [layout/misnamed] "the function `placeOrder` is not in snake_case"
```

## Good

```toml
[[rules."layout/misnamed"]]
paths = ["app/services/"]
files = "snake_case"
classes = '\w+Service'
functions = "snake_case"
```

`app/services/orders.py`:

```python
class OrderService:
    class Meta: ...


class _Draft: ...


def place_order(): ...
```

## Source

The team's own agreement, written down in the options; for Python's usual styles
https://peps.python.org/pep-0008/#naming-conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archlint.concrete.patterns.regular import Endless, spells
from archlint.config.model import PathPattern
from archlint.demand import Demand, named
from archlint.errors import ConfigError, ConfigProblem
from archlint.facts import ClassFact, FunctionFact
from archlint.finding import Location, Severity
from archlint.project import Module, Project
from archlint.project.files.tree import Tree
from archlint.project.names.name_places import name_place
from archlint.project.names.naming import STYLES, misspelled_style, renamed
from archlint.rule import Outcome, Rule, Verdict


class Misnamed(Rule, frozen=True):
    """Every name of a kind that is asked about is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    paths: tuple[PathPattern, ...]
    """Files, or with `/` at the end all below a folder, with `*`, `**` and `{a,b}`."""

    files: str = ""
    """What the files themselves must be called, without their endings: a style or a regular expression."""

    classes: str = ""
    """What the classes in them must be called."""

    functions: str = ""
    """What the functions in them must be called; methods are not meant."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What names look like."""
        kinds = (("files", self.files), ("classes", self.classes), ("functions", self.functions))
        said = ", ".join(f"{kind} like `{style}`" for kind, style in kinds if style)
        yield Demand(f"In {named(self.paths)}, name {said}", self.paths)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the names. Raises ConfigError for what matches no file or is no regular expression."""
        self._refuse(project)
        tree = project.view(Tree)
        for path in dict.fromkeys(path for pattern in self.paths for path in tree.files_of(pattern)):
            if self.files:
                yield from self._judged("file", _stem(path), self.files, tree.place(path))
            module = project.module_at(path)
            if module is not None and (self.classes or self.functions):
                yield from self._inside(project, module)

    def _inside(self, project: Project, module: Module) -> Iterator[Verdict]:
        if module.facts.fault is not None:
            yield Outcome.UNKNOWN
            return
        asked: tuple[tuple[str, str, tuple[ClassFact, ...] | tuple[FunctionFact, ...]], ...] = (
            ("class", self.classes, module.classes),
            ("function", self.functions, module.functions),
        )
        for kind, wanted, facts in asked:
            for fact in facts if wanted else ():
                if fact.qualname == fact.name:
                    yield from self._judged(
                        kind,
                        fact.name,
                        wanted,
                        name_place(project, module, fact.name, fact.line, fact.column),
                    )

    def _judged(self, kind: str, name: str, wanted: str, place: Location) -> Iterator[Verdict]:
        if name.startswith("_"):
            return
        style = STYLES.get(wanted)
        if spells(style or wanted, name):
            yield Outcome.KEPT
        elif style and not name.isascii():
            yield Outcome.UNKNOWN  # the styles are spelled in the letters of ASCII
        else:
            how = f"in {wanted}" if style else f"named like `{wanted}`"
            better = renamed(name, wanted) if style else ""
            hint = f"rename it to `{better}`" if better else f"rename it so that all of it matches `{wanted}`"
            yield self.finding(place, f"the {kind} `{name}` is not {how}", hint)

    def _refuse(self, project: Project) -> None:
        problems = [*self._without_files(project), *self._malformed(project)]
        if problems:
            raise ConfigError(tuple(problems))

    def _without_files(self, project: Project) -> Iterator[ConfigProblem]:
        tree, key = project.view(Tree), self.option_key(project.config, "paths")
        for at, pattern in enumerate(self.paths):
            if not tree.files_of(pattern):
                hint = f"write `{pattern}/` for all below it" if tree.is_folder(pattern) else ""
                yield project.config.problem(f"{key}.{at}", f"`{pattern}` matches no file", hint)

    def _malformed(self, project: Project) -> Iterator[ConfigProblem]:
        for option in ("files", "classes", "functions"):
            wanted = getattr(self, option)
            try:
                spells(wanted, "")
            except Endless as error:
                key = self.option_key(project.config, option)
                message = f"`{wanted}` may take for ever: {error}"
                yield project.config.problem(key, message, "write it without repeats inside repeats")
            except (re.error, RecursionError, OverflowError) as error:
                key = self.option_key(project.config, option)
                styles = ", ".join(f"`{style}`" for style in STYLES)
                message = f"`{wanted}` is not a valid regular expression: {error}"
                yield project.config.problem(key, message, f"or one of the styles {styles}")
            if style := misspelled_style(wanted):
                key = self.option_key(project.config, option)
                message = f"`{wanted}` is not a style, and as a regular expression it matches only that word"
                yield project.config.problem(key, message, f"did you mean `{style}`?")
        if not (self.files or self.classes or self.functions):
            key = self.option_key(project.config, "paths")
            yield project.config.problem(
                key, "no names are asked about", "set `files`, `classes` or `functions`"
            )


def _stem(path: str) -> str:
    """The name of a file without its endings; that of a hidden file starts behind its dot."""
    return path.rpartition("/")[2].lstrip(".").partition(".")[0]
