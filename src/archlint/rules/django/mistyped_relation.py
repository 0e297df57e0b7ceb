"""Objects of the wrong model given to a relation.

## Why is this bad?

A relation takes objects of one model. `profile.contacts.add(user)` raises `TypeError` if `contacts` leads to
profiles, `Order(customer=user)` raises `ValueError`, and so does `filter(customer=user)`. Two models that
stand for the same person, a user and a profile, are easily taken for one another; so are an object and its
key: `Profile(user=user.pk)` is a `ValueError`, `user_id=user` a `TypeError` when it is saved. A relation to
many takes objects or their keys: given the texts of names, it raises `ValueError` where keys are numbers.
What `get_or_create` gives is a pair, not the object.

## What to do

Give the object that the relation leads to: `other.profile`, not `other`.

## Bad

`people/models.py`:

```python
from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    contacts = models.ManyToManyField("self")
    nick = models.CharField(max_length=20)
```

`people/services.py`:

```python
from django.contrib.auth.models import User

from people.models import Profile


def connect(profile: Profile, username: str) -> None:
    other = User.objects.get(username=username)
    profile.contacts.add(other)  # error: [django/mistyped-relation] "`contacts` takes `Profile`, not `User`"


def copy(profile: Profile) -> None:
    nicks = Profile.objects.values_list("nick", flat=True)
    profile.contacts.set(nicks)  # error: [django/mistyped-relation] "not the text `nick`"


def invite(profile: Profile) -> None:
    friends = Profile.objects.exclude(pk=profile.pk)
    profile.contacts.add(*[one.nick for one in friends])  # error: [django/mistyped-relation] "not the text"


def circle(user: User):
    return Profile.objects.filter(contacts=user)  # error: [django/mistyped-relation] "not `User`"


def create(user: User):
    return Profile.objects.create(user=user.pk)  # error: [django/mistyped-relation] "not a key"


def adopt(profile: Profile) -> None:
    found = User.objects.get_or_create(username="zoe")
    profile.user = found  # error: [django/mistyped-relation] "not a tuple"
    profile.save()
```

## Good

`people/models.py`:

```python
from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    contacts = models.ManyToManyField("self")
    nick = models.CharField(max_length=20)
```

`people/services.py`:

```python
from django.contrib.auth.models import User

from people.models import Profile


def connect(profile: Profile, username: str) -> None:
    other = User.objects.get(username=username)
    profile.contacts.add(other.profile)


def copy(profile: Profile) -> None:
    profile.contacts.set(Profile.objects.values_list("pk", flat=True))


def invite(profile: Profile) -> None:
    friends = Profile.objects.exclude(pk=profile.pk)
    profile.contacts.add(*[one for one in friends], *[str(one.pk) for one in friends])


def circle(user: User):
    return Profile.objects.filter(contacts=user.profile, user=user)


def create(user: User):
    return Profile.objects.create(user=user), Profile.objects.create(user_id=user.pk)


def adopt(profile: Profile) -> None:
    profile.user, _ = User.objects.get_or_create(username="zoe")
    profile.save()
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/relations/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Finding, Location, Severity
from archlint.frameworks.django.models.field_kinds import ONE_TO_ONE, WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Expr
from archlint.frameworks.django.query.objects.kinship import strangers
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.results import Key, Plain
from archlint.frameworks.django.writes.given_texts import given_texts
from archlint.frameworks.django.writes.relating import RelatedValue, related_values
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.places.models import declared_at
from archlint.project import Project
from archlint.project.flow.values import Constant, Items, Many, Value, only, something
from archlint.project.guards import is_one_way
from archlint.remedies import stepped
from archlint.rule import Outcome, Rule, Verdict


class MistypedRelation(Rule, frozen=True):
    """Every object that is given to a relation is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the models of what is given with those the relations lead to."""
        models = project.view(DjangoModels)
        told: set[Location] = set()
        compared = [(given, _strangers(models, given)) for given in related_values(project)]
        right = {given.location for given, wrong in compared if wrong is not None and not wrong}
        for given, wrong in compared:
            if given.is_kept and query_sets(given.value) is not None and given.location not in told:
                told.add(given.location)
                yield self.finding(
                    given.location,
                    f"`{given.relation.name}` takes one object, not a query set",
                    "take one out of it with `get()` or `first()`",
                    related=declared_at(project, given.relation),
                )
            elif given.location not in told and (said := _mixed_up(given)):
                told.add(given.location)
                yield self.finding(given.location, *said, related=declared_at(project, given.relation))
            elif given.takes_key or wrong is None:
                yield Outcome.UNKNOWN
            elif not wrong:
                yield Outcome.KEPT
            elif _is_told_apart(project, given.location, is_right_too=given.location in right):
                yield Outcome.UNKNOWN
            elif given.location not in told:
                told.add(given.location)
                yield self._found(project, models, given, wrong[0])

        for text in given_texts(project):
            if text.location not in told:
                told.add(text.location)
                yield self.finding(
                    text.location,
                    f"`{text.relation.name}` takes objects or their keys, not the text {text.text}",
                    "give the objects themselves",
                    related=declared_at(project, text.relation),
                )

    def _found(
        self,
        project: Project,
        models: DjangoModels,
        given: RelatedValue,
        wrong: DjangoModel,
    ) -> Finding:
        wanted = models.model(given.relation.target)
        assert isinstance(wanted, DjangoModel)  # or nobody could tell what is wrong
        ways = _ways(models, wrong, wanted)
        return self.finding(
            given.location,
            f"`{given.relation.query_name or given.relation.name}` takes `{wanted.name}`, not `{wrong.name}`",
            f"give its `{ways[0]}`" if len(ways) == 1 else f"give an object of `{wanted.name}`",
            related=declared_at(project, given.relation),
            remedy=stepped(Act.FOLLOW, given.location, ways[0], safe=False) if len(ways) == 1 else None,
        )


def _strangers(models: DjangoModels, given: RelatedValue) -> tuple[DjangoModel, ...] | None:
    """The models of what is given that the relation does not lead to; None where nobody can tell."""
    wanted = models.model(given.relation.target)
    return strangers(models, given.value, wanted) if isinstance(wanted, DjangoModel) else None


def _is_told_apart(project: Project, location: Location, *, is_right_too: bool) -> bool:
    """Whether the function around asks of what class something is, by its name or as one way of several."""
    module = project.module_at(location.path)
    if module is None:
        return False
    around = (fact for fact in module.functions if fact.line <= location.line <= fact.end_line)
    if any(module.mentions(fact, "__name__", "model_name", "object_name") for fact in around):
        return True
    return is_right_too and is_one_way(module, location.line)


def _ways(models: DjangoModels, wrong: DjangoModel, wanted: DjangoModel) -> list[str]:
    """The attributes of one model that lead to one object of another."""
    own = [r for r in wrong.relations.values() if r.target == wanted.key and not r.cardinality.is_collection]
    back = [
        pointer.accessor
        for pointer in models.pointing_at(wrong.key)
        if pointer.model == wanted.key and pointer.relation.kind == ONE_TO_ONE
    ]
    return sorted({*(relation.name for relation in own), *back} - {""})


def _mixed_up(given: RelatedValue) -> tuple[str, str] | None:
    """A key where an object is wanted, or the other way round: what is wrong, and what to do."""
    relation = given.relation
    if relation.kind not in WITH_COLUMN:
        return None
    if given.is_added:
        is_key = relation.cardinality is Cardinality.ONE_TO_MANY and only(given.value, Key)
        return (
            (f"`{relation.name}` takes objects, not keys", "give the objects themselves") if is_key else None
        )
    if not given.is_kept:
        return None
    if given.takes_key:
        if not only(given.value, ModelObject):
            return None
        hint = f"give it to `{relation.name}`, or give its `pk`"
        return f"`{relation.attribute}` takes a key, not an object", hint
    options = something(given.value)
    if options and all(isinstance(one, (Items, Many)) for one in options):
        kind = options[0].kind if isinstance(options[0], Items) else "list"
        return f"`{relation.name}` takes an object, not a {kind}", _TAKEN_OUT[kind == "tuple"]
    if not options or not all(isinstance(one, (Key, Plain, Constant, Expr)) for one in options):
        return None
    what = _NAMES.get(type(options[0])) or f"`{_written(options[0])}`"
    return f"`{relation.name}` takes an object, not {what}", f"give it to `{relation.attribute}`"


_TAKEN_OUT = ("give one of the objects in it", "unpack it, as `order, created = …`, and give the object")
"""What to do with a list, and with a tuple, which is what `get_or_create` gives."""

_NAMES: dict[type, str] = {Key: "a key", Expr: "an expression"}


def _written(value: Value) -> object:
    return value.by + "()" if isinstance(value, Plain) else getattr(value, "value", "")
