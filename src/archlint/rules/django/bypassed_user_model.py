"""Imports of `auth.User` where the project has a user model of its own.

## Why is this bad?

With `AUTH_USER_MODEL` set to another model, `django.contrib.auth.models.User` is swapped out: it has no
table, and `User.objects` raises `AttributeError: Manager isn't available; 'auth.User' has been swapped`
(Django documentation, "Customizing authentication").

## What to do

Use `get_user_model()`, or import the project's own model.

## Bad

`market/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts"]
AUTH_USER_MODEL = "accounts.Account"
```

`accounts/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class Account(AbstractUser): ...
```

`accounts/services.py`:

```python
from django.contrib.auth.models import User  # warning: [django/bypassed-user-model] "`accounts.Account`"


def everybody():
    return User.objects.all()
```

## Good

`market/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts"]
AUTH_USER_MODEL = "accounts.Account"
```

`accounts/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class Account(AbstractUser): ...
```

`accounts/services.py`:

```python
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


def everybody():
    return get_user_model().objects.all()
```

## Source

https://docs.djangoproject.com/en/5.2/topics/auth/customizing/#referencing-the-user-model
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Severity
from archlint.frameworks.django import DjangoModels, Settings
from archlint.project import Project
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict

_HOME = "django.contrib.auth.models"


class BypassedUserModel(Rule, frozen=True):
    """Every import from the models of `django.contrib.auth` is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for imports of the model that is swapped out."""
        user = project.view(Settings).user_model
        model = project.view(DjangoModels).named(user) if user else None
        for module in project.modules:
            for fact in module.facts.imports:
                if fact.module != _HOME or fact.typing:
                    continue
                if fact.name != "User" or (user or "").lower() == "auth.user":
                    yield Outcome.KEPT
                elif user is None:
                    yield Outcome.UNKNOWN
                else:
                    place = project.location(module, *fact.span)
                    is_named_so = model is not None and model.key.endswith(".User")
                    is_elsewhere = model is not None and model.key != f"{module.name}.User"
                    yield self.finding(
                        place,
                        f"`User` is swapped out: `AUTH_USER_MODEL` is `{user}`",
                        "use `get_user_model()`, or import the project's own model",
                        remedy=stepped(Act.RETARGET, place, "", "User", model.key, safe=False)
                        if model is not None and is_named_so and is_elsewhere
                        else None,
                    )
