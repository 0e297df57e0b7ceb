"""App configurations whose `name` leads nowhere.

## Why is this bad?

`AppConfig.name` is the dotted name of the package, as Python imports it. An app that was moved into a folder
of apps, or out of one, keeps the name it was made with, and Django does not start: `ImproperlyConfigured`,
"Cannot import 'orders'. Check that 'apps.orders.apps.OrdersConfig.name' is correct".

## What to do

Write the whole name of the package: `name = "apps.orders"`. Give it a `label` if other code calls it
otherwise.

## Bad

`site_config/settings.py`:

```python
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "apps.orders",
    "apps.people.apps.People",
]
```

`apps/__init__.py`:

```python
```

`apps/orders/__init__.py`:

```python
```

`apps/orders/apps.py`:

```python
from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"  # error: [django/misnamed-app] "`apps.orders`"
```

`apps/people/__init__.py`:

```python
```

`apps/people/apps.py`:

```python
from django.apps import AppConfig


class People(AppConfig):
    name = "app.people"  # error: [django/misnamed-app] "`apps.people`"
    label = "members"
```

## Good

`site_config/settings.py`:

```python
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "apps.orders",
    "apps.people.apps.People",
]
```

`apps/__init__.py`:

```python
```

`apps/orders/__init__.py`:

```python
```

`apps/orders/apps.py`:

```python
from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "apps.orders"
    label = "orders"
```

`apps/people/__init__.py`:

```python
```

`apps/people/apps.py`:

```python
from django.apps import AppConfig


class People(AppConfig):
    name = "apps.people"
```

## When not to use it

Names that may come from another distribution, or from a folder that something puts on Python's path, are left
alone.

## Source

https://docs.djangoproject.com/en/5.2/ref/applications/#django.apps.AppConfig.name
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Literal
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django import Settings
from archlint.frameworks.django.settings.shortened_names import comes_from_nowhere
from archlint.frameworks.places.expressions import text_at
from archlint.project import MISSING, External, Module, Project
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.symbols import Symbols
from archlint.remedies import respell
from archlint.rule import Outcome, Rule, Verdict

_BASE = "django.apps.AppConfig"


class MisnamedApp(Rule, frozen=True):
    """Every configuration of the project that an entry of `INSTALLED_APPS` stands for is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the name of each with the one that leads to it."""
        met: set[ProjectClass] = set()
        for settings in project.view(Settings).modules:
            for entry in settings.texts("INSTALLED_APPS"):
                found = _configured(project, settings.module, str(entry.value))
                if found is not None and found[0] not in met:
                    met.add(found[0])
                    yield self._named(project, settings.module, *found)

    def _named(self, project: Project, settings: Module, cls: ProjectClass, package: str) -> Verdict:
        given = project.view(ClassValues).of(cls, "name")
        name = given.value if given is not None else None
        if given is None or not isinstance(name, Literal) or not isinstance(name.value, str):
            return Outcome.UNKNOWN
        if name.value == package:
            return Outcome.KEPT
        answer = project.view(Symbols).resolve(name.value, settings)
        is_nowhere = answer is MISSING or isinstance(answer, External)
        is_alike = name.value.rpartition(".")[2] == package.rpartition(".")[2]
        if not (is_nowhere and is_alike and comes_from_nowhere(project, name.value)):
            return Outcome.UNKNOWN
        place = text_at(project, given.holder.module, name)
        return self.finding(
            place,
            f"`{cls.fact.name}` is named `{name.value}`, which is nowhere: the app is `{package}`",
            f'write `name = "{package}"`',
            remedy=respell(place, name.value, package, safe=False),
        )


def _configured(project: Project, settings: Module, entry: str) -> tuple[ProjectClass, str] | None:
    """The configuration that an entry stands for, and the name of its package as the entry has it."""
    symbols, hierarchy = project.view(Symbols), project.view(ClassHierarchy)
    found = symbols.resolve(entry, settings)
    if isinstance(found, Definition) and found.kind is Kind.CLASS and not found.member:
        cls = ProjectClass(found.module, found.index)
        return (cls, _package(found.module, entry)) if hierarchy.is_subclass(cls, _BASE) else None
    apps = symbols.resolve(f"{entry}.apps", settings) if isinstance(found, Module) else None
    if not isinstance(apps, Module):
        return None
    classes = (ProjectClass(apps, index) for index in range(len(apps.classes)))
    configured = [cls for cls in classes if hierarchy.is_subclass(cls, _BASE)]
    return (configured[0], entry) if len(configured) == 1 else None


def _package(module: Module, entry: str) -> str:
    """The package of a configuration, from an entry that names its class: `shop.orders.apps.Orders`."""
    home = entry.rpartition(".")[0]
    return home.removesuffix(".apps") if module.is_package else home.rpartition(".")[0]
