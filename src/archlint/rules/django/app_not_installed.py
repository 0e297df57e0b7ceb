"""Models of apps that are not in `INSTALLED_APPS`.

## Why is this bad?

A model belongs to the app whose package it lies in. When its module is imported and no installed app holds
it, the class body raises `RuntimeError: Model class … doesn't declare an explicit app_label and isn't in an
application in INSTALLED_APPS`. A relation to a model of an app that is not installed is refused by Django's
system checks (`fields.E300`, `fields.E307`). Neither has tables or migrations.

## What to do

Add the app to `INSTALLED_APPS`, or move the model into an app that is there.

## Bad

`store/settings.py`:

```python
INSTALLED_APPS = ["sales"]
ROOT_URLCONF = "store.urls"
```

`store/urls.py`:

```python
from shipping.models import Parcel

urlpatterns = []
```

`sales/models.py`:

```python
from django.db import models


class Order(models.Model):
    site = models.ForeignKey(  # error: [django/app-not-installed] "`django.contrib.sites`"
        "sites.Site", on_delete=models.CASCADE
    )
```

`shipping/models.py`:

```python
from django.db import models


class Parcel(models.Model):  # error: [django/app-not-installed] "`Parcel` is in no installed app"
    weight = models.IntegerField()
```

## Good

`store/settings.py`:

```python
INSTALLED_APPS = ["sales", "shipping.apps.ShippingConfig"]
ROOT_URLCONF = "store.urls"
```

`store/urls.py`:

```python
from shipping.models import Parcel

urlpatterns = []
```

`sales/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shipping/apps.py`:

```python
from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "shipping"
```

`shipping/models.py`:

```python
from django.db import models


class Parcel(models.Model):
    order = models.ForeignKey("sales.Order", on_delete=models.CASCADE)
```

## When not to use it

The rule speaks of models that something loaded by Django imports. Where `INSTALLED_APPS` cannot be read to
its end, it warns of apps only beside which several are written down, and which every site loads.

## Source

https://docs.djangoproject.com/en/5.2/ref/applications/#configuring-applications and
`ModelBase.__new__()` in Django's `db/models/base.py`
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Act, Confidence, Finding, Related, Remedy, Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.places import declared_at, model_at
from archlint.frameworks.django.settings.installation import Installation
from archlint.frameworks.django.settings.profiles import Profiles
from archlint.frameworks.django.settings.unlisted import Unlisted
from archlint.frameworks.orm import Relation
from archlint.project import Project
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict


class AppNotInstalled(Rule, frozen=True):
    """Every model, and every relation to a known model, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare where models lie with what is installed."""
        models, installation = project.view(DjangoModels), project.view(Installation)
        yield from self._contrib(project, installation)
        if not installation.is_seen:
            yield from self._unlisted(project, models)
            return
        for model in models.declared():
            yield from self._model(project, models, installation, model)
        for model, member, declaration in models.own():
            if isinstance(member, Relation) and member.target:
                yield self._relation(project, models, installation, model, member, declaration)

    def _contrib(self, project: Project, installation: Installation) -> Iterator[Finding]:
        """Django's own apps, of which the models are imported whenever a site starts."""
        for app, edge in project.view(Unlisted).contrib:
            found = self.finding(
                project.location(edge.importer, *edge.fact.span),
                f"imports models of `{app}`, which is not installed",
                f"add `{app}` to `INSTALLED_APPS`",
            )
            yield found if installation.is_seen else _doubted(found)

    def _unlisted(self, project: Project, models: DjangoModels) -> Iterator[Verdict]:
        """Where more may be installed than is seen, what is missed beside that."""
        unlisted = project.view(Unlisted)
        for model in models.declared():
            assert model.cls is not None
            app = models.apps.of(model.cls.module).name
            edge = unlisted.loader(model.cls.module, app)
            if edge is None or _has_own_way(models, model):
                yield Outcome.UNKNOWN
                continue
            place = project.location(edge.importer, *edge.fact.span)
            found = self.finding(
                model_at(project, model),
                f"`{model.name}` is in no installed app that the settings list, and its module is loaded",
                f"add `{app}` to `INSTALLED_APPS`",
                remedy=_installed(project, models, app),
                related=(Related(place, "its module is imported here"),),
            )
            yield _doubted(found)

    def _model(
        self, project: Project, models: DjangoModels, installation: Installation, model: DjangoModel
    ) -> Iterator[Verdict]:
        assert model.cls is not None
        module = model.cls.module
        if model.is_abstract or models.option(model, "app_label") is not None:
            return
        if installation.installs(module):
            yield self._in_each_profile(project, models, model)
            return
        edge = installation.loader(module)
        if (
            models.is_made_otherwise(model)
            or edge is None
            or "()" in model.cls.fact.qualname
            or installation.is_apart(module)
        ):
            yield Outcome.UNKNOWN
            return
        place = project.location(edge.importer, *edge.fact.span)
        yield self.finding(
            model_at(project, model),
            f"`{model.name}` is in no installed app, and its module is loaded",
            f"add `{models.apps.of(module).name}` to `INSTALLED_APPS`",
            remedy=_installed(project, models, models.apps.of(module).name),
            related=(Related(place, "its module is imported here"),),
        )

    def _in_each_profile(self, project: Project, models: DjangoModels, model: DjangoModel) -> Verdict:
        """Where the settings for development install an app, those for production may not."""
        assert model.cls is not None
        module = model.cls.module
        found = project.view(Profiles).lacking(module)
        if found is None or models.is_made_otherwise(model) or "()" in model.cls.fact.qualname:
            return Outcome.KEPT
        profile, edge = found
        app, settings = models.apps.of(module).name, profile.settings.module.name
        what = f"`{model.name}` is in no installed app, and its module is loaded"
        return self.finding(
            model_at(project, model),
            f"with the settings `{settings}`, {what}",
            f"add `{app}` to the `INSTALLED_APPS` of `{settings}`",
            related=(
                Related(project.location(edge.importer, *edge.fact.span), "its module is imported here"),
            ),
        )

    def _relation(
        self,
        project: Project,
        models: DjangoModels,
        installation: Installation,
        model: DjangoModel,
        relation: Relation,
        declaration: Declaration,
    ) -> Verdict:
        assert model.cls is not None
        if not installation.installs(model.cls.module) or installation.is_apart(model.cls.module):
            return Outcome.UNKNOWN
        target = models.model(relation.target)
        if isinstance(target, DjangoModel) and (
            target.cls is None
            or installation.installs(target.cls.module)
            or models.option(target, "app_label") is not None
        ):
            return Outcome.KEPT
        if isinstance(target, DjangoModel) and target.cls is not None:
            missing = models.apps.of(target.cls.module).name
        else:
            missing = relation.target.rpartition(".models.")[0]
        return self.finding(
            declared_at(project, declaration),
            f"`{declaration.name}` points at `{relation.target_text}`, and `{missing}` is not installed",
            f"add `{missing}` to `INSTALLED_APPS`",
            remedy=_installed(project, models, missing),
        )


def _has_own_way(models: DjangoModels, model: DjangoModel) -> bool:
    """Whether a model needs no app, or is made where none of this counts."""
    assert model.cls is not None
    is_local = "()" in model.cls.fact.qualname
    has_label = model.is_abstract or models.option(model, "app_label") is not None
    return has_label or is_local or models.is_made_otherwise(model)


def _doubted(finding: Finding) -> Finding:
    """A finding of what something that nobody sees may install all the same."""
    return replace(finding, severity=Severity.WARNING, confidence=Confidence.MEDIUM)


def _installed(project: Project, models: DjangoModels, app: str) -> Remedy | None:
    """The app behind the last one of the project in the only list there is."""
    lists = [one.get("INSTALLED_APPS") for one in models.settings.modules]
    apps = [text for one in models.settings.modules for text in one.texts("INSTALLED_APPS")]
    if len([each for each in lists if each is not None]) != 1 or not apps or not app:
        return None
    tops = {module.name.partition(".")[0] for module in project.modules}
    own = [text for text in apps if str(text.value).partition(".")[0] in tops]
    place = (own or apps)[-1].place
    at = project.location(place.module, place.line, place.column)
    return stepped(Act.ENLIST, at, app, safe=False)
