"""Forms of `django.contrib.auth` that work on `auth.User`, where the project has a user model of its own.

## Why is this bad?

`UserCreationForm` and `UserChangeForm` name `auth.User` in their `Meta`. With `AUTH_USER_MODEL` set to
another model, that one is swapped out and has no manager: the form is made and shown, and validating or
saving it raises `AttributeError: Manager isn't available; 'auth.User' has been swapped`.

## What to do

Inherit from the form, and name the user model in a `Meta` of its own.

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

`accounts/views.py`:

```python
from django.contrib.auth.forms import UserCreationForm
from django.views.generic import CreateView


class SignUpForm(UserCreationForm):  # error: [django/swapped-user-form] "`SignUpForm` works on `auth.User`"
    class Meta(UserCreationForm.Meta):
        fields = ("username", "email")


class SignUp(CreateView):
    form_class = UserCreationForm  # error: [django/swapped-user-form] "`UserCreationForm` works"
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

`accounts/views.py`:

```python
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UserCreationForm
from django.views.generic import CreateView


class SignUpForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = get_user_model()
        fields = ("username", "email")


class SignUp(CreateView):
    form_class = SignUpForm
```

## Source

https://docs.djangoproject.com/en/5.2/topics/auth/customizing/#custom-users-and-the-built-in-auth-forms
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Name
from archlint.facts.forms import walked
from archlint.finding import Finding, Location, Severity
from archlint.frameworks.class_heads import ClassHeads, aliases
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django import Settings
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.project.module import Module
from archlint.rule import Outcome, Rule, Verdict

_HOME = "django.contrib.auth.forms"
_FORMS = frozenset({"UserCreationForm", "BaseUserCreationForm", "AdminUserCreationForm", "UserChangeForm"})
_OF_ADMIN = ("form", "add_form")
"""What the admin takes for its own model, whatever the form says."""


class SwappedUserForm(Rule, frozen=True):
    """Every use of a form that works on `auth.User` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at heirs of the forms, at views that take them as they are, and where they are made."""
        user = project.view(Settings).user_model
        if user is None or user.lower() == "auth.user":
            return
        for cls in _heirs(project):
            if _names_model(project, cls):
                yield Outcome.KEPT
            elif _is_for_admin(project, cls):
                yield Outcome.UNKNOWN
            else:
                yield self._found(class_at(project, cls), cls.fact.name, user)
        for module in project.modules:
            for at, name in _taken(project, module):
                yield self._found(at, name, user)

    def _found(self, at: Location, name: str, user: str) -> Finding:
        return self.finding(
            at,
            f"`{name}` works on `auth.User`, which `AUTH_USER_MODEL` replaces with `{user}`",
            "inherit from the form, and give it a `Meta` with `model = get_user_model()`",
        )


def _heirs(project: Project) -> Iterator[ProjectClass]:
    """The classes below one of the forms."""
    heads, values = project.view(ClassHeads), project.view(ClassValues)
    names = heads.going_by(_FORMS)
    for module, classes in heads:
        local = names | aliases(module, names)
        for index, head in enumerate(classes):
            if local.isdisjoint(head.bases):
                continue
            cls = ProjectClass(module, index)
            outside = values.outside(cls) or ()
            if any(name.startswith(f"{_HOME}.") and name.rpartition(".")[2] in _FORMS for name in outside):
                yield cls


def _names_model(project: Project, cls: ProjectClass) -> bool:
    """Whether a `Meta` of the project says which model a form works on."""
    values = project.view(ClassValues)
    meta = values.of(cls, "Meta")
    if meta is None:
        return False
    return meta.binding.index < 0 or (
        values.of(ProjectClass(meta.holder.module, meta.binding.index), "model") is not None
    )


def _is_for_admin(project: Project, cls: ProjectClass) -> bool:
    values, name = project.view(ClassValues), cls.fact.name
    for module in project.modules:
        if module is not cls.module and not any(fact.name == name for fact in module.facts.imports):
            continue
        for index in range(len(module.classes)):
            held = [values.own(ProjectClass(module, index), option) for option in _OF_ADMIN]
            forms = [one.value for one in held if one is not None]
            if any(isinstance(form, Name) and form.id == name for form in forms):
                return True
    return False


def _taken(project: Project, module: Module) -> Iterator[tuple[Location, str]]:
    """Where a view takes a form as it is, or a function makes one."""
    facts = module.facts.imports
    names = {fact.alias: fact.name for fact in facts if fact.module == _HOME and fact.name in _FORMS}
    if not names:
        return
    values = project.view(ClassValues)
    for index in range(len(module.classes)):
        chosen = values.own(ProjectClass(module, index), "form_class")
        value = None if chosen is None else chosen.value
        if isinstance(value, Name) and value.id in names:
            yield spot(project, module, value), names[value.id]
    for function in module.functions:
        if not module.mentions(function, *names):
            continue
        for form in walked(module.statements(function)):
            if isinstance(form, Call) and isinstance(form.function, Name) and form.function.id in names:
                yield spot(project, module, form), names[form.function.id]
