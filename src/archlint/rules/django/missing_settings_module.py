"""A settings module that is named where Django starts, and is not there.

## Why is this bad?

`DJANGO_SETTINGS_MODULE` is only a text until the first setting is read. Where it names a module that was
moved or renamed, every command and every server fails: `ModuleNotFoundError: No module named
'shop.settings.production'`.

## What to do

Write the name by which the module can be imported from where the project starts.

## Bad

`manage.py`:

```python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE",
        "shop.settings.production",  # error: [django/missing-settings-module] "no `production`"
    )
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
```

`shop/settings/__init__.py`:

```python
```

`shop/settings/prod.py`:

```python
SECRET_KEY = "secret"
INSTALLED_APPS = []
```

## Good

`manage.py`:

```python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.prod")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
```

`shop/settings/__init__.py`:

```python
```

`shop/settings/prod.py`:

```python
SECRET_KEY = "secret"
INSTALLED_APPS = []
```

## When not to use it

Names that begin with no package of the project are not looked up.

## Source

https://docs.djangoproject.com/en/5.2/topics/settings/; verified with Django 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Location, Severity
from archlint.frameworks.django.settings.named_settings import NamedSettings, named_settings
from archlint.nearness import nearest
from archlint.project import MISSING, Folder, Module, Project
from archlint.project.files.generated import GeneratedModules
from archlint.project.finder import Finder
from archlint.project.symbols import Symbols
from archlint.rule import Outcome, Rule, Verdict


class MissingSettingsModule(Rule, frozen=True):
    """Every name of a settings module in a file that starts Django is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look each name up."""
        symbols, generated = project.view(Symbols), project.view(GeneratedModules)
        for named in named_settings(project):
            parent, _, last = named.name.rpartition(".")
            holder = symbols.resolve(parent, named.seen_from)
            found = symbols.resolve(named.name, named.seen_from)
            is_there = found is not MISSING or _is_below(project, named)
            if is_there or not isinstance(holder, (Module, Folder)):
                yield Outcome.KEPT
                continue
            if generated.may_make(named.name.replace(".", "/")):
                yield Outcome.UNKNOWN
                continue
            near = nearest(last, project.view(Finder).children(holder))
            end = named.column + len(named.name)
            yield self.finding(
                Location(named.path, named.line, named.column, named.line, end),
                f"`DJANGO_SETTINGS_MODULE` is `{named.name}`, and `{parent}` has no `{last}`",
                f"did you mean `{parent}.{near}`?" if near else "name a module that is there",
            )


def _is_below(project: Project, named: NamedSettings) -> bool:
    """Whether the module lies below a folder that the file is in: a program finds what lies beside it."""
    path, folder = named.name.replace(".", "/"), named.path
    while folder:
        folder = folder.rpartition("/")[0]
        inside = f"{folder}/{path}" if folder else path
        if project.module_at(f"{inside}.py") or project.module_at(f"{inside}/__init__.py"):
            return True
    return False
