"""Fields in the `Meta` of a model form that the model does not have.

## Why is this bad?

The class of a `ModelForm` is made when its module is imported, and raises `FieldError: Unknown field(s)
(price) specified for Product` for a name in `Meta.fields` that is neither a field of the model nor
declared. The module cannot be imported then, nor what imports it.

## What to do

Name a field of the model, or declare one of that name.

## Bad

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    list_price = models.IntegerField()
```

`shop/forms.py`:

```python
from django import forms

from shop.models import Product


class ProductForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["price"]  # error: [django/unknown-form-field] "`Product` has no field `price`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    list_price = models.IntegerField()
```

`shop/forms.py`:

```python
from django import forms

from shop.models import Product


class ProductForm(forms.ModelForm):
    discount = forms.IntegerField()

    class Meta:
        model = Product
        fields = ["list_price", "discount"]
```

## Source

https://docs.djangoproject.com/en/5.2/topics/forms/modelforms/#selecting-the-fields-to-use
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.facts.bindings import Kind
from archlint.finding import Finding, Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.places import written_at
from archlint.frameworks.listed import Listed, ListedName
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict

_FORMS = ("django.forms.", "django.contrib.auth.forms.", "django.contrib.admin.")


@dataclass(frozen=True, slots=True)
class UnknownFormField(Rule):
    """Every name in `Meta.fields` of a model's form is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every form whose bases are all known."""
        values = project.view(ClassValues)
        for module in project.modules:
            for index, fact in enumerate(module.classes):
                if not any(member.name == "Meta" and member.kind is Kind.CLASS for member in fact.members):
                    continue
                cls = ProjectClass(module, index)
                outside = values.outside(cls)
                if _is_form(outside or ()):
                    yield from self._form(project, cls)

    def _form(self, project: Project, cls: ProjectClass) -> Iterator[Verdict]:
        values, models = project.view(ClassValues), project.view(DjangoModels)
        found = values.own(cls, "Meta")
        assert found is not None
        meta = ProjectClass(cls.module, found.binding.index)
        option, target = values.of(meta, "fields"), values.of(meta, "model")
        if option is None or target is None or target.value is None:
            return
        scope = target.holder.fact.qualname
        key = models.references.expression(None, target.value, target.holder.module, scope).key
        model = models.model(key) if key else None
        if not isinstance(model, DjangoModel) or model.is_abstract:
            yield Outcome.UNKNOWN
            return
        order = project.view(ClassHierarchy).order(cls)
        declared = {m.name for one in order if isinstance(one, ProjectClass) for m in one.fact.members}
        for name in project.view(Listed).of(option).names:
            if name.name in declared or model.member(name.name) is not None:
                yield Outcome.KEPT
            elif model.is_open or models.may_have(model, name.name):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, cls, model, name)

    def _found(self, project: Project, cls: ProjectClass, model: DjangoModel, name: ListedName) -> Finding:
        known = [each for each in (*model.fields, *model.relations) if not each.startswith("+")]
        place = written_at(project, name.module, name.form, class_at(project, cls))
        return self.finding(
            place,
            f"`{model.name}` has no field `{name.name}`, and the form declares none",
            near_or_all(name.name, known),
            related=defined_at(project, model),
            remedy=respelled(place, name.name, known),
        )


def _is_form(outside: tuple[str, ...]) -> bool:
    """Whether the bases from outside are all known, and one of them makes a model's form."""
    is_known = all(name.startswith(_FORMS) for name in outside)
    return is_known and any(name.rpartition(".")[2] == "ModelForm" for name in outside)
