"""Bodies of requests that the OpenAPI document describes in another shape than the handler takes.

## Why is this bad?

A client that was written for the document sends `{"user": {"email": …}}`, and a handler that takes a model
with `email` at its top answers 422 Unprocessable Entity, whatever is sent. One that reads `body["email"]`
itself fails, or finds nothing.

## What to do

Let the model have the shape of the document: with the key around it, under the same names, and optional where
the document lets a client leave something out.

## Bad

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [user]
              properties: {user: {type: object, properties: {email: {type: string}}}}
      responses: {"201": {description: a new user}}
```

`shop/web.py`:

```python
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewUser(BaseModel):
    email: str


@app.post("/users")
def register(body: NewUser):  # warning: [contract/mismatched-body] "`register` requires `email`"
    return {"email": body.email}
```

## Good

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [user]
              properties: {user: {type: object, required: [email], properties: {email: {type: string}}}}
      responses: {"201": {description: a new user}}
```

`shop/web.py`:

```python
from fastapi import Body, FastAPI
from pydantic import BaseModel

app = FastAPI()


class NewUser(BaseModel):
    email: str


@app.post("/users")
def register(user: NewUser = Body(embed=True)):
    return {"email": user.email}
```

## Source

The OpenAPI Specification, "Request Body Object"; "Body - Multiple Parameters" in the tutorial of FastAPI.
Verified with FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.contract.bodies import Difference, body_differences
from archlint.frameworks.contract.document import Contract, Operation
from archlint.frameworks.contract.read_bodies import ReadKey, foreign_keys
from archlint.frameworks.contract.routes import ServedRoutes
from archlint.frameworks.contract.schemas import properties, request_schema
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.functions import ProjectFunction
from archlint.rule import Outcome, Rule, Verdict


class MismatchedBody(Rule, frozen=True):
    """Every handler of an operation with a body is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what the handler requires with what clients send."""
        contract = project.view(Contract)
        routes = project.view(ServedRoutes)
        for operation in contract.operations:
            schema = request_schema(contract, operation)
            if not schema:
                continue
            for function in routes.of(operation).functions(operation.method):
                found = list(body_differences(project, contract, function, schema))
                for each in found:
                    yield self._found(project, contract, operation, function, each)
                read = foreign_keys(project, contract, function, schema, operation.method)
                if read:
                    yield self._read(project, contract, operation, function, read)
                if not found and not read:
                    yield Outcome.KEPT

    def _found(
        self,
        project: Project,
        contract: Contract,
        operation: Operation,
        function: ProjectFunction,
        one: Difference,
    ) -> Finding:
        fact = function.fact
        if one.is_optional:
            message = (
                f"`{fact.name}` requires `{one.path}`, which clients of `{operation.shown}` may leave out"
            )
            hint = "let the field be optional"
        else:
            message = f"`{fact.name}` requires `{one.path}`, which clients of `{operation.shown}` do not send"
            around = ", ".join(f"`{name}`" for name in one.known)
            hint = did_you_mean(one.path.rpartition(".")[2], one.known, f"take what they send: {around}")
        related = [Related(operation.place, "promised here")]
        finding = self.finding(
            project.location(function.module, fact.line, fact.column), message, hint, related=tuple(related)
        )
        return finding if contract.is_configured else replace(finding, severity=Severity.WARNING)

    def _read(
        self,
        project: Project,
        contract: Contract,
        operation: Operation,
        function: ProjectFunction,
        read: tuple[ReadKey, ...],
    ) -> Finding:
        first = min(read, key=lambda each: each.line)
        sent = ", ".join(
            f"`{name}`" for name in properties(contract, request_schema(contract, operation)) or ()
        )
        finding = self.finding(
            project.location(function.module, first.line, 0),
            f"`{first.name}` is read from the body, in which clients of `{operation.shown}` do not send it",
            f"read what they send: {sent}",
            related=(Related(operation.place, "promised here"),),
        )
        return finding if contract.is_configured else replace(finding, severity=Severity.WARNING)
