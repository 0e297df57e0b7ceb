"""Relations to a model that does not exist.

## Why is this bad?

The target of a relation may be given as text, `"shop.Order"` or `"Order"`, and Django looks it up when all
apps are loaded. A text that is no model is refused by Django's system checks (`fields.E300`, `fields.E307`),
and with them `runserver`, `migrate` and `test` stop; so is an abstract base, which has no table, and a model
in a module that nothing imports. The same holds for the sender of a signal (`signals.E001`).

## What to do

Correct the text: the app's label and the model's name, `"app.Model"`. The label is the last part of the
app's package unless its `AppConfig` sets another.

## Bad

`shop/models.py`:

```python
from django.db import models


class Priced(models.Model):
    price = models.IntegerField()

    class Meta:
        abstract = True


class Order(models.Model):
    customer = models.ForeignKey(  # error: [django/unknown-relation-target] "no model `Custmer`"
        "Custmer", on_delete=models.CASCADE
    )
    items = models.ManyToManyField("shop.Itm")  # error: [django/unknown-relation-target] "`shop.Itm`"
    base = models.ForeignKey(  # error: [django/unknown-relation-target] "abstract"
        Priced, on_delete=models.CASCADE
    )


class Customer(models.Model): ...


class Item(models.Model): ...
```

`shop/receivers.py`:

```python
from django.db.models.signals import post_save
from django.dispatch import receiver


@receiver(post_save, sender="shop.Ordr")  # error: [django/unknown-relation-target] "no model `Ordr`"
def send_mail(sender, instance, **kwargs): ...
```

## Good

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)
    items = models.ManyToManyField("shop.item")
    parent = models.ForeignKey("self", on_delete=models.CASCADE)


class Customer(models.Model): ...


class Item(models.Model): ...
```

`shop/receivers.py`:

```python
from django.db.models.signals import post_save
from django.dispatch import receiver


@receiver(post_save, sender="shop.order")
def send_mail(sender, instance, **kwargs): ...
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#related-fields
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.facts.expressions import written_text
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.settings.installation import Installation
from archlint.frameworks.django.signals import Signals
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.places.models import defined_at
from archlint.nearness import nearest
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class UnknownRelationTarget(Rule, frozen=True):
    """Every target of a relation, and every sender that a receiver names by a text, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up every target."""
        models = project.view(DjangoModels)
        labels = {model.label.lower(): model for model in models if isinstance(model, DjangoModel)}
        abstract = {label for label, model in labels.items() if model.is_abstract}
        for model, member, declaration in models.own():
            if not isinstance(member, Relation) or member.kind == GENERIC_FOREIGN_KEY or model.is_swapped:
                continue
            target = models.model(member.target)
            if isinstance(target, DjangoModel) and not target.is_abstract:
                yield self._forgotten(project, target, declaration)
                continue
            problem = self._problem(project, models, model, member, declaration, abstract)
            if not problem:
                yield Outcome.UNKNOWN
                continue
            known = [label for label, one in labels.items() if not one.is_abstract]
            yield self.finding(
                declared_at(project, declaration),
                problem,
                _hint(models, member.target_text, model.app_label, known),
            )
        yield from self._senders(project, models, labels)

    def _forgotten(self, project: Project, target: DjangoModel, declaration: Declaration) -> Verdict:
        """A target in a part of a package of models that nobody imports."""
        installation, home = project.view(Installation), target.cls.module if target.cls is not None else None
        owner = declaration.place.module if declaration.place is not None else None
        if home is None or owner is None or home is owner:
            return Outcome.KEPT
        if not declaration.is_certain or installation.forgets(owner) or not installation.forgets(home):
            return Outcome.KEPT
        return self.finding(
            declared_at(project, declaration),
            f"`{declaration.name}` points at `{target.name}`, but nothing imports `{home.name}`, its module",
            f"import it in `{home.name.rpartition('.')[0]}`",
            related=defined_at(project, target),
        )

    def _senders(
        self, project: Project, models: DjangoModels, labels: Mapping[str, DjangoModel]
    ) -> Iterator[Verdict]:
        """`@receiver(post_save, sender="shop.Order")`."""
        for receiver in project.view(Signals):
            written = receiver.sender
            text = written_text(written)
            if written is None or text is None or is_test(receiver.module.path):
                continue
            app, _, name = text.rpartition(".")
            if text.lower() in labels or not app or not project.view(Installation).lacks(app, name):
                yield Outcome.KEPT
                continue
            problem = f"`{receiver.signal}` of `{text}` is never sent: the app `{app}` has no model `{name}`"
            hint = _hint(models, text, app, [label for label, one in labels.items() if not one.is_abstract])
            yield self.finding(spot(project, receiver.module, written), problem, hint)

    def _problem(
        self,
        project: Project,
        models: DjangoModels,
        model: DjangoModel,
        relation: Relation,
        declaration: Declaration,
        abstract: set[str],
    ) -> str:
        target = models.model(relation.target)
        start = f"`{declaration.name}` points at"
        if isinstance(target, DjangoModel):
            return "" if model.is_abstract else f"{start} `{target.name}`, which is abstract"
        text = relation.target_text
        meant = models.target(model, relation.name)
        if not meant.is_text or model.is_abstract or not declaration.is_certain:
            return ""
        label = text if "." in text else f"{model.app_label}.{text}"
        if label.lower() in abstract:
            return f"{start} `{text}`, which is abstract"
        app, _, name = label.rpartition(".")
        if not project.view(Installation).lacks(app, name):
            return ""
        return f"{start} `{text}`, and there is no model `{name}` in the app `{app}`"


def _hint(models: DjangoModels, text: str, app: str, known: list[str]) -> str:
    label = text if "." in text else f"{app}.{text}"
    near = nearest(label.lower(), known, similar=0.75)
    elsewhere = [one for one in known if one.rpartition(".")[2] == label.rpartition(".")[2].lower()]
    found = models.named(near or (elsewhere or [""])[0])
    return f"did you mean `{found.label}`?" if found else "name a model that is not abstract: `app.Model`"
