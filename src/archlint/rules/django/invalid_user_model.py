"""User models that Django refuses.

## Why is this bad?

`USERNAME_FIELD` says by what users log in. It has to be unique, or two people share one login, and it must
not stand in `REQUIRED_FIELDS` besides: Django does not start then. `AbstractUser` brings a `REQUIRED_FIELDS`
with `email`, and an `email` that is not unique: whoever logs in by it has to change both. And a method
`is_authenticated()` is true of everybody who is asked without the parentheses.

## What to do

Give the field `unique=True`, leave it out of `REQUIRED_FIELDS`, and make `is_authenticated` a property.

## Bad

`market/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts"]
AUTH_USER_MODEL = "accounts.Account"
```

`accounts/models.py`:

```python
from django.contrib.auth.models import AbstractUser


class Account(AbstractUser):
    USERNAME_FIELD = "email"  # error: [django/invalid-user-model] "not unique"
    REQUIRED_FIELDS = ["email"]  # error: [django/invalid-user-model] "besides"
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
from django.db import models


class Account(AbstractUser):
    email = models.EmailField(unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]
```

## Source

https://docs.djangoproject.com/en/5.2/topics/auth/customizing/#specifying-a-custom-user-model and the checks
`auth.E001` to `auth.E003`, `auth.C009` and `auth.C010`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Collection, Expression, Literal
from archlint.finding import Location, Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.meta_fields import unique_alone
from archlint.frameworks.django.places import model_at, written_at
from archlint.frameworks.django.settings.modules import Settings, SettingsModule
from archlint.frameworks.places.classes import function_at, option_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.rule import Outcome, Rule, Verdict

_ABSTRACT_USER = "django.contrib.auth.models.AbstractUser"
_BACKENDS = "AUTHENTICATION_BACKENDS"
_USUAL = "django.contrib.auth.backends.ModelBackend"
_QUESTIONS = ("is_anonymous", "is_authenticated")

Problem = tuple[Location, str, str]
"""Where something is wrong, what, and what to do."""


class InvalidUserModel(Rule, frozen=True):
    """The model that `AUTH_USER_MODEL` names is a place, if it is one of the project's."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the attributes that Django asks for."""
        models, settings = project.view(DjangoModels), project.view(Settings)
        model = models.named(settings.user_model) if settings.user_model else None
        if model is None or model.cls is None or model.is_abstract:
            return
        user = _User(project, models, model, model.cls)
        if not user.is_seen:
            yield Outcome.UNKNOWN
            return
        problems = list(user.problems())
        if not problems:
            yield Outcome.KEPT
        for location, message, hint in problems:
            yield self.finding(location, message, hint)


class _User:
    def __init__(self, project: Project, models: DjangoModels, model: DjangoModel, cls: ProjectClass) -> None:
        self._project, self._models, self._model, self._cls = project, models, model, cls
        self._values = project.view(ClassValues)
        outside = self._values.outside(cls)
        self._is_usual = outside is not None and _ABSTRACT_USER in outside
        self.is_seen = outside is not None and not model.is_open and not models.is_made_otherwise(model)

    def problems(self) -> Iterator[Problem]:
        """Everything that Django refuses."""
        yield from self._methods()
        name, location = self._name()
        if not name:
            return
        required, listed = self._required()
        if isinstance(required, Literal) and isinstance(required.value, str):
            yield listed, "`REQUIRED_FIELDS` has to be a list", f'write `["{required.value}"]`'
        if name in _texts(required):
            message = f"`{name}` is the `USERNAME_FIELD`, and stands in `REQUIRED_FIELDS` besides"
            yield listed, message, "leave it out of `REQUIRED_FIELDS`"
        yield from self._unique(name, location)

    def _name(self) -> tuple[str, Location]:
        held = self._values.of(self._cls, "USERNAME_FIELD")
        at = model_at(self._project, self._model)
        if held is None:
            return ("username" if self._is_usual else ""), at
        text = held.value.value if isinstance(held.value, Literal) else None
        where = written_at(self._project, held.holder.module, held.value, at) if held.value else at
        return (text if isinstance(text, str) else ""), where

    def _required(self) -> tuple[Expression | None, Location]:
        held = self._values.of(self._cls, "REQUIRED_FIELDS")
        if held is not None:
            return held.value, option_at(self._project, held)
        usual = Collection("list", (Literal("email", 0, 0),), 0, 0) if self._is_usual else None
        return usual, self._name()[1]

    def _unique(self, name: str, location: Location) -> Iterator[Problem]:
        settings = self._project.view(Settings)
        if any(one.names.is_open or not _is_usual(one) for one in settings.modules):
            return  # a backend of its own may know what to do with two of one name
        field = self._model.member(name)
        if field is None:
            if not self._models.may_have(self._model, name):
                hint = near_or_all(name, self._model.fields)
                yield location, f"`{self._model.name}` has no field `{name}` to log in by", hint
            return
        held = self._models.declaration(self._model, name)
        is_seen = field.place is None or (held is not None and held.is_plain and held.is_certain)
        if (
            field.unique
            or field.primary_key
            or not is_seen
            or unique_alone(self._model.meta, name) is not False
        ):
            return
        yield location, f"users log in by `{name}`, which is not unique", f"give `{name}` `unique=True`"

    def _methods(self) -> Iterator[Problem]:
        for name in _QUESTIONS:
            held = self._values.of(self._cls, name)
            method = held.function if held is not None else None
            if method is not None and not method.fact.decorators:
                at = function_at(self._project, method)
                yield at, f"`{name}` is a method, and so true of everybody", "make it a `@property`"


def _is_usual(settings: SettingsModule) -> bool:
    """Whether users log in by the backend that they log in by where no settings say it."""
    if settings.get(_BACKENDS) is None:
        return True
    names = {str(text.value) for text in settings.texts(_BACKENDS)}
    return names == {_USUAL} and settings.is_closed(_BACKENDS)


def _texts(value: Expression | None) -> frozenset[object]:
    items = value.items if isinstance(value, Collection) else ()
    return frozenset(item.value for item in items if isinstance(item, Literal))
