"""Inlines of models that have no foreign key to the model around them.

## Why is this bad?

An inline shows the objects that point to the one on the page. Without a foreign key from its model to that
one, or with several and no `fk_name`, Django's system check `admin.E202` stops `runserver`, `migrate` and
`test`; so does `admin.E201` where `exclude` names the foreign key itself.

## What to do

Name the model that holds the foreign key; for many to many that is `through`. Set `fk_name` where there are
several.

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
    word = models.CharField(max_length=30)


class Order(models.Model):
    tags = models.ManyToManyField(Tag)


class Transfer(models.Model):
    origin = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="outgoing")
    target = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="incoming")
```

`sales/admin.py`:

```python
from django.contrib import admin

from sales.models import Order, Tag, Transfer


class TagInline(admin.TabularInline):
    model = Tag


class TransferInline(admin.TabularInline):
    model = Transfer


class IncomingInline(admin.TabularInline):
    model = Transfer
    fk_name = "source"


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    inlines = [
        TagInline,  # error: [django/unrelated-inline] "`Tag` has no foreign key to `Order`"
        TransferInline,  # error: [django/unrelated-inline] "has 2 foreign keys to `Order`"
        IncomingInline,  # error: [django/unrelated-inline] "has no foreign key `source`"
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


class Tag(models.Model):
    word = models.CharField(max_length=30)


class Order(models.Model):
    tags = models.ManyToManyField(Tag)


class Transfer(models.Model):
    origin = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="outgoing")
    target = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="incoming")
```

`sales/admin.py`:

```python
from django.contrib import admin

from sales.models import Order, Transfer


class TagInline(admin.TabularInline):
    model = Order.tags.through


class TransferInline(admin.TabularInline):
    model = Transfer
    fk_name = "origin"


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    inlines = [TagInline, TransferInline]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#admin
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Collection, Literal
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.admin.registered import Admin, Admins
from archlint.frameworks.django.models.arguments import given, literal
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.listed import Listed
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.places.models import defined_at
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.scopes import Scopes
from archlint.rule import Outcome, Rule, Verdict


class UnrelatedInline(Rule, frozen=True):
    """Every inline of every admin class is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the foreign keys between the models."""
        values, scopes = project.view(ClassValues), project.view(Scopes)
        hierarchy = project.view(ClassHierarchy)
        admins = tuple(project.view(Admins))
        inlines = {admin.cls: admin for admin in admins}
        told: set[object] = set()
        for admin in admins:
            option = values.of(admin.cls, "inlines")
            listed = option.value if option is not None else None
            if option is None or not isinstance(listed, Collection):
                continue
            holder = option.holder
            for item in listed.items:
                cls = hierarchy.of(scopes.resolve(holder.module, holder.fact.qualname, item))
                inline = inlines.get(cls) if cls is not None else None
                said = None if inline is None else _wrong(project, inline, admin.model)
                if inline is None or said is None:
                    yield Outcome.UNKNOWN if inline is None else Outcome.KEPT
                    continue
                place = spot(project, holder.module, item)
                if place not in told:
                    told.add(place)
                    yield self.finding(place, *said, related=defined_at(project, inline.model))


def _wrong(project: Project, inline: Admin, around: DjangoModel) -> tuple[str, str] | None:
    """What is wrong with an inline, and what to do."""
    values, model = project.view(ClassValues), inline.model
    named = values.of(inline.cls, "fk_name")
    if named is not None and inline.is_closed and not model.is_open and not _is_generic(project, inline.cls):
        name = named.value.value if isinstance(named.value, Literal) else None
        relation = model.relations.get(name) if isinstance(name, str) else None
        if isinstance(name, str) and name not in model.fields and (relation is None or relation.is_reverse):
            return (
                f"`{model.name}` has no foreign key `{name}`, which `fk_name` names",
                "name one that it has",
            )
        if isinstance(name, str) and _is_excluded(project, inline, name):
            return _excluded(name, around)
    if _is_generic(project, inline.cls) and inline.is_closed and not model.is_open:
        return _generic(project, inline)
    is_steered = any(
        values.of(inline.cls, name) is not None for name in ("fk_name", "formset", "get_formset")
    )
    if not inline.is_closed or is_steered or model.is_open or around.is_open or around.is_abstract:
        return None
    models = project.view(DjangoModels)
    keys = {around.key, around.concrete, *around.parents}
    ways = [
        relation.name
        for relation in model.relations.values()
        if not relation.cardinality.is_collection
        and not relation.is_reverse
        and (relation.target in keys or not relation.target or models.model(relation.target) is None)
    ]
    if len(ways) == 1 and _is_excluded(project, inline, ways[0]):
        return _excluded(ways[0], around)
    if len(ways) == 1 or any(not model.relations[name].target for name in ways):
        return None
    if not ways:
        return f"`{model.name}` has no foreign key to `{around.name}`", "name the model that holds the key"
    names = " or ".join(f'`fk_name = "{name}"`' for name in ways)
    return f"`{model.name}` has {len(ways)} foreign keys to `{around.name}`", f"set {names}"


def _is_excluded(project: Project, inline: Admin, name: str) -> bool:
    option = project.view(ClassValues).of(inline.cls, "exclude")
    return option is not None and name in project.view(Listed).of(option)


def _excluded(name: str, around: DjangoModel) -> tuple[str, str]:
    message = f"`exclude` names `{name}`, the foreign key to `{around.name}` by which the inline goes"
    return message, "leave it out: the form does not show it anyway"


def _generic(project: Project, inline: Admin) -> tuple[str, str] | None:
    """What is wrong with an inline of a model that may belong to any other."""
    models, model, values = project.view(DjangoModels), inline.model, project.view(ClassValues)
    keys = [one for one in model.relations.values() if one.kind == GENERIC_FOREIGN_KEY and not one.is_reverse]
    if model.cls is None or models.hides_bases(model):
        return None
    if not keys:
        return f"`{model.name}` has no generic foreign key", "name a model that has one"
    asked: list[str] = []
    for option, usual in (("ct_field", "content_type"), ("ct_fk_field", "object_id")):
        held = values.of(inline.cls, option)
        text = held.value.value if held is not None and isinstance(held.value, Literal) else None
        if held is not None and not isinstance(text, str):
            return None
        asked.append(str(text) if text is not None else usual)
    pairs = [_fields(models, model, one.name) for one in keys]
    if None in pairs or tuple(asked) in pairs:
        return None
    message = f"`{model.name}` has no generic foreign key in `{asked[0]}` and `{asked[1]}`"
    return message, "set `ct_field` and `ct_fk_field` to the fields of the one that it has"


def _fields(models: DjangoModels, model: DjangoModel, name: str) -> tuple[str, str] | None:
    """The two fields of a generic foreign key; None where they cannot be seen."""
    declaration = models.declaration(model, name)
    if declaration is None or not declaration.is_plain:
        return None
    texts = [literal(given(declaration, one)) for one in ("ct_field", "fk_field")]
    if any(text is not None and not isinstance(text, str) for text in texts):
        return None
    return str(texts[0] or "content_type"), str(texts[1] or "object_id")


def _is_generic(project: Project, cls: ProjectClass) -> bool:
    outside = project.view(ClassValues).outside(cls) or ()
    return any("contenttypes" in name for name in outside)
