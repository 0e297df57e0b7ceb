"""Options in the `Meta` of a model that Django refuses.

## Why is this bad?

An option that Django does not know raises `TypeError: 'class Meta' got invalid attribute(s)` when the module
is imported: one with a typing mistake, or one that belongs into the `Meta` of a form or serializer. A model
with `ordering` and `order_with_respect_to` has two orders, a proxy has no table for fields of its own, and a
text is no list, as in `ordering = "number"` or `unique_together = ("number")`, which lacks a comma: Django
does not start.

## What to do

Write the option as Django calls it, or leave it out.

## Bad

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()

    class Meta:
        orderings = ["number"]  # error: [django/invalid-meta-option] "no option `orderings`"


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    class Meta:
        fields = ["order"]  # error: [django/invalid-meta-option] "no option `fields`"


class Note(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    class Meta:
        ordering = ["pk"]  # error: [django/invalid-meta-option] "`order_with_respect_to`"
        order_with_respect_to = "order"


class Parcel(models.Model):
    number = models.IntegerField()

    class Meta:
        ordering = ("number")  # error: [django/invalid-meta-option] "a text, not a list"


class LateOrder(Order):
    reason = models.TextField()  # error: [django/invalid-meta-option] "no table"

    class Meta:
        proxy = True
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "orders"


class Note(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    class Meta:
        order_with_respect_to = "order"


class LateOrder(Order):
    class Meta:
        proxy = True
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/options/, and the checks `models.E017` and `models.E021`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Collection, says, written_text
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.version import Version
from archlint.frameworks.places.classes import option_at
from archlint.nearness import did_you_mean, nearest
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.rule import Outcome, Rule, Verdict

OPTIONS = frozenset(
    [
        "abstract",
        "app_label",
        "apps",
        "auto_created",
        "base_manager_name",
        "constraints",
        "db_table",
        "db_table_comment",
        "db_tablespace",
        "default_manager_name",
        "default_permissions",
        "default_related_name",
        "get_latest_by",
        "index_together",
        "indexes",
        "managed",
        "order_with_respect_to",
        "ordering",
        "permissions",
        "proxy",
        "required_db_features",
        "required_db_vendor",
        "select_on_save",
        "swappable",
        "unique_together",
        "verbose_name",
        "verbose_name_plural",
    ]
)
"""What Django 3.2 to 5.2 know."""

_GONE = {"index_together": "5.1"}
"""Options that Django takes no more, with the version that is the first without them."""

_OF_OTHERS = frozenset({"depth", "exclude", "extra_kwargs", "fields", "model", "read_only_fields", "widgets"})
"""Options of forms and serializers. What else is unknown may be a package's."""

_OF_MANY = ("ordering", "unique_together")
"""Options that Django takes as a list or a tuple only."""

_MISTYPED = 0.8
"""How like an option a name is that is meant for it."""


class InvalidMetaOption(Rule, frozen=True):
    """Every model with a `Meta` of its own, and every proxy, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the names of the options, and at those that exclude each other."""
        models, values = project.view(DjangoModels), project.view(ClassValues)
        adds_options = any(module.speaks_of(b"DEFAULT_NAMES") for module in project.modules)
        version = project.view(Version)
        gone = frozenset(name for name, since in _GONE.items() if version.is_from(since))
        for model in models.declared():
            if model.is_open or models.hides_bases(model) or models.is_made_otherwise(model):
                yield Outcome.UNKNOWN
                continue
            meta = _meta(model)
            found = [] if meta is None or adds_options else [*self._named(project, values, meta, gone)]
            if meta is not None:
                found += self._ordered(project, values, model, meta)
                found += () if model.is_abstract else self._of_one_text(project, values, meta)
            if model.is_proxy:
                found += self._of_proxy(project, models, model)
            yield from found or (Outcome.KEPT,)

    def _named(
        self, project: Project, values: ClassValues, meta: ProjectClass, gone: frozenset[str]
    ) -> Iterator[Verdict]:
        for name in values.values(meta):
            held = values.own(meta, name)
            if held is not None and name in gone:
                message = f"models have no option `{name}` since Django {_GONE[name]}"
                yield self.finding(option_at(project, held), message, "write `indexes`")
            if name in OPTIONS or name.startswith("_") or held is None:
                continue
            if name not in _OF_OTHERS and not nearest(name, OPTIONS, similar=_MISTYPED):
                continue
            hint = did_you_mean(name, OPTIONS, "leave it out, or put it where it belongs", similar=_MISTYPED)
            message = f"models have no option `{name}`"
            yield self.finding(option_at(project, held), message, hint)

    def _ordered(
        self, project: Project, values: ClassValues, model: DjangoModel, meta: ProjectClass
    ) -> Iterator[Verdict]:
        held, order = values.own(meta, "ordering"), model.meta.get("ordering")
        other = model.meta.get("order_with_respect_to")
        if held is None or other is None or says(other, None):
            return
        if isinstance(order, Collection) and order.items:
            message = f"`{model.name}` has `ordering` and `order_with_respect_to`"
            yield self.finding(option_at(project, held), message, "leave one of them out")

    def _of_one_text(self, project: Project, values: ClassValues, meta: ProjectClass) -> Iterator[Verdict]:
        for name in _OF_MANY:
            held = values.own(meta, name)
            text = written_text(held.value) if held is not None else None
            if held is not None and text:
                message = f"`{name}` is a text, not a list"
                yield self.finding(option_at(project, held), message, f'write `["{text}"]`')

    def _of_proxy(self, project: Project, models: DjangoModels, model: DjangoModel) -> Iterator[Verdict]:
        for name in sorted(model.local):
            declaration = models.declaration(model, name)
            member = model.member(name)
            if declaration is None or declaration.place is None or not declaration.kind or member is None:
                continue
            if declaration.is_certain and member.owner == model.key and not _is_virtual(declaration.kind):
                message = f"`{model.name}` is a proxy, and has no table for `{name}`"
                yield self.finding(
                    declared_at(project, declaration), message, "declare it in the model itself"
                )


def _meta(model: DjangoModel) -> ProjectClass | None:
    """The `Meta` in the body of a model."""
    if model.cls is None:
        return None
    found = [one for one in model.cls.fact.members if one.name == "Meta" and one.kind is Kind.CLASS]
    return ProjectClass(model.cls.module, found[0].index) if len(found) == 1 else None


def _is_virtual(kind: str) -> bool:
    """Whether a field needs no table: the generic ones."""
    return kind.startswith("django.contrib.contenttypes.")
