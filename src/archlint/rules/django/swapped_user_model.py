"""Relations to `auth.User` where the project has a user model of its own.

## Why is this bad?

With `AUTH_USER_MODEL` set to another model, `auth.User` is swapped out: it has no table and no manager. A
relation that still points at it is refused by Django's system checks (`fields.E301`), and with them
`runserver`, `migrate` and `test` stop.

## What to do

Point at `settings.AUTH_USER_MODEL`, which is right whatever the user model is.

## Bad

`market/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts", "reviews"]
AUTH_USER_MODEL = "accounts.Account"
```

`accounts/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class Account(AbstractUser): ...
```

`reviews/models.py`:

```python
from django.contrib.auth import models as auth
from django.db import models


class Review(models.Model):
    author = models.ForeignKey(  # error: [django/swapped-user-model] "`accounts.Account`"
        "auth.User", on_delete=models.CASCADE
    )
    editor = models.ForeignKey(  # error: [django/swapped-user-model] "`auth.User`"
        auth.User, on_delete=models.CASCADE, related_name="+"
    )
```

## Good

`market/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts", "reviews"]
AUTH_USER_MODEL = "accounts.Account"
```

`accounts/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class Account(AbstractUser): ...
```

`reviews/models.py`:

```python
from django.conf import settings
from django.db import models


class Review(models.Model):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
```

## Source

https://docs.djangoproject.com/en/5.2/topics/auth/customizing/#referencing-the-user-model
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.arguments import given
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.expressions import end_of
from archlint.project import Project
from archlint.remedies import replaced
from archlint.rule import Outcome, Rule, Verdict


class SwappedUserModel(Rule, frozen=True):
    """Every relation with a known target is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for targets that the settings have swapped out."""
        models = project.view(DjangoModels)
        for model, member, declaration in models.own():
            if not isinstance(member, Relation) or model.is_swapped:
                continue
            target = models.model(member.target)
            if not isinstance(target, DjangoModel):
                yield Outcome.UNKNOWN
                continue
            if not target.is_swapped:
                yield Outcome.KEPT
                continue
            user = models.settings.user_model
            place, target_form = declared_at(project, declaration), given(declaration, "to")
            remedy = None
            if target_form is not None and declaration.place is not None:
                said = end_of(project, declaration.place.module, target_form)
                remedy = replaced(said, "{0}.AUTH_USER_MODEL", "django.conf.settings")
            yield self.finding(
                place,
                f"`{declaration.name}` points at `{target.label}`, which `AUTH_USER_MODEL` replaces "
                f"with `{user}`",
                "point at `settings.AUTH_USER_MODEL`",
                remedy=remedy,
            )
