"""Attributes that the objects of a model do not have.

## Why is this bad?

`member.followers` raises `AttributeError` if the way back from `Follow.target` is called `followed_by`. Names
of reverse relations are easy to guess wrongly: they come from the other model's `related_name`, and without
one they are the other model's name in lower case with `_set`. For an object known only by its annotation, or
by what a framework is expected to hand over, the finding is a warning.

## What to do

Use the name that the relation gives: `related_name`, or `<model>_set`, or `<model>` for a one-to-one.

## Bad

`social/models.py`:

```python
from django.db import models


class Member(models.Model):
    name = models.CharField(max_length=50)


class Follow(models.Model):
    target = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="followed_by")
    source = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
```

`social/services.py`:

```python
from social.models import Member


def popularity(pk: int) -> int:
    member = Member.objects.get(pk=pk)
    return member.followers.count()  # error: [django/unknown-attribute] "no attribute `followers`"
```

## Good

`social/models.py`:

```python
from django.db import models


class Member(models.Model):
    name = models.CharField(max_length=50)


class Follow(models.Model):
    target = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="followed_by")
    source = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
```

`social/services.py`:

```python
from django.db.models import Count

from social.models import Member


def popularity(pk: int) -> int:
    member = Member.objects.annotate(total=Count("followed_by")).get(pk=pk)
    return member.total or member.followed_by.count()


def badge(member: Member) -> str:
    return member.emblem if hasattr(member, "emblem") else member.name
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#related-objects
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec.structs import replace

from archlint.facts.expressions import Attribute
from archlint.finding import Confidence, Finding, Severity
from archlint.frameworks.asking_first import is_set_apart
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModels, is_of_past
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.kinship import are_siblings
from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject
from archlint.frameworks.drf.filled_serializers import FilledSerializers
from archlint.frameworks.places.models import defined_at
from archlint.nearness import near_or_all
from archlint.project import Module, Project
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.builtins.getters import is_by_text
from archlint.project.flow.trace import Called, Context, Read, Trace
from archlint.project.flow.values import Value, only
from archlint.project.guards import is_in_branch, is_in_table, is_one_way, is_told_by_name
from archlint.project.tries import is_tried
from archlint.remedies import respelled
from archlint.rule import Outcome, Rule, Verdict

_CAUGHT = frozenset(
    {
        "",
        *(
            f"{where}{name}"
            for where in ("", "builtins.")
            for name in ("AttributeError", "Exception", "BaseException")
        ),
    }
)
"""Handlers that expect the failure."""


_UNSURE = Severity.WARNING
"""Where a promise may be wrong, as for `sqlalchemy/unknown-attribute`."""

Place: TypeAlias = "tuple[str, int, int, str]"
"""File, line and column of a read, and the name."""


class UnknownAttribute(Rule, frozen=True):
    """Every attribute that is read from an object of a model is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at reads and at methods that are called."""
        attributes = project.view(Attributes)
        wrong: dict[Place, tuple[Module, Attribute, ModelObject | ModelClass]] = {}
        right: dict[Place, set[str]] = {}
        models, hierarchy = project.view(DjangoModels), project.view(ClassHierarchy)
        sure: set[Place] = set()
        for trace, form, value, name, context in _reads(project):
            module = trace.module
            objects = _objects(value)
            if objects is None:
                continue
            place = (module.path, form.line, form.column, name)
            answers = [
                attributes.has(one, name)
                if isinstance(one, ModelObject)
                else attributes.has_itself(one, name)
                for one in objects
            ]
            if None in answers or not _CAUGHT.isdisjoint(context.caught):
                yield Outcome.UNKNOWN
            elif True in answers:
                right.setdefault(place, set()).update(one.model for one in objects)
                yield Outcome.KEPT
            elif _is_doubtful(project, module, form, objects):
                yield Outcome.UNKNOWN
            else:
                wrong.setdefault(place, (module, form, objects[0]))
                if not all(_is_promised(trace, one) for one in objects):
                    sure.add(place)
        for place, (module, form, of) in wrong.items():
            others = right.get(place, ())
            are_told_apart = any(are_siblings(models, hierarchy, of.model, other) for other in others)
            if are_told_apart or (others and is_one_way(module, form.line)):
                yield Outcome.UNKNOWN
            else:
                found = self._found(project, module, form, of)
                is_sure = place in sure
                yield found if is_sure else replace(found, severity=_UNSURE, confidence=Confidence.MEDIUM)

    def _found(
        self, project: Project, module: Module, form: Attribute, of: ModelObject | ModelClass
    ) -> Finding:
        model = project.view(DjangoModels).model(of.model)
        assert model is not None  # or its attributes were not known
        begin = form.column - len(form.attr.encode())
        location = project.location(module, form.line, max(begin, 0), form.line, form.column)
        names = [name for name in (*model.fields, *model.relations) if not name.startswith("+")]
        return self.finding(
            location,
            f"`{model.name}` has no attribute `{form.attr}`",
            near_or_all(form.attr, names),
            related=defined_at(project, model),
            remedy=respelled(location, form.attr, names),
        )


def _is_promised(trace: Trace, one: ModelObject | ModelClass) -> bool:
    """Whether nothing but an annotation, or a convention, says what an object is; `self` is sure."""
    return isinstance(one, ModelObject) and one.how == "given" and not one.way and one != trace.receiver


def _is_doubtful(
    project: Project,
    module: Module,
    form: Attribute,
    objects: tuple[ModelObject, ...] | tuple[ModelClass, ...],
) -> bool:
    """Whether the code around has another way for where it fails, or may be given something else."""
    if is_tried(module, form.line, "AttributeError") or is_told_by_name(module, form.line):
        return True
    if is_by_text(form) and is_in_branch(module, form.line):
        return True
    if is_in_table(module, form.line) or is_set_apart(module, form.line, form.attr):
        return True
    is_handed = all(isinstance(one, ModelObject) and one.how == "handed" for one in objects)
    return is_handed and project.view(FilledSerializers).hides_objects(module, form.line)


def _reads(project: Project) -> Iterator[tuple[Trace, Attribute, Value, str, Context]]:
    data_flow = project.view(DataFlow)
    for trace, read in data_flow.events(Read):
        yield trace, read.form, read.receiver, read.name, read.context
    for trace, call in data_flow.events(Called):
        if call.receiver is not None and isinstance(call.form.function, Attribute):
            yield trace, call.form.function, call.receiver, call.name, call.context


def _objects(value: Value) -> tuple[ModelObject, ...] | tuple[ModelClass, ...] | None:
    """The objects of models that a value may be, or models of the past; None where it may be more."""
    objects, models = only(value, ModelObject), only(value, ModelClass)
    return objects or (models if models and all(is_of_past(one.model) for one in models) else None)
