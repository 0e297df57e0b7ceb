"""Fields in the `Meta` of a model form that the model does not have.

## Why is this bad?

The class of a `ModelForm` is made when its module is imported, and raises `FieldError: Unknown field(s)
(price) specified for Product` for a name in `Meta.fields` that is neither a field of the model nor
declared. The same goes for a field that is not editable, as those with `auto_now_add=True`, and for
`modelform_factory` and its kin. The module cannot be imported then, nor what imports it.

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

from collections.abc import Collection, Iterator

from archlint.facts.bindings import Kind
from archlint.finding import Finding, Location, Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.form_fields import is_editable, made_forms
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.places import written_at
from archlint.frameworks.listed import Listed, ListedNames
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.places.models import declared_at, defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict

_FORMS = ("django.forms.", "django.contrib.auth.forms.", "django.contrib.admin.")


class UnknownFormField(Rule, frozen=True):
    """Every name in `Meta.fields` of a model's form is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every form whose bases are all known."""
        for made in made_forms(project):
            for name, form in made.names:
                place = spot(project, made.module, form)
                yield self._said(project, made.model, name, place, ())
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
        exclude = values.of(meta, "exclude")
        left_out = project.view(Listed).of(exclude) if exclude is not None else ListedNames()
        for name in project.view(Listed).of(option).names:
            place = written_at(project, name.module, name.form, class_at(project, cls))
            is_left_out = left_out.is_open or name.name in left_out
            yield Outcome.KEPT if is_left_out else self._said(project, model, name.name, place, declared)

    def _said(
        self, project: Project, model: DjangoModel, name: str, place: Location, declared: Collection[str]
    ) -> Verdict:
        """What is to be said of one name; a field that the form declares may have any."""
        member = model.member(name)
        if member is not None and not is_editable(member):
            return self.finding(
                place,
                f"`{name}` of `{model.name}` is not editable, and no field of a form",
                "leave it out, or show its value in the template",
                related=declared_at(project, member),
            )
        is_back = isinstance(member, Relation) and member.is_reverse
        if name in declared or (member is not None and not is_back):
            return Outcome.KEPT
        if model.is_open or (not is_back and project.view(DjangoModels).may_have(model, name)):
            return Outcome.UNKNOWN
        return self._found(project, model, name, place)

    def _found(self, project: Project, model: DjangoModel, name: str, place: Location) -> Finding:
        known = [*model.fields, *(r.name for r in model.relations.values() if not r.is_reverse)]
        return self.finding(
            place,
            f"`{model.name}` has no field `{name}`, and the form declares none",
            near_or_all(name, known),
            related=defined_at(project, model),
            remedy=respelled(place, name, known),
        )


def _is_form(outside: tuple[str, ...]) -> bool:
    """Whether the bases from outside are all known, and one of them makes a model's form."""
    is_known = all(name.startswith(_FORMS) for name in outside)
    return is_known and any(name.rpartition(".")[2] == "ModelForm" for name in outside)
