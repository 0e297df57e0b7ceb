"""Settings that name a module, a class or a model that the project does not have.

## Why is this bad?

`INSTALLED_APPS`, `MIDDLEWARE`, `ROOT_URLCONF`, `AUTH_USER_MODEL` and the like hold dotted names as text.
Nothing notices a wrong one until Django starts and raises `ModuleNotFoundError`, `ImportError` or
`ImproperlyConfigured`.

## What to do

Correct the name; it starts from a folder on Python's path, usually the one with `manage.py`.

## Bad

`market/settings.py`:

```python
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "market.shop",
    "market.shopping",  # error: [django/unresolved-setting] "`market.shopping`"
]
MIDDLEWARE = ["market.middleware.Timer"]  # error: [django/unresolved-setting] "`Timer`"
ROOT_URLCONF = "market.url"  # error: [django/unresolved-setting] "`market.url`"
AUTH_USER_MODEL = "shop.Usr"  # error: [django/unresolved-setting] "no model `Usr`"
```

`market/__init__.py`:

```python
```

`market/urls.py`:

```python
urlpatterns = []
```

`market/middleware.py`:

```python
class Clock: ...
```

`market/shop/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class User(AbstractUser): ...
```

## Good

`market/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "market.shop"]
MIDDLEWARE = ["market.middleware.Clock"]
ROOT_URLCONF = "market.urls"
AUTH_USER_MODEL = "shop.User"
```

`market/__init__.py`:

```python
```

`market/urls.py`:

```python
urlpatterns = []
```

`market/middleware.py`:

```python
class Clock: ...
```

`market/shop/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class User(AbstractUser): ...
```

## When not to use it

Names of other distributions are not looked up, only those that begin with a package of the project.

## Source

https://docs.djangoproject.com/en/5.2/ref/settings/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels, Settings
from archlint.frameworks.django.places import named_at
from archlint.frameworks.django.settings.dotted import dotted_settings
from archlint.frameworks.django.settings.modules import SettingsModule
from archlint.frameworks.django.settings.shortened_names import meant_by
from archlint.frameworks.django.settings.values import Scalar
from archlint.frameworks.dotted_names import dotted_answer, gap, names_of
from archlint.nearness import nearest
from archlint.project import MISSING, External, Folder, Module, Project, Unresolved
from archlint.project.files.generated import GeneratedModules
from archlint.project.files.tree import above
from archlint.project.finder import Finder
from archlint.project.symbols import Symbols
from archlint.remedies import respell, respelled
from archlint.rule import Outcome, Rule, Verdict


class UnresolvedSetting(Rule, frozen=True):
    """Every dotted name in such a setting that begins with a package of the project is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up what each settings module names. What several of them share is looked up once."""
        met: set[Scalar] = set()
        for settings in project.view(Settings).modules:
            for name, text in dotted_settings(settings):
                if text not in met and text.place.module is not None:
                    met.add(text)
                    yield from self._dotted(project, settings, name, text)
            for text in settings.texts("AUTH_USER_MODEL"):
                if text not in met:
                    met.add(text)
                    yield self._model(project, text)

    def _dotted(
        self, project: Project, settings: SettingsModule, name: str, text: Scalar
    ) -> Iterator[Verdict]:
        dotted = str(text.value)
        symbols = project.view(Symbols)
        answer = dotted_answer(symbols, settings.module, dotted)
        if isinstance(answer, External):
            yield from self._shortened(project, settings, name, text)
            return
        if answer is not MISSING:
            yield Outcome.UNKNOWN if isinstance(answer, Unresolved) else Outcome.KEPT
            return
        is_made = project.view(GeneratedModules).may_make(dotted.replace(".", "/"))
        if is_made or _starts_further_down(project, settings.module, dotted):
            yield Outcome.UNKNOWN
            return
        parent, last = gap(symbols, settings.module, dotted)
        known = names_of(project, parent)
        near = nearest(last, known)
        holder = parent.name if isinstance(parent, (Module, Folder)) else ""
        place = named_at(project, text.place, f'"{dotted}"')
        yield self.finding(
            place,
            f"`{name}` names `{dotted}`, and `{holder}` has no `{last}`",
            f"did you mean `{holder}.{near}`?" if near else f"add `{last}` there, or correct the name",
            remedy=respelled(place, last, known),
        )

    def _shortened(
        self, project: Project, settings: SettingsModule, name: str, text: Scalar
    ) -> Iterator[Verdict]:
        """Names that leave out the package in which the thing lies."""
        dotted = str(text.value)
        full = meant_by(project, settings, dotted)
        is_app = name != "INSTALLED_APPS" or _may_be_app(project, settings.module, full)
        if full and is_app:
            place = named_at(project, text.place, f'"{dotted}"')
            message = f"`{name}` names `{dotted}`, and that is `{full}`"
            yield self.finding(
                place, message, f"write `{full}`", remedy=respell(place, dotted, full, safe=False)
            )

    def _model(self, project: Project, text: Scalar) -> Verdict:
        models = project.view(DjangoModels)
        label = str(text.value)
        if models.named(label) is not None:
            return Outcome.KEPT
        app, _, name = label.rpartition(".")
        own = [model for model in models.declared() if model.app_label == app and not model.is_abstract]
        if not own or any(model.is_open for model in own):
            return Outcome.UNKNOWN
        known = [model.name for model in own]
        near = nearest(name, known)
        place = named_at(project, text.place, f'"{label}"')
        return self.finding(
            place,
            f"`AUTH_USER_MODEL` is `{label}`, and there is no model `{name}` in the app `{app}`",
            f"did you mean `{app}.{near}`?" if near else "name a model of that app",
            remedy=respelled(place, name, known),
        )


def _starts_further_down(project: Project, module: Module, dotted: str) -> bool:
    """Whether a name leads somewhere from a folder above the settings, where `manage.py` may be started."""
    finder, segments = project.view(Finder), dotted.split(".")
    for folder in above(module.path):
        key = "/".join([folder, *segments])
        holder = finder.at(key.rpartition("/")[0])
        if finder.at(key) is not None or (holder is not None and not holder.is_package):
            return True
    return False


def _may_be_app(project: Project, module: Module, dotted: str) -> bool:
    """Whether an application is a package, or names its configuration; a lone module is none."""
    found = project.view(Symbols).resolve(dotted, module)
    return not isinstance(found, Module) or found.is_package
