"""Answers that lack what the OpenAPI document promises.

## Why is this bad?

A client that was written for the document reads `answer["article"]["tagList"]`, and gets nothing: the handler
answers without the key around it, or under names of Python. The status is 200, so that nobody else notices.

## What to do

Answer in the shape of the document: with the key around it, and under its names (`serialization_alias`).

## Bad

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders/{number}:
    get:
      responses:
        "200":
          content:
            application/json:
              schema: {type: object, required: [order], properties: {order: {type: object}}}
```

`shop/web.py`:

```python
from flask import Flask, jsonify

app = Flask(__name__)


def shown(number):
    return {"number": number}


@app.get("/orders/<int:number>")
def order(number):
    return jsonify(shown(number))  # warning: [contract/incomplete-answer] "without `order`"
```

## Good

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders/{number}:
    get:
      responses:
        "200":
          content:
            application/json:
              schema: {type: object, required: [order], properties: {order: {type: object}}}
```

`shop/web.py`:

```python
from flask import Flask, jsonify

app = Flask(__name__)


def shown(number):
    return {"number": number}


@app.get("/orders/<int:number>")
def order(number):
    if number < 0:
        return jsonify({"error": "no such order"}), 404
    return jsonify({"order": shown(number)})
```

## Source

The OpenAPI Specification, "Schema Object"; "Response Model" in the tutorial of FastAPI. Verified with
FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Location, Related, Severity
from archlint.frameworks.contract.answers import Missing, missing_keys
from archlint.frameworks.contract.document import Contract, Operation
from archlint.frameworks.contract.routes import ServedRoutes
from archlint.frameworks.contract.schemas import answer_schema
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class IncompleteAnswer(Rule, frozen=True):
    """Every handler of an operation whose answer is described is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for promised keys that are never there."""
        contract = project.view(Contract)
        routes = project.view(ServedRoutes)
        for operation in contract.operations:
            schema = answer_schema(contract, operation)
            if not schema:
                continue
            for function in routes.of(operation).functions(operation.method):
                found = list(missing_keys(project, contract, function, schema, operation.method))
                for each in found:
                    yield self._found(project, contract, operation, function, each)
                if not found:
                    yield Outcome.KEPT

    def _found(
        self,
        project: Project,
        contract: Contract,
        operation: Operation,
        function: ProjectFunction,
        one: Missing,
    ) -> Finding:
        message = f"`{operation.shown}` is answered without `{one.path}`, which is promised"
        hint = did_you_mean(one.path.rpartition(".")[2], one.there, "answer with it")
        related = (Related(operation.place, "promised here"),)
        finding = self.finding(_place(project, function, one), message, hint, related=related)
        return finding if contract.is_configured else replace(finding, severity=Severity.WARNING)


def _place(project: Project, function: ProjectFunction, one: Missing) -> Location:
    if one.line:
        return project.location(function.module, one.line, 0)
    return project.location(function.module, function.fact.line, function.fact.column)
