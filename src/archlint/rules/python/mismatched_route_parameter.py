"""Parameters in the paths of Flask's routes that the function does not take.

## Why is this bad?

Flask passes what it finds in the path by name. A function that has another name for it raises `TypeError: got
an unexpected keyword argument` with every request, and the client gets 500.

## What to do

Give both the same name.

## Bad

`shop/orders.py`:

```python
from flask import Blueprint

blueprint = Blueprint("orders", __name__, url_prefix="/shops/<shop>")


@blueprint.get("/orders/<int:order_id>")
def order(shop, id):  # error: [python/mismatched-route-parameter] "`order` does not take `order_id`"
    return {"shop": shop, "id": id}
```

## Good

`shop/orders.py`:

```python
from flask import Blueprint, Flask

blueprint = Blueprint("orders", __name__, url_prefix="/shops/<shop>")


@blueprint.get("/orders/<int:order_id>")
def order(shop, order_id):
    return {"shop": shop, "id": order_id}


@blueprint.get("/orders")
def orders(**passed):
    return passed


@blueprint.get("/invoices", defaults={"year": None})
@blueprint.get("/invoices/<int:year>")
def invoices(shop, year):
    return {"shop": shop, "year": year}


app = Flask(__name__)
app.register_blueprint(blueprint)
```

## Source

"Variable Rules" in the quickstart of Flask. Verified with Flask.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.contract.route_parameters import Passed, passed_parameters
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MismatchedRouteParameter(Rule, frozen=True):
    """Every function that answers a route of Flask is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the names in the path with those of the function."""
        for passed in passed_parameters(project):
            yield self._judged(project, passed)

    def _judged(self, project: Project, passed: Passed) -> Verdict:
        fact = passed.function.fact
        place, routed = project.location(passed.function.module, fact.line, fact.column), passed.route.place
        if not fact.decorators and not passed.route.handlers:
            place, routed = routed, place  # who reads the route sees the mistake
        related = (Related(routed, "these two go together"),)
        if passed.unexpected:
            name = passed.unexpected[0]
            message = f"`{fact.name}` does not take `{name}`, which the route `{passed.route.path}` passes"
            otherwise = (
                f"call the parameter `{passed.lacking[0]}` in the path" if passed.lacking else "take it"
            )
            return self.finding(
                place, message, did_you_mean(name, passed.lacking, otherwise), related=related
            )
        if passed.lacking:
            message = f"`{fact.name}` needs `{passed.lacking[0]}`, which `{passed.route.path}` does not pass"
            return self.finding(place, message, "put it into the path, or give it a default", related=related)
        return Outcome.KEPT
