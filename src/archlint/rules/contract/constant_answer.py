"""Handlers that answer an operation with the same data, whatever they are asked.

## Why is this bad?

The OpenAPI document says that the operation depends on what it is given: a path with a parameter, a filter,
a body. A handler that returns what is written down in it was a placeholder, and nobody came back to it. It
answers 200, so that no monitoring notices.

## What to do

Implement the operation; or answer 501 Not Implemented, and take it out of the document until then.

## Bad

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders/{number}:
    get:
      parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: an order}}
```

`shop/web.py`:

```python
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/orders/<int:number>")
def order(number):
    return jsonify({"number": 1, "items": []})  # warning: [contract/constant-answer] "`GET /orders/{number}`"
```

## Good

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders/{number}:
    get:
      parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: an order}}
```

`shop/web.py`:

```python
from flask import Flask, jsonify

app = Flask(__name__)
ORDERS = {}


@app.get("/orders/<int:number>")
def order(number):
    return jsonify({"number": number, "items": ORDERS.get(number, [])})
```

## Source

The OpenAPI Specification, "Operation Object"; RFC 9110, 501 Not Implemented.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.contract.constants import constant_answer
from archlint.frameworks.contract.document import Contract, Operation
from archlint.frameworks.contract.routes import ServedRoutes
from archlint.project import Project
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class ConstantAnswer(Rule, frozen=True):
    """Every handler of an operation that is given something is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for handlers that do nothing but return what is written down."""
        contract = project.view(Contract)
        routes = project.view(ServedRoutes)
        told: set[tuple[ProjectFunction, str]] = set()
        for operation in contract.operations:
            if not _is_given_something(operation):
                continue
            for function in routes.of(operation).functions(operation.method):
                if (function, operation.method) not in told:
                    told.add((function, operation.method))
                    yield self._judged(project, operation, function)

    def _judged(self, project: Project, operation: Operation, function: ProjectFunction) -> Verdict:
        answer = constant_answer(project, function, operation.method)
        if answer is None:
            return Outcome.KEPT
        return self.finding(
            project.location(function.module, answer.line, 0),
            f"`{function.fact.name}` answers `{operation.shown}` with the same data, whatever it is asked",
            "implement it, or answer 501 until it is",
            related=(Related(operation.place, "promised here"),),
        )


def _is_given_something(operation: Operation) -> bool:
    return bool(operation.said.get("parameters") or operation.shared.get("parameters")) or (
        "requestBody" in operation.said
    )
