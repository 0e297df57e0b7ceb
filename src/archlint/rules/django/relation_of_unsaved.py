"""Many-to-many relations of objects that are not saved yet.

## Why is this bad?

The rows that join two objects hold the keys of both. An object that was only made has no key: reading its
relation raises `ValueError: … needs to have a value for field "id" before this many-to-many relationship can
be used`.

## What to do

Save the object first, or make it with `create()`.

## Bad

`blog/models.py`:

```python
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Post(models.Model):
    title = models.CharField(max_length=80)
    tags = models.ManyToManyField(Tag)
```

`blog/services.py`:

```python
from blog.models import Post


def publish(title="news"):
    post = Post(title=title)
    post.title = title.upper()
    post.tags.add(1)  # error: [django/relation-of-unsaved] "before it is saved"
    post.save()
    return post


def draft(title="news"):
    post = Post(title=title)
    if title:
        post.tags.set([1])  # error: [django/relation-of-unsaved] "`tags`"
    return post
```

## Good

`blog/models.py`:

```python
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Post(models.Model):
    title = models.CharField(max_length=80)
    tags = models.ManyToManyField(Tag)


def stored(post):
    post.save()
    return post
```

`blog/services.py`:

```python
from blog.models import Post, stored


def publish(title="news"):
    post = Post(title=title)
    post.save()
    post.tags.add(1)
    return post


def draft(title="news"):
    post = Post.objects.create(title=title)
    post.tags.set([1])
    return post


def handed_on(title="news"):
    post = Post(title=title)
    stored(post)
    post.tags.add(1)
    return post
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/examples/many_to_many/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.query.unsaved import Unsaved, unsaved
from archlint.frameworks.spots import place, spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class RelationOfUnsaved(Rule):
    """Every object of a model with many-to-many relations that is made by its class is a place."""

    severity = Severity.ERROR
    since = "0.2"

    def check(self, project: Project) -> Iterator[Verdict]:
        """See what is asked of it before it is saved."""
        told: set[object] = set()
        for one in unsaved(project):
            if one.read is None:
                yield Outcome.KEPT
                continue
            key = (one.trace.module.path, *place(one.read))
            if key not in told:
                told.add(key)
                yield self._found(project, one)

    def _found(self, project: Project, one: Unsaved) -> Finding:
        assert one.read is not None
        module, name = one.trace.module, one.model.rpartition(".")[2]
        return self.finding(
            spot(project, module, one.read),
            f"`{one.name}` of this `{name}` is read before it is saved, which raises ValueError",
            "save it first, or make it with `create()`",
            related=(Related(spot(project, module, one.made), "it is made here"),),
        )
