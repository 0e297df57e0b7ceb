"""Admin options that name a field the model does not have.

## Why is this bad?

Django's system checks look up the names in `list_display`, `list_filter`, `ordering`, `readonly_fields` and
their kin, and refuse what is neither a field of the model nor an attribute of one of the two classes
(`admin.E002` to `E127`). With that, `runserver`, `migrate` and `test` stop. What they do not check,
`search_fields` and `list_select_related`, is a `FieldError` at the first search or list, and so is a name in
`fields` or `fieldsets` at the first form.

## What to do

Name a field of the model, or write a method of that name.

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
    seller = models.ForeignKey("auth.User", on_delete=models.PROTECT)
```

`sales/admin.py`:

```python
from django.contrib import admin

from sales.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "totle"]  # error: [django/unknown-admin-field] "`Order` has no `totle`"
    list_display_links = ["nummer"]  # error: [django/unknown-admin-field] "`OrderAdmin` has no `nummer`"
    readonly_fields = ["seller__email"]  # error: [django/unknown-admin-field] "has no `seller__email`"
    radio_fields = {"kind": admin.VERTICAL}  # error: [django/unknown-admin-field] "no field `kind`"
    list_filter = ["state"]  # error: [django/unknown-admin-field] "`Order` has no field `state`"
    date_hierarchy = "created"  # error: [django/unknown-admin-field] "`Order` has no field `created`"
    fieldsets = [
        (None, {"fields": ["number", "note"]}),  # error: [django/unknown-admin-field] "no field `note`"
    ]

    def total(self, order):
        return order.number
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
from django.contrib import admin

from sales.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "total"]
    list_filter = ["state"]
    ordering = ["-number"]
    fieldsets = [(None, {"fields": [("number", "state"), "total"]})]
    readonly_fields = ["total"]

    def total(self, order):
        return order.number
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#modeladmin
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Literal
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.admin.forms import FORM_OPTIONS, form_names, may_have
from archlint.frameworks.django.admin.registered import Admin, Admins, told_once
from archlint.frameworks.django.models.class_members import ClassMembers
from archlint.frameworks.django.models.field_paths import FieldPaths
from archlint.frameworks.django.models.meta_fields import fields_of
from archlint.frameworks.django.places import written_at
from archlint.frameworks.listed import Listed, ListedName
from archlint.frameworks.places.classes import option_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_below
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict

_SHOWN = ("list_display", "readonly_fields")
"""Names that may be attributes of either class."""

_PATHS = ("list_filter", "search_fields", "ordering", "date_hierarchy", "list_select_related")
_OF_LISTS = frozenset(
    {"date_hierarchy", "list_display", "list_editable", "list_filter", "list_select_related", "search_fields"}
)
"""Options of lists, which an inline has not."""

_FIELDS = ("list_editable", "raw_id_fields", "autocomplete_fields", "filter_horizontal", "filter_vertical")
_ALWAYS = frozenset({"__str__", "action_checkbox", "pk", "?"})
_SIGNS = "-^=@$"


class UnknownAdminField(Rule, frozen=True):
    """Every name in such an option is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up the names of every admin class."""
        for admin in project.view(Admins):
            if not admin.is_inline:
                yield from self._links(project, admin)
        yield from told_once(self._verdicts(project))

    def _verdicts(self, project: Project) -> Iterator[Verdict]:
        values, listed = project.view(ClassValues), project.view(Listed)
        for admin in project.view(Admins):
            for option in (*_SHOWN, *_PATHS, *_FIELDS, *FORM_OPTIONS):
                found = values.of(admin.cls, option)
                if found is None or found.is_method or (admin.is_inline and option in _OF_LISTS):
                    continue
                if option == "search_fields" and values.of(admin.cls, "get_search_results") is not None:
                    yield Outcome.UNKNOWN  # it may only show that one can search
                    continue
                is_listed = option not in (*FORM_OPTIONS, "date_hierarchy")
                names = listed.of(found).names if is_listed else form_names(found)
                if option == "ordering":
                    names += _in_expressions(found)
                for name in names:
                    yield self._name(project, admin, option, found, name)

    def _name(
        self, project: Project, admin: Admin, option: str, found: ClassValue, name: ListedName
    ) -> Verdict:
        model, text = admin.model, name.name.lstrip(_SIGNS) if option in _PATHS else name.name
        if text in _ALWAYS or model.is_abstract:
            return Outcome.KEPT
        if option in FORM_OPTIONS and text not in admin.model.fields:
            if not admin.is_closed or may_have(project, admin, text):
                return Outcome.KEPT
            message = f"`{model.name}` has no field `{text}` that a form could show"
            known = tuple(model.fields)
        elif option in FORM_OPTIONS:
            return Outcome.KEPT
        elif option in _PATHS or _is_path(project, admin, option, text):
            missing = project.view(FieldPaths).missing(model, text)
            if missing is None:
                return Outcome.KEPT
            model = missing.model or model
            message, known = f"`{model.name}` has no field `{missing.part}`", missing.candidates
        else:
            has = self._has(project, admin, text)
            if has is not False:
                return Outcome.KEPT if has else Outcome.UNKNOWN
            message = f"`{model.name}` has no `{text}`, and neither has `{admin.cls.fact.name}`"
            known = tuple(each for each in (*model.fields, *model.relations) if not each.startswith("+"))
        place = written_at(project, name.module, name.form, option_at(project, found))
        last = text.rpartition("__")[2]
        remedy = respelled(place, last, known)
        hint = near_or_all(last, known)
        return self.finding(place, message, hint, related=defined_at(project, model), remedy=remedy)

    def _links(self, project: Project, admin: Admin) -> Iterator[Verdict]:
        """What `list_display_links` names has to be a column of the list."""
        values, listed = project.view(ClassValues), project.view(Listed)
        found, shown = values.of(admin.cls, "list_display_links"), values.of(admin.cls, "list_display")
        if found is None or values.of(admin.cls, "get_list_display") is not None:
            return
        columns = listed.of(shown)
        known = tuple(one.name for one in columns.names) if shown is not None else ("__str__",)
        for name in listed.of(found).names if shown is None or not columns.is_open else ():
            if name.name in known:
                yield Outcome.KEPT
                continue
            place = written_at(project, name.module, name.form, option_at(project, found))
            yield self.finding(
                place,
                f"`list_display` of `{admin.cls.fact.name}` has no `{name.name}`",
                near_or_all(name.name, known),
                remedy=respelled(place, name.name, known),
            )

    def _has(self, project: Project, admin: Admin, name: str) -> bool | None:
        """Whether the model or the admin class has something of this name."""
        if project.view(ClassValues).of(admin.cls, name) is not None:
            return True
        return project.view(ClassMembers).has(admin.model, name) if admin.is_closed else None


def _in_expressions(option: ClassValue) -> tuple[ListedName, ...]:
    """What the expressions among others name: `F("placed").desc()`."""
    calls = [item for item in getattr(option.value, "items", ()) if isinstance(item, Call)]
    fields = (field for call in calls for field in fields_of(call))
    return tuple(
        ListedName(one.name, one.written, option.holder.module)
        for one in fields
        if isinstance(one.written, Literal)
    )


def _is_path(project: Project, admin: Admin, option: str, name: str) -> bool:
    """Whether a column is looked for behind a relation, as since Django 5.1."""
    if option != "list_display" or "__" not in name or not admin.is_closed:
        return False
    if are_below(project.view(Requirements).versions("django"), "5.1"):
        return False
    has_own = project.view(ClassValues).of(admin.cls, name) is not None
    return not has_own and project.view(ClassMembers).has(admin.model, name) is False
