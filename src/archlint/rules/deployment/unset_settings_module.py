"""Commands of Django that nobody tells where the settings are.

## Why is this bad?

`manage.py` names the settings; `python -m django` and `django-admin` do not, nor does a server that imports
`asgi.py` or `wsgi.py` itself. Without `DJANGO_SETTINGS_MODULE` the first setting that is read raises
`ImproperlyConfigured`, and the script ends.

## What to do

Use `manage.py`, or set the variable: `export DJANGO_SETTINGS_MODULE=shop.settings` in the script,
`os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")` in `asgi.py` and `wsgi.py`.

## Bad

`run.sh`:

```sh
python -m django migrate  # warning: [deployment/unset-settings-module] "DJANGO_SETTINGS_MODULE"
gunicorn shop.wsgi:application  # warning: [deployment/unset-settings-module] "`shop.wsgi`"
```

`shop/__init__.py`:

```python
```

`shop/settings.py`:

```python
SECRET_KEY = "secret"
```

`shop/wsgi.py`:

```python
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
```

## Good

`run.sh`:

```sh
export DJANGO_SETTINGS_MODULE=shop.settings
python -m django migrate
```

`manage.py`:

```python
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
```

`shop/__init__.py`:

```python
```

`shop/settings.py`:

```python
SECRET_KEY = "secret"
```

## When not to use it

Where the variable is set by whoever runs the script.

## Source

"Designating the settings" in Django's documentation; verified with Django 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archlint.finding import Severity
from archlint.frameworks.scripts.entries import PYTHON, Started, started
from archlint.frameworks.scripts.steps import Step, steps
from archlint.project import Module, Project
from archlint.rule import Outcome, Rule, Verdict

_VARIABLE: Final = "DJANGO_SETTINGS_MODULE"
_WITHOUT: Final = frozenset({"help", "startproject", "startapp", "version", "--version", "--help"})
"""Commands that need no settings."""

_APPLICATIONS: Final = ("get_asgi_application", "get_wsgi_application")


class UnsetSettingsModule(Rule, frozen=True):
    """Every command of Django in a script, and every server that imports an application of it, is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the variable in the script, and in every file that is not Python."""
        places = [step for step in steps(project) if _is_command(step)]
        applications = [
            (each, module) for each in started(project) if (module := _application(project, each))
        ]
        if not places and not applications:
            return
        is_set_somewhere = any(
            _VARIABLE in project.text(path).text for path in project.files if _may_set(path)
        )
        for step in places:
            if is_set_somewhere or _is_told(step):
                yield Outcome.KEPT
            else:
                message = f"nothing sets {_VARIABLE}: Django does not find its settings"
                yield self.finding(step.location(), message, "use `manage.py`, or export it before")
        for entry, module in applications:
            if is_set_somewhere or _is_told(entry.step) or _sets(project, module):
                yield Outcome.KEPT
            else:
                message = f"nothing sets {_VARIABLE}, and `{entry.module}` needs it"
                yield self.finding(
                    entry.step.location(), message, f"set it in `{module.path}`, or export it before"
                )


def _is_command(step: Step) -> bool:
    words = step.words
    if words[0] in PYTHON and words[1:3] == ("-m", "django"):
        return words[3:4] != () and words[3] not in _WITHOUT
    return words[0] == "django-admin" and words[1:2] != () and words[1] not in _WITHOUT


def _is_told(step: Step) -> bool:
    return _VARIABLE in step.environment or any(word.startswith("--settings") for word in step.words)


def _application(project: Project, entry: Started) -> Module | None:
    """The module of the project in which a server finds Django's application."""
    found = project.by_name.get(entry.module, ()) if entry.attribute else ()
    if len(found) != 1:
        return None
    speaks = any(name in project.text(found[0].path).text for name in _APPLICATIONS)
    return found[0] if speaks else None


def _sets(project: Project, module: Module) -> bool:
    """Whether a module, or one that is imported by it, speaks of the variable."""
    names = {fact.module for fact in module.facts.imports if not fact.level} | {module.name}
    names |= {f"{fact.module}.{fact.name}" for fact in module.facts.imports if not fact.level}
    near = [each for name in names for each in project.by_name.get(name, ())]
    parents = [
        each for each in project.modules if each.is_package and module.name.startswith(f"{each.name}.")
    ]
    has_relative = any(fact.level for fact in module.facts.imports)
    return has_relative or any(_VARIABLE in project.text(each.path).text for each in (*near, *parents))


def _may_set(path: str) -> bool:
    """Whether a file can set variables for a script: not one that is only read by people."""
    name = path.rpartition("/")[2]
    return not name.endswith((".sh", ".md", ".rst", ".po", ".html", ".js", ".css", ".svg", ".json", ".txt"))
