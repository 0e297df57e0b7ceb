"""Serializers that are saved, or asked for their data, before they are validated.

## Why is this bad?

A serializer that is given `data` has to be asked `is_valid()` first: without it `save()` raises
`AssertionError: You must call .is_valid() before calling .save()`, and `validated_data` and `errors` the
like.

## What to do

Call `serializer.is_valid(raise_exception=True)` before.

## Bad

`shop/views.py`:

```python
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.Serializer):
    number = serializers.IntegerField()


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.save()  # error: [drf/unvalidated-save] "`save` of `serializer`"
        return Response(serializer.data)
```

## Good

`shop/views.py`:

```python
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.Serializer):
    number = serializers.IntegerField()

    def create(self, validated_data):
        return validated_data


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)
```

## When not to use it

A serializer that is handed to another function may be validated there; such are left alone.

## Source

https://www.django-rest-framework.org/api-guide/serializers/#saving-instances
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Name
from archlint.finding import Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.serializers import Serializers
from archlint.frameworks.places.expressions import spot
from archlint.project import Module, Project
from archlint.project.classes import ClassHierarchy
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes
from archlint.project.summaries import Summary
from archlint.rule import Outcome, Rule, Verdict

_AFTERWARDS = frozenset({"validated_data", "errors"})
_OVERRIDDEN = ("save", "is_valid", "validated_data", "errors", "__init__")


class UnvalidatedSave(Rule, frozen=True):
    """Every local name for a serializer with data is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look into the functions that make serializers."""
        functions = project.view(Functions)
        for module in project.modules:
            if b"save" not in module.encoded_definitions or not _may_use(module):
                continue
            for index, fact in enumerate(module.functions):
                if any(word in module.encoded(fact) for word in (b"save", b"validated_data", b"errors")):
                    function = ProjectFunction(module, index)
                    yield from self._function(project, function, functions.summary(function))

    def _function(self, project: Project, function: ProjectFunction, summary: Summary) -> Iterator[Verdict]:
        for name, bound in summary.bound.items():
            values = [one.value for one in bound if one.how == "assign"]
            if len(values) != len(bound) or not values:
                continue
            if not all(isinstance(v, Call) and self._makes(project, function, v) for v in values):
                continue
            if _is_passed_on(summary, name) or _calls(summary, name, "is_valid"):
                yield Outcome.KEPT
                continue
            uses: list[Call | Attribute] = [
                *_calls(summary, name, "save"),
                *(read.attribute for read in summary.reads if _is_afterwards(read.attribute, name)),
            ]
            for use in uses:
                method = use.function if isinstance(use, Call) else use
                assert isinstance(method, Attribute)
                yield self.finding(
                    spot(project, function.module, use),
                    f"`{method.attr}` of `{name}` is used, but `is_valid()` was not called",
                    f"call `{name}.is_valid(raise_exception=True)` first",
                )

    def _makes(self, project: Project, function: ProjectFunction, call: Call) -> bool:
        """Whether a call makes a serializer of the project that is given data."""
        if not any(keyword.name == "data" for keyword in call.keywords):
            return False
        answer = project.view(Scopes).resolve(function.module, function.scope, call.function)
        cls = project.view(ClassHierarchy).of(answer)
        if cls is None or project.view(Serializers).of(cls) is None:
            return False
        return all(project.view(ClassValues).of(cls, name) is None for name in _OVERRIDDEN)


def _may_use(module: Module) -> bool:
    """Whether a module imports anything that goes by the name of a serializer."""
    return any(
        "rest_framework" in fact.module or "eriali" in f"{fact.module}{fact.name}".lower()
        for fact in module.facts.imports
    )


def _calls(summary: Summary, name: str, method: str) -> list[Call]:
    """The calls of a method of a name."""
    return [
        site.call
        for site in summary.calls
        if isinstance(site.call.function, Attribute)
        and site.call.function.attr == method
        and isinstance(site.call.function.value, Name)
        and site.call.function.value.id == name
    ]


def _is_afterwards(read: Attribute, name: str) -> bool:
    return read.attr in _AFTERWARDS and isinstance(read.value, Name) and read.value.id == name


def _is_passed_on(summary: Summary, name: str) -> bool:
    """Whether somebody else gets the serializer: as an argument, in an attribute, by `return`."""
    given = [value for site in summary.calls for value in site.call.arguments]
    given += [keyword.value for site in summary.calls for keyword in site.call.keywords]
    given += [bound.value for _, bound in (*summary.stored, *summary.keyed)]
    given += [*summary.returns, *summary.yields]
    given += [bound.value for bounds in summary.bound.values() for bound in bounds]
    return any(isinstance(value, Name) and value.id == name for value in given)
