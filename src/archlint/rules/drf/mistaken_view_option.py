"""Options of views that are given an object instead of a class, or one class instead of a list.

## Why is this bad?

REST framework makes a permission, a paginator, a serializer anew for each request: it calls what stands in
`permission_classes`, one by one. An object that is there already cannot be called, and a class cannot be gone
through like a list: each request ends in a `TypeError`.

## What to do

Write the class without parentheses, in a list where several are wanted.

## Bad

`shop/settings.py`:

```python
INSTALLED_APPS = ["rest_framework"]
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from rest_framework import permissions
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView


class Owner(permissions.BasePermission):
    def has_permission(self, request, view):
        return True


class Orders(APIView):
    permission_classes = [Owner()]  # error: [drf/mistaken-view-option] "`Owner()` is no class"
    throttle_classes = UserRateThrottle  # error: [drf/mistaken-view-option] "a list of classes"

    def get(self, request):
        return Response([])
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import Orders

urlpatterns = [path("orders/", Orders.as_view())]
```

## Good

`shop/settings.py`:

```python
INSTALLED_APPS = ["rest_framework"]
ROOT_URLCONF = "shop.urls"
```

`shop/views.py`:

```python
from rest_framework import permissions
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView


class Owner(permissions.BasePermission):
    def has_permission(self, request, view):
        return True


class Orders(APIView):
    permission_classes = [Owner | permissions.IsAdminUser]
    throttle_classes = (UserRateThrottle,)

    def get(self, request):
        return Response([])
```

`shop/urls.py`:

```python
from django.urls import path

from shop.views import Orders

urlpatterns = [path("orders/", Orders.as_view())]
```

## Source

https://www.django-rest-framework.org/api-guide/permissions/#setting-the-permission-policy
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.drf.made_options import made_options
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MistakenViewOption(Rule, frozen=True):
    """Every class in an option of a view that URLs lead to is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for calls, and for one where several are wanted."""
        for one in made_options(project):
            place = spot(project, one.value.holder.module, one.form)
            option = one.value.binding.name
            if one.is_instance:
                yield self.finding(place, f"`{one.name}()` is no class", f"write `{one.name}`")
            elif one.is_alone:
                yield self.finding(place, f"`{option}` has to be a list of classes", f"write `[{one.name}]`")
            else:
                yield Outcome.KEPT
