"""Options of a generic view that name no field of its model.

## Why is this bad?

`ordering`, `slug_field`, `date_field` and `fields` of Django's generic views are used when a request comes:
a name that the model does not have raises `FieldError` then, and not before. An option that a mixin brings is
right for one model and wrong for the next. A view that is routed by a slug and says nothing asks for a field
of that name.

## What to do

Name a field of the model, or give the view an option of its own.

## Bad

`press/models.py`:

```python
from django.db import models


class Release(models.Model):
    title = models.CharField(max_length=80)
    slug = models.SlugField()
    released = models.DateTimeField(auto_now_add=True)


class Clipping(models.Model):
    headline = models.CharField(max_length=80)
    seen = models.DateTimeField(auto_now_add=True)
```

`press/views.py`:

```python
from django.views.generic import CreateView, DetailView, ListView

from press.models import Clipping, Release


class NewestFirst:
    ordering = ["-released", "pk"]


class Releases(NewestFirst, ListView):
    model = Release


class Clippings(NewestFirst, ListView):  # error: [django/unknown-view-field] "no field `released`"
    model = Clipping


class OneClipping(DetailView):
    model = Clipping
    slug_field = "headlin"  # error: [django/unknown-view-field] "`Clipping` has no field `headlin`"


class NewRelease(CreateView):
    model = Release
    fields = ["title", "body"]  # error: [django/unknown-view-field] "`Release` has no field `body`"
```

## Good

`press/models.py`:

```python
from django.db import models


class Release(models.Model):
    title = models.CharField(max_length=80)
    slug = models.SlugField()
    released = models.DateTimeField(auto_now_add=True)


class Clipping(models.Model):
    headline = models.CharField(max_length=80)
    seen = models.DateTimeField(auto_now_add=True)
    release = models.ForeignKey(Release, on_delete=models.CASCADE)
```

`press/views.py`:

```python
from django.db.models import Count
from django.views.generic import CreateView, DetailView, ListView

from press.models import Clipping, Release


class NewestFirst:
    ordering = ["-released", "pk"]


class Releases(NewestFirst, ListView):
    model = Release


class Clippings(NewestFirst, ListView):
    model = Clipping
    ordering = ["-release__released", "-seen"]


class Busiest(ListView):
    queryset = Release.objects.annotate(clippings=Count("clipping"))
    ordering = "-clippings"


class OneRelease(DetailView):
    model = Release
    slug_field = "title"


class NewRelease(CreateView):
    model = Release
    fields = ["title", "slug"]
```

## Source

https://docs.djangoproject.com/en/5.2/ref/class-based-views/mixins-multiple-object/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.models.field_paths import FieldPaths
from archlint.frameworks.django.places import written_at
from archlint.frameworks.django.query.paths import Followed
from archlint.frameworks.django.refusals.view_options import (
    SLUG,
    ViewField,
    ViewSlug,
    usual_slugs,
    view_fields,
)
from archlint.frameworks.places.classes import class_at, option_at
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownViewField(Rule, frozen=True):
    """Every name in such an option is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up each name in the model of the view."""
        for one in view_fields(project):
            missing = None if one.is_annotated else project.view(FieldPaths).missing(one.model, one.path)
            if missing is None:
                yield Outcome.KEPT
                continue
            yield self._found(project, one, missing)
        told: set[ProjectClass] = set()
        for slug in usual_slugs(project):
            missing = None if slug.is_annotated else project.view(FieldPaths).missing(slug.model, SLUG)
            if missing is None:
                yield Outcome.KEPT
            elif slug.cls not in told:
                told.add(slug.cls)
                yield self._without_slug(project, slug)

    def _without_slug(self, project: Project, one: ViewSlug) -> Finding:
        place = one.route.place
        related = defined_at(project, one.model)
        if place is not None:
            here = project.location(place.module, place.line, place.column)
            related = (Related(here, f"the route: `{one.route.path}`"), *related)
        return self.finding(
            class_at(project, one.cls),
            f"`{one.model.name}` has no field `{SLUG}`, by which the view looks its object up",
            "name the field that the URL tells in `slug_field`",
            related=related,
        )

    def _found(self, project: Project, one: ViewField, missing: Followed) -> Finding:
        """What a mixin brings is wrong for the view, not for all of them."""
        model, last = missing.model or one.model, missing.part
        option, is_own = one.option, one.option.holder == one.cls
        written = written_at(project, one.name.module, one.name.form, option_at(project, option))
        told = () if is_own else (Related(written, f"`{option.binding.name}` comes from here"),)
        return self.finding(
            written if is_own else class_at(project, one.cls),
            f"`{model.name}` has no field `{last}`",
            near_or_all(last, missing.candidates),
            related=(*told, *defined_at(project, model)),
            remedy=respelled(written, last, missing.candidates) if is_own else None,
        )
