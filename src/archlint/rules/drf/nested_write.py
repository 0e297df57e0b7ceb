"""Nested serializers that clients may write, in serializers that do not say how to save them.

## Why is this bad?

`ModelSerializer.create()` and `update()` do not save nested objects. They raise `AssertionError: The
.create() method does not support writable nested fields by default` as soon as a request brings the nested
data. A field whose source leads through a relation, `source="customer.name"`, is refused in the same way.

## What to do

Write `create()` and `update()` yourself, or make the nested serializer `read_only=True`.

## Bad

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Customer, Order


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["id", "name"]


class OrderSerializer(serializers.ModelSerializer):
    customer = CustomerSerializer()  # error: [drf/nested-write] "`create()` of `OrderSerializer`"

    class Meta:
        model = Order
        fields = ["id", "customer"]
```

`shop/views.py`:

```python
from rest_framework import generics

from shop.models import Order
from shop.serializers import OrderSerializer


class OrderList(generics.ListCreateAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderList

urlpatterns = [path("orders/", OrderList.as_view())]
```

## Good

`shop/models.py`:

```python
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
```

`shop/serializers.py`:

```python
from rest_framework import serializers

from shop.models import Customer, Order


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["id", "name"]


class OrderSerializer(serializers.ModelSerializer):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["id", "customer"]

    def create(self, validated_data):
        customer = Customer.objects.create(**validated_data.pop("customer"))
        return Order.objects.create(customer=customer, **validated_data)
```

`shop/views.py`:

```python
from rest_framework import generics

from shop.models import Order
from shop.serializers import OrderSerializer


class OrderList(generics.ListCreateAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderList

urlpatterns = [path("orders/", OrderList.as_view())]
```

## When not to use it

The rule speaks of serializers that a generic view uses to create or update. One that only shows objects may
nest as it likes.

## Source

https://www.django-rest-framework.org/api-guide/serializers/#writable-nested-representations
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from archlint.facts.expressions import Attribute, dotted, written_text
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drf.places import field_at
from archlint.frameworks.drf.serializers import Serializer, SerializerField, Serializers
from archlint.frameworks.drf.view_options import ViewOptions
from archlint.frameworks.drf.view_serializers import each_possible
from archlint.frameworks.drf.working_views import at_work
from archlint.frameworks.places.classes import class_at
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.project.functions import Functions
from archlint.rule import Outcome, Rule, Verdict

_HOOKS = {"create": "perform_create", "update": "perform_update"}


class NestedWrite(Rule, frozen=True):
    """Every serializer that a generic view writes with is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the nested fields of each."""
        told: set[tuple[ProjectClass, str]] = set()
        options = project.view(ViewOptions)
        for view, action in product(options.routed(), ("create", "update")):
            given = _given_by_hook(project, view, action) if options.uses(view, action) else None
            if given is None:
                continue
            serializers = self._written_with(project, view, action)
            yield Outcome.KEPT if serializers else Outcome.UNKNOWN
            for serializer in serializers:
                for field in self._nested(project, serializer, action):
                    if (serializer.cls, field.name) not in told and _relation(field) not in given:
                        told.add((serializer.cls, field.name))
                        yield self._found(project, serializer, field, action, view)

    def _written_with(self, project: Project, view: ProjectClass, action: str) -> list[Serializer]:
        """What a view may save with; none where nobody can tell."""
        options, serializers = project.view(ViewOptions), project.view(Serializers)
        single = options.serializer_class(view)
        classes = [single] if single is not None else []
        if options.value(view, "get_serializer") is None and not classes:
            site = project.view(DataFlow).flow.site(view.module)
            classes = each_possible(at_work(view, action, site, is_set=options.kind(view).is_set), site)
        found = (serializers.of(cls) for cls in classes)
        return [serializer for serializer in found if serializer is not None and serializer.is_model]

    def _nested(self, project: Project, serializer: Serializer, action: str) -> Iterator[SerializerField]:
        """The fields that the inherited method would refuse."""
        values = project.view(ClassValues)
        if not serializer.is_closed or serializer.model is None:
            return
        if any(
            values.of(serializer.cls, name) is not None for name in (action, "save", "validate", "__init__")
        ):
            return
        if any(values.of(serializer.cls, name) for name in ("to_internal_value", "run_validation")):
            return
        for field in serializer.fields.values():
            if field.is_read_only is not False or _relation(field) not in serializer.model.relations:
                continue
            if "." in _source(field) or (field.is_nested and not _may_skip(values, field)):
                yield field

    def _found(
        self,
        project: Project,
        serializer: Serializer,
        field: SerializerField,
        action: str,
        view: ProjectClass,
    ) -> Finding:
        source = _source(field)
        what = f"`{source}`" if "." in source else f"a nested `{field.name}`"
        related = (Related(class_at(project, view), f"this view calls `{action}()`"),)
        return self.finding(
            field_at(project, field),
            f"`{action}()` of `{serializer.cls.fact.name}` does not save {what}",
            f"write `def {action}(…)` that saves it, or pass `read_only=True`",
            related=related,
        )


def _source(field: SerializerField) -> str:
    """What a field writes: `customer.name`; empty where nobody can tell."""
    return (written_text(field.option("source")) or "") if field.may_be_set("source") else field.name


def _relation(field: SerializerField) -> str:
    """The relation of the model that a field may lead through."""
    return _source(field).partition(".")[0]


def _given_by_hook(project: Project, view: ProjectClass, action: str) -> frozenset[str] | None:
    """What `perform_create` of a view gives `save()` beside what was validated; None where it does more."""
    hook = project.view(ClassValues).of(view, _HOOKS[action])
    if hook is None:
        return frozenset()
    function = hook.function
    if function is None or len(function.fact.parameters) < 2:
        return None
    serializer = function.fact.parameters[1].name
    if function.module.mentions(function.fact, "validated_data", "initial_data"):
        return None
    saves = [
        site.call
        for site in project.view(Functions).summary(function).calls
        if isinstance(site.call.function, Attribute) and dotted(site.call.function) == f"{serializer}.save"
    ]
    given = frozenset(keyword.name for call in saves for keyword in call.keywords)
    return given if saves and "" not in given else None


def _may_skip(values: ClassValues, field: SerializerField) -> bool:
    """Whether the nested serializer may give something that is no dictionary: an object it has looked up."""
    names = ("to_internal_value", "validate", "run_validation", "__init__", "__new__", "many_init")
    return field.cls is None or any(values.of(field.cls, name) is not None for name in names)
