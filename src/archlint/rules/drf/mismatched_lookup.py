"""Views of one object whose URL does not pass what they look it up by.

## Why is this bad?

`get_object()` of a generic view takes the parameter `lookup_url_kwarg`, or else `lookup_field`, which is
`pk`, from the URL. If the path has no parameter of that name, every request fails with `AssertionError:
Expected view … to be called with a URL keyword argument named "pk"`.

## What to do

Give the parameter of the path that name, or set `lookup_field` or `lookup_url_kwarg`.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
ROOT_URLCONF = "shop.urls"
```

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/views.py`:

```python
from rest_framework import generics, serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number"]


class OrderDetail(generics.RetrieveAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderDetail

urlpatterns = [
    path("orders/<int:order_id>/", OrderDetail.as_view()),  # error: [drf/mismatched-lookup] "`pk`"
]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
ROOT_URLCONF = "shop.urls"
```

`shop/models.py`:

```python
from django.db import models


class Order(models.Model):
    number = models.IntegerField()
```

`shop/views.py`:

```python
from rest_framework import generics, serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["id", "number"]


class OrderDetail(generics.RetrieveAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    lookup_url_kwarg = "order_id"
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import OrderDetail

urlpatterns = [
    path("orders/<int:order_id>/", OrderDetail.as_view()),
]
```

## Source

https://www.django-rest-framework.org/api-guide/generic-views/#attributes
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.urls.routes import DjangoRoute
from archlint.frameworks.drf.routers import Routers
from archlint.frameworks.drf.view_classes import ON_ONE
from archlint.frameworks.drf.view_options import ViewOptions
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.rule import Outcome, Rule, Verdict

_STEERING = ("get_object", "dispatch", "initial", "setup", "as_view", "initialize_request")
"""Methods by which a view may find its object in another way."""


class MismatchedLookup(Rule, frozen=True):
    """Every route to a ready-made action on one object is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what each view looks up by with the parameters of its routes."""
        options = project.view(ViewOptions)
        for cls in options.routed():
            if not options.kind(cls).is_generic:
                continue
            name = project.view(Routers).lookup(cls)
            is_steered = any(options.value(cls, each) is not None for each in _STEERING)
            for route in options.routes(cls):
                if not options.answering(cls, route) & ON_ONE:
                    continue
                if not name or is_steered or not route.is_whole or _is_told(route):
                    yield Outcome.UNKNOWN
                elif any(parameter.name == name for parameter in route.parameters) or name in route.given:
                    yield Outcome.KEPT
                else:
                    yield self._found(project, cls, route, name)

    def _found(self, project: Project, cls: ProjectClass, route: DjangoRoute, name: str) -> Finding:
        assert route.pattern is not None
        place = spot(project, route.pattern.module, route.pattern.view or route.pattern.form)
        return self.finding(
            place,
            f"`{cls.fact.name}` looks its object up by `{name}`, which `{route.path}` does not pass",
            "give the parameter that name, or set `lookup_field` or `lookup_url_kwarg` of the view",
            related=(Related(class_at(project, cls), "the view is defined here"),),
        )


def _is_told(route: DjangoRoute) -> bool:
    """Whether `as_view()` is given the name."""
    given = route.view.given if route.view is not None else frozenset()
    return not given.isdisjoint({"", "lookup_field", "lookup_url_kwarg"})
