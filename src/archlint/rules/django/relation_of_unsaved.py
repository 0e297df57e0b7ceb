"""Objects that are related to others before they are saved.

## Why is this bad?

What relates two objects are keys. An object that was only made has none yet: reading its relations to many,
giving it to `create()`, `filter()` or `add()`, and saving another object that holds it all raise
`ValueError`.

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


class Comment(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
```

`blog/services.py`:

```python
from blog.models import Comment, Post


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


def comment(text="yes"):
    post = Post(title="news")
    return Comment.objects.create(post=post, text=text)  # error: [django/relation-of-unsaved] "`create()`"


def answered(text="yes"):
    post = Post(title="news")
    answer = Comment(post=post, text=text)
    answer.save()  # error: [django/relation-of-unsaved] "saved with `answer`"
    post.save()


def found():
    comments = Comment.objects.filter(post=Post())  # error: [django/relation-of-unsaved] "`filter()`"
    return list(comments)
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


class Comment(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()


def stored(post):
    post.save()
    return post
```

`blog/services.py`:

```python
from blog.models import Comment, Post, stored


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


def answered(text="yes"):
    post = Post(title="news")
    answer = Comment(post=post, text=text)
    post.save()
    answer.save()
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/examples/many_to_many/ and
https://docs.djangoproject.com/en/5.2/releases/5.0/#miscellaneous
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.writes.unsaved import Unsaved, unsaved
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RelationOfUnsaved(Rule, frozen=True):
    """Every object that is made by the class of its model, and gets its key from the database, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """See what is asked of it before it is saved."""
        told: set[object] = set()
        for one in unsaved(project):
            if one.use is None:
                yield Outcome.KEPT
                continue
            key = (one.trace.module.path, *place(one.use))
            if key not in told:
                told.add(key)
                yield self._found(project, one)

    def _found(self, project: Project, one: Unsaved) -> Finding:
        assert one.use is not None
        module, name = one.trace.module, one.model.rpartition(".")[2]
        return self.finding(
            spot(project, module, one.use),
            f"this `{name}` is {one.said} before it is saved, which raises ValueError",
            "save it first, or make it with `create()`",
            related=(Related(spot(project, module, one.made), "it is made here"),),
        )
