"""Admin options of a kind that Django refuses.

## Why is this bad?

`list_display = ("number")` is a text and not a tuple, a fieldset without `fields` shows nothing, a filter of
a field cannot stand alone. Django's system checks refuse such a class (`admin.E001` to `E206`), and with
that `runserver`, `migrate` and `test` stop.

## What to do

What the hint says.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "sales",
]
```

`sales/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    state = models.CharField(max_length=10)
```

`sales/admin.py`:

```python
from django import forms
from django.contrib import admin

from sales.models import Order


class OrderForm(forms.Form):
    number = forms.IntegerField()


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ("number")  # error: [django/invalid-admin-option] "has to be a list or a tuple"
    list_per_page = "20"  # error: [django/invalid-admin-option] "whole number"
    list_filter = [("state", StateFilter)]  # error: [django/invalid-admin-option] "not a filter of a field"
    form = OrderForm  # error: [django/invalid-admin-option] "`ModelForm`"
    fieldsets = [
        ("All", {"field": ["number"]}),  # error: [django/invalid-admin-option] "lack `fields`"
    ]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "sales",
]
```

`sales/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    state = models.CharField(max_length=10)
```

`sales/admin.py`:

```python
from django import forms
from django.contrib import admin

from sales.models import Order


class OrderForm(forms.ModelForm):
    class Meta:
        model = Order
        fields = ["number"]


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("new", "New")]

    def queryset(self, request, queryset):
        return queryset


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ("number",)
    list_per_page = 20
    list_filter = [StateFilter]
    form = OrderForm
    fieldsets = [("All", {"fields": ["number"]})]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#admin
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.facts.expressions import Attribute, Collection, Expression, Literal, Name
from archlint.finding import Finding, Location, Severity
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.admin.actions import AdminActions
from archlint.frameworks.django.admin.classes import AdminClasses, Said
from archlint.frameworks.django.admin.options import OF_INLINES, OF_MODELS, wrong_values
from archlint.frameworks.django.admin.registered import Admin, Admins, told_once
from archlint.frameworks.django.places import written_at
from archlint.frameworks.places.classes import option_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class InvalidAdminOption(Rule, frozen=True):
    """Every option of an admin class is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each option is given."""
        yield from told_once(self._verdicts(project))

    def _verdicts(self, project: Project) -> Iterator[Verdict]:
        classes, actions = AdminClasses(project), AdminActions(project)
        for admin in project.view(Admins):
            named = (*classes.wrong(admin), *actions.wrong(admin))
            for found in (*self._values(project, admin), *self._named(project, named)):
                yield found or Outcome.KEPT

    def _values(self, project: Project, admin: Admin) -> Iterator[Finding | None]:
        values = project.view(ClassValues)
        for option in sorted(OF_INLINES if admin.is_inline else OF_MODELS):
            found = values.of(admin.cls, option)
            if found is None or found.value is None:
                continue
            said = tuple(wrong_values(option, found.value))
            for form, message, hint in said:
                yield self.finding(_place(project, found, form), message, hint)
            if not said:
                yield None
        yield self._both(project, admin)

    def _both(self, project: Project, admin: Admin) -> Finding | None:
        """`fields` and `fieldsets` say the same in two ways."""
        values = project.view(ClassValues)
        fields, sets = values.of(admin.cls, "fields"), values.of(admin.cls, "fieldsets")
        if fields is None or sets is None or fields.value is None or sets.value is None:
            return None
        if not all(getattr(one.value, "items", ()) for one in (fields, sets)):
            return None
        message = f"`{admin.cls.fact.name}` has `fields` and `fieldsets`"
        return self.finding(option_at(project, fields), message, "leave one of them out")

    def _named(self, project: Project, named: Iterable[Said | None]) -> Iterator[Finding | None]:
        for said in named:
            if said is None:
                yield None
                continue
            option, form, message, hint = said
            yield self.finding(_place(project, option, form), message, hint)


def _place(project: Project, option: ClassValue, form: Expression | None) -> Location:
    module, place = option.holder.module, option_at(project, option)
    if isinstance(form, (Name, Attribute)):
        return spot(project, module, form)
    inside = form.items if isinstance(form, Collection) else (form,)
    texts = (one for one in inside if isinstance(one, Literal))
    return next((written_at(project, module, text, place) for text in texts), place)
