"""Views that are called with the request of another view.

## Why is this bad?

`@api_view` and `as_view()` make a view that wraps the request it is called with, and that has to be Django's
own. The request inside a view of REST framework is already wrapped: passing that on is an
`AssertionError`: "The `request` argument must be an instance of `django.http.HttpRequest`".

## What to do

Put what both views do into a function that makes no view, and call it from both.

## Bad

`people/views.py`:

```python
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView


@api_view(["GET"])
def profile(request, username):
    return Response({"username": username})


@api_view(["POST"])
def follow(request, username):
    return profile(request, username)  # error: [drf/called-view] "with the request of `follow`"


class Block(APIView):
    def post(self, request, username):
        return profile(self.request, username)  # error: [drf/called-view] "`profile` is called"


class Unblock(APIView):
    def post(self, request, username):
        return Block.as_view()(request, username)  # error: [drf/called-view] "`Block` is called"


class Report(APIView):
    def post(self, request, username):
        block = Block.as_view()
        return block(request, username=username)  # error: [drf/called-view] "`Block` is called"
```

## Good

`people/views.py`:

```python
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView


def shown(username):
    return {"username": username}


@api_view(["GET"])
def profile(request, username):
    return Response(shown(username))


@api_view(["POST"])
def follow(request, username):
    return Response(shown(username))


class Block(APIView):
    def post(self, request, username):
        return profile(request._request, username)


def plain(request, username):
    return profile(request, username)
```

## Bad: through a helper

`people/views.py`:

```python
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def profile(request, username):
    return Response({"username": username})


def answered(username, request):
    return profile(request, username)  # error: [drf/called-view] "with the request of `follow`"


@api_view(["POST"])
def follow(request, username):
    return answered(username, request)
```

## Source

`rest_framework/request.py`, `Request.__init__()`
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.drf.called_views import CalledViews
from archlint.frameworks.places.classes import function_at
from archlint.frameworks.places.expressions import place, spot
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class CalledView(Rule, frozen=True):
    """Every view of REST framework is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Follow their requests."""
        told: set[object] = set()
        for found in CalledViews(project):
            if found is None:
                yield Outcome.KEPT
                continue
            module = found.function.module
            if (module.path, place(found.call)) in told:
                continue
            told.add((module.path, place(found.call)))
            by = found.by.fact.name
            yield self.finding(
                spot(project, module, found.call),
                f"`{found.view}` is called with the request of `{by}`, which is wrapped already",
                "call a plain function that both views share, not the view",
                related=(Related(function_at(project, found.by), "the view whose request it is"),),
            )
