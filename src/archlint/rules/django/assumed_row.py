"""Rows of a one-to-one relation that are read but never created.

## Why is this bad?

`user.profile` raises `RelatedObjectDoesNotExist` for a user without a profile. If code of the project makes
users and none ever makes a profile, neither on registration nor in a receiver of `post_save`, that is every
user. Where the project does not make the users either, both come from elsewhere, and the rule is silent.

## What to do

Create the row together with the other one, in the same transaction or in a receiver of `post_save`; or use
`get_or_create` where it is read; or handle the case that it is missing.

## Bad

`people/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "people"]
```

`people/models.py`:

```python
from django.conf import settings
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    text = models.TextField(blank=True)
```

`people/views.py`:

```python
from django.contrib.auth.models import User
from django.http import JsonResponse


def register(request):
    User.objects.create_user(request.POST["name"])
    return JsonResponse({})


def show(request):
    return JsonResponse({"text": request.user.profile.text})  # warning: [django/assumed-row] "nothing makes"
```

## Good

`people/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "people"]
```

`people/models.py`:

```python
from django.conf import settings
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    text = models.TextField(blank=True)
```

`people/views.py`:

```python
from django.contrib.auth.models import User
from django.http import JsonResponse

from people.models import Profile


def register(request):
    user = User.objects.create_user(request.POST["name"])
    Profile.objects.create(user=user)
    return JsonResponse({})


def show(request):
    return JsonResponse({"text": request.user.profile.text})
```

## When not to use it

Where the rows are made by hand, or by another program. Say so with a suppression.

## Source

https://docs.djangoproject.com/en/5.2/topics/db/examples/one_to_one/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Literal, last_name
from archlint.finding import Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.writes.made_rows import MadeRows
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.places.models import declared_at
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import only
from archlint.project.functions import Functions
from archlint.rule import Outcome, Rule, Verdict

_EXPECTING = ("", "DoesNotExist", "Exception", "BaseException", "AttributeError")
"""Ends of the names of exceptions that tell of a missing row, with `AttributeError` above them."""


class AssumedRow(Rule, frozen=True):
    """Every read of a relation to the one row that points back is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Ask of each whether anything makes such rows."""
        told: set[object] = set()
        models, made = project.view(DjangoModels), project.view(MadeRows)
        for trace, event in project.view(DataFlow).events(Read):
            relation = _pointing_back(models, event)
            key = (trace.module.path, *place(event.form))
            if relation is None or key in told or is_test(f"/{trace.module.path}"):
                continue
            target = models.model(relation.target)
            if not isinstance(target, DjangoModel) or target.cls is None or made.of(target):
                yield Outcome.KEPT
            elif (
                _may_make_itself(models, target, relation)
                or not _is_made(models, made, relation)
                or _is_expected(project, trace, event, relation)
            ):
                yield Outcome.UNKNOWN
            else:
                told.add(key)
                yield self._found(project, trace, event, relation, target)

    def _found(
        self, project: Project, trace: Trace, event: Read, relation: Relation, target: DjangoModel
    ) -> Finding:
        owner = relation.owner.rpartition(".")[2]
        return self.finding(
            spot(project, trace.module, event.form),
            f"`{event.name}` is missing for each `{owner}`: nothing makes a `{target.name}`",
            f"make the `{target.name}` together with the `{owner}`, or ask for it with `get_or_create`",
            related=declared_at(project, relation),
        )


def _pointing_back(models: DjangoModels, event: Read) -> Relation | None:
    """The relation to one row that holds the key: not the link of a model to its parent."""
    objects = only(event.receiver, ModelObject)
    model = models.model(objects[0].model) if objects else None
    relation = model.relations.get(event.name) if isinstance(model, DjangoModel) else None
    if (
        relation is None
        or not relation.is_reverse
        or relation.cardinality.is_collection
        or not relation.unique
    ):
        return None
    target = models.model(relation.target)
    is_child = (
        target is not None
        and model is not None
        and not {model.key, relation.owner}.isdisjoint(target.parents)
    )
    return None if is_child else relation


def _may_make_itself(models: DjangoModels, target: DjangoModel, relation: Relation) -> bool:
    """Whether a field of an unusual class may make the row where it is read: `AutoOneToOneField`."""
    declaration = models.declaration(target, relation.inverse)
    return declaration is not None and not declaration.is_plain


def _is_made(models: DjangoModels, made: MadeRows, relation: Relation) -> bool:
    """Whether the project makes the rows itself that would need another one."""
    owner = models.model(relation.owner)
    return isinstance(owner, DjangoModel) and made.of(owner)


def _is_expected(project: Project, trace: Trace, event: Read, relation: Relation) -> bool:
    """Whether the code around it knows that the row may be missing, or has asked for those that are there."""
    if any(
        caught.rpartition(".")[2].endswith(_EXPECTING[1:]) or not caught for caught in event.context.caught
    ):
        return True
    if trace.function is None:
        return False
    names = {event.name, relation.query_name or event.name}
    return any(_mentions(site.call, names) for site in project.view(Functions).summary(trace.function).calls)


def _mentions(call: Call, names: set[str]) -> bool:
    """`hasattr(user, "profile")`, `filter(profile__isnull=False)`, `select_related("profile")`."""
    texts = [one.value for one in call.arguments if isinstance(one, Literal) and isinstance(one.value, str)]
    if last_name(call.function) in ("hasattr", "getattr") and not names.isdisjoint(texts):
        return True
    return any(keyword.name.split("__")[0] in names for keyword in call.keywords)
