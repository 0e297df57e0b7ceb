"""Admin options that name a field they cannot take.

## Why is this bad?

`filter_horizontal` takes relations to many, `date_hierarchy` a date, `list_editable` what is a column of
the list and can be edited; a relation to many is no column, and one with a model of its own in between is
not for a form. Django's system checks refuse the class (`admin.E003` to `E128`), and with that `runserver`,
`migrate` and `test` stop.

## What to do

Leave the field out, or show it in the way that the hint names.

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


class Tag(models.Model):
    word = models.CharField(max_length=10)


class Order(models.Model):
    number = models.IntegerField()
    state = models.CharField(max_length=10)
    tags = models.ManyToManyField(Tag)
    watchers = models.ManyToManyField(Tag, through="Watch", related_name="watched")


class Watch(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
```

`sales/admin.py`:

```python
from django.contrib import admin

from sales.models import Order, Watch


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "tags"]  # error: [django/unsuitable-admin-field] "the many of `tags`"
    list_editable = ["state"]  # error: [django/unsuitable-admin-field] "no column"
    date_hierarchy = "number"  # error: [django/unsuitable-admin-field] "takes a date"
    filter_horizontal = ["watchers"]  # error: [django/unsuitable-admin-field] "joined by `Watch`"
    raw_id_fields = ["state"]  # error: [django/unsuitable-admin-field] "takes relations"
    radio_fields = {"state": admin.VERTICAL}  # error: [django/unsuitable-admin-field] "no `choices`"


@admin.register(Watch)
class WatchAdmin(admin.ModelAdmin):
    autocomplete_fields = ["order"]  # error: [django/unsuitable-admin-field] "no `search_fields`"
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


class Tag(models.Model):
    word = models.CharField(max_length=10)


class Order(models.Model):
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=[("new", "New")])
    placed = models.DateField(null=True)
    tags = models.ManyToManyField(Tag)


class Watch(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
```

`sales/admin.py`:

```python
from django.contrib import admin

from sales.models import Order, Watch


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "state"]
    list_editable = ["state"]
    date_hierarchy = "placed"
    filter_horizontal = ["tags"]
    radio_fields = {"state": admin.VERTICAL}
    search_fields = ["number"]


@admin.register(Watch)
class WatchAdmin(admin.ModelAdmin):
    autocomplete_fields = ["order"]
    raw_id_fields = ["tag"]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#modeladmin
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Literal, Mapping
from archlint.finding import Finding, Severity
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.admin.columns import AdminColumns
from archlint.frameworks.django.admin.fields import (
    OPTIONS,
    Wrong,
    no_choice,
    no_date,
    not_to_fill_in,
    unsuitable,
)
from archlint.frameworks.django.admin.forms import FORM_OPTIONS, form_names
from archlint.frameworks.django.admin.registered import Admin, Admins, told_once
from archlint.frameworks.django.models.field_paths import FieldPaths
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.places import written_at
from archlint.frameworks.listed import Listed, ListedName
from archlint.frameworks.places.classes import option_at
from archlint.frameworks.places.models import defined_at
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_BY_NAME = (("radio_fields", no_choice), ("prepopulated_fields", not_to_fill_in))


class UnsuitableAdminField(Rule, frozen=True):
    """Every name in such an option is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each field whether the option takes it."""
        yield from told_once(self._verdicts(project))

    def _verdicts(self, project: Project) -> Iterator[Verdict]:
        columns = AdminColumns(project)
        for admin in project.view(Admins):
            for option, name, wrong in self._names(project, columns, admin):
                yield Outcome.KEPT if wrong is None else self._found(project, admin, option, name, wrong)

    def _names(
        self, project: Project, columns: AdminColumns, admin: Admin
    ) -> Iterator[tuple[ClassValue, ListedName, Wrong | None]]:
        values, listed, models = project.view(ClassValues), project.view(Listed), project.view(DjangoModels)
        for option in sorted(OPTIONS):
            found = values.of(admin.cls, option)
            if found is None or found.is_method or admin.model.is_abstract:
                continue
            for name in form_names(found) if option in FORM_OPTIONS else listed.of(found).names:
                if columns.is_own(admin, option, name.name):
                    continue
                wrong = unsuitable(models, admin.model, option, name.name)
                yield found, name, wrong or columns.wrong(admin, option, name.name)
        for option, ask in _BY_NAME:
            found = values.of(admin.cls, option)
            if found is not None and isinstance(found.value, Mapping):
                for name in form_names(found)[: len(found.value.keys)]:
                    yield found, name, ask(admin.model.member(name.name))
        found = values.of(admin.cls, "date_hierarchy")
        if found is not None and isinstance(found.value, Literal):
            for name in form_names(found):
                yield found, name, no_date(project.view(FieldPaths).member(admin.model, name.name))

    def _found(
        self, project: Project, admin: Admin, option: ClassValue, name: ListedName, wrong: Wrong
    ) -> Finding:
        place = written_at(project, name.module, name.form, option_at(project, option))
        return self.finding(place, *wrong, related=defined_at(project, admin.model))
