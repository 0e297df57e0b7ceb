"""Views without a permission class that every view must have.

## Why is this bad?

A view of REST framework whose `permission_classes` lack the one that the team agreed on answers anybody.
Nothing fails, no test of the view itself turns red, and the data is out. The default of REST framework,
`AllowAny`, guards nothing, and a list on the class replaces the whole list in the settings.

## What to do

Add the permission to the view, or to `DEFAULT_PERMISSION_CLASSES` in the settings. All classes in a list must
agree; in `A & B` both must, in `A | B` one is enough. List the views that are meant to be open in `allow`.

## Bad

```toml
[rules."drf/unguarded-view"]
required = ["rest_framework.permissions.IsAuthenticated"]
```

`shop/views.py`:

```python
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.views import APIView


class Orders(APIView):  # error: [drf/unguarded-view] "`Orders` does not require"
    permission_classes = [AllowAny]

    def get(self, request):
        return Response([])


@api_view(["GET"])
@permission_classes([IsAuthenticatedOrReadOnly | IsAuthenticated])
def prices(request):  # error: [drf/unguarded-view] "`prices` does not require"
    return Response([])
```

## Good

```toml
[rules."drf/unguarded-view"]
required = ["rest_framework.permissions.IsAuthenticated"]
allow = ["shop.public"]
```

`shop/permissions.py`:

```python
from rest_framework.permissions import IsAuthenticated


class IsOwner(IsAuthenticated):
    def has_object_permission(self, request, view, obj):
        return obj.owner == request.user
```

`shop/views.py`:

```python
from rest_framework.permissions import IsAdminUser, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.permissions import IsOwner


class Orders(APIView):
    permission_classes = [IsOwner]

    def get(self, request):
        return Response([])


class Prices(APIView):
    permission_classes = [IsAdminUser & IsAuthenticated]

    def get(self, request):
        return Response([])
```

`shop/public.py`:

```python
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView


class Health(APIView):
    permission_classes = [AllowAny]

    def get(self, request):
        return Response("ok")
```

## Source

https://www.django-rest-framework.org/api-guide/permissions/
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import Pattern
from archlint.demand import Demand, named
from archlint.finding import Severity
from archlint.frameworks.drf.permissions import Permissions
from archlint.frameworks.places.classes import class_at, function_at
from archlint.project import Project
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.imports.selection import select
from archlint.project.patterns import matches_name
from archlint.rule import Outcome, Rule, Verdict


class UnguardedView(Rule, frozen=True):
    """Every view of REST framework outside of tests is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    required: tuple[str, ...]
    """Permission classes, one of which each view must require: dotted names with `*` and `**`."""

    allow: tuple[Pattern, ...] = ()
    """Modules whose views are meant to be open."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What views have to ask for."""
        yield Demand(f"Let each view of REST framework require {named(self.required, 'or')}", free=self.allow)

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the permission classes of every view, or else at those of the settings."""
        allowed = select(project, self.id, "allow", self.allow)
        for guarded in project.view(Permissions).guarded(self._is_wanted):
            if guarded.view.module in allowed:
                continue
            if guarded.by is False:
                yield self._open(project, guarded.view)
            else:
                yield Outcome.KEPT if guarded.by else Outcome.UNKNOWN

    def _is_wanted(self, name: str) -> bool:
        return any(matches_name(name, pattern) for pattern in self.required)

    def _open(self, project: Project, view: ProjectClass | ProjectFunction) -> Verdict:
        wanted = " or ".join(f"`{name}`" for name in self.required)
        place = class_at(project, view) if isinstance(view, ProjectClass) else function_at(project, view)
        return self.finding(
            place,
            f"`{view.fact.name}` does not require {wanted}",
            f"add `{self.required[0].rpartition('.')[2]}` to its `permission_classes`",
        )
