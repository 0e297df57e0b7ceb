"""Headers of authorization that the OpenAPI document promises in another form than the code takes.

## Why is this bad?

The document says `Authorization: Token …`, and the code takes `Authorization: Bearer …` only: every client
that was written for the document gets 401 or 403 for each request that needs a user. `HTTPBearer` and
`OAuth2PasswordBearer` of FastAPI take no other word than `Bearer`.

## What to do

Look for the word that the document promises. With FastAPI, `APIKeyHeader(name="Authorization")` gives the
whole header.

## Bad

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders:
    get: {security: [{Token: []}], responses: {"200": {description: all orders}}}
components:
  securitySchemes:
    Token:
      type: apiKey
      in: header
      name: Authorization
      description: "What login gives: `Token xxx.yyy.zzz`"
```

`shop/web.py`:

```python
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer

app = FastAPI()
bearer = HTTPBearer()  # warning: [contract/mismatched-authorization] "`HTTPBearer` takes `Bearer …` only"


@app.get("/orders")
def orders(credentials=Depends(bearer)):
    return []
```

## Good

`openapi.yaml`:

```yaml
openapi: 3.0.1
info: {title: shop, version: "1"}
paths:
  /orders:
    get: {security: [{Token: []}], responses: {"200": {description: all orders}}}
components:
  securitySchemes:
    Token:
      type: apiKey
      in: header
      name: Authorization
      description: "What login gives: `Token xxx.yyy.zzz`"
```

`shop/web.py`:

```python
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()


@app.get("/orders")
def orders(request: Request):
    header = request.headers.get("Authorization", "")
    if not header.startswith("Token "):
        raise HTTPException(401)
    return []
```

## When not to use it

Where something in front of the application, a gateway say, puts another word there.

## Source

The OpenAPI Specification, "Security Scheme Object"; RFC 9110, "Authorization"; `fastapi.security`. Verified
with FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Severity
from archlint.frameworks.contract.document import Contract
from archlint.frameworks.contract.schemes import accepted, mentions, promised
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MismatchedAuthorization(Rule, frozen=True):
    """Every place that takes one word in front of a token is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the words with that of the document; one place with the right one will do."""
        contract = project.view(Contract)
        wanted = promised(contract)
        if not wanted:
            return
        found = list(accepted(project))
        others = [each for each in found if each.word.lower() != wanted.lower()]
        if len(others) < len(found):
            yield Outcome.KEPT
            return
        if others and mentions(project, wanted):
            yield Outcome.UNKNOWN
            return
        for each in others:
            finding = self.finding(
                each.place,
                f"{each.by} takes `{each.word} …` only, and `{contract.path}` promises `{wanted} …`",
                f"look for `{wanted}` in front of the token",
            )
            yield finding if contract.is_configured else replace(finding, severity=Severity.WARNING)
