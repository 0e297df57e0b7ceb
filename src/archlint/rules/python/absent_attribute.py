"""Attributes that classes of a web framework no longer have, or never had.

## Why is this bad?

`app.before_first_request` is gone since Flask 2.3, and a router of FastAPI has never had an
`exception_handler`: both raise `AttributeError` when the module is imported, and the application does not
start. `request.args` in a handler of aiohttp does so with the first request. It comes about where code is
written from memory, or moved from one framework to another.

## What to do

Do what the hint says. Where an old version is what the project wants, pin it: `flask<2.3`.

## Bad

`requirements.txt`:

```
flask>=3
fastapi
```

`shop/pages.py`:

```python
from flask import Flask

app = Flask(__name__)


@app.before_first_request  # error: [python/absent-attribute] "`Flask` has no"
def prepare():
    print("first")
```

`shop/api.py`:

```python
from fastapi import APIRouter

router = APIRouter()


@router.exception_handler(ValueError)  # error: [python/absent-attribute] "`APIRouter` has no"
def refused(request, error):
    return {"error": str(error)}
```

## Good

`requirements.txt`:

```
flask<2.3
fastapi
```

`shop/pages.py`:

```python
from flask import Flask

app = Flask(__name__)


@app.before_first_request
def prepare():
    print("first")
```

`shop/api.py`:

```python
from fastapi import FastAPI

app = FastAPI()


@app.exception_handler(ValueError)
def refused(request, error):
    return {"error": str(error)}
```

## Source

The changelog of Flask, 2.3.0; the references of FastAPI's `APIRouter` and of aiohttp's `web.Request` and
`web.Application`. Verified with Flask 3.1, FastAPI and aiohttp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archlint.finding import Severity
from archlint.frameworks.absent import Absent, Asked, asked
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test
from archlint.project.files.versions import are_below
from archlint.rule import Outcome, Rule, Verdict

_LOCKED: Final = r"""\bname = "{0}"\s+version = "([^"]+)"|"{0}": \{{[^{{}}]*"version": "==([^"]+)"""
"""How lock files say which version is installed."""


class AbsentAttribute(Rule, frozen=True):
    """Every attribute of an object of such a class is a place, if its name is one that was there once."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether the versions that may be installed lack it."""
        for each in asked(project):
            if is_test(each.module.path) or _is_asked_for(project, each):
                yield Outcome.UNKNOWN
            elif each.absent.since and not _is_gone(project, each.absent):
                yield Outcome.KEPT
            else:
                owner = each.absent.owner.rpartition(".")[2]
                since = f" since {each.absent.since}" if each.absent.since else ""
                message = f"`{owner}` has no `{each.form.attr}`{since}"
                yield self.finding(spot(project, each.module, each.form), message, each.absent.hint)


def _is_asked_for(project: Project, each: Asked) -> bool:
    """Whether the module knows that it may not be there: `hasattr(app, "before_first_request")`."""
    text = project.code(each.module.path)
    return re.search(rf"""["']{each.form.attr}["']|except\s+\(?[^:]*AttributeError""", text) is not None


def _is_gone(project: Project, absent: Absent) -> bool:
    """Whether the version that is installed has removed it: nothing keeps it below."""
    requirements = project.view(Requirements)
    if not requirements.name(absent.distribution) and requirements.distributions:
        return False
    locked = re.compile(_LOCKED.format(re.escape(absent.distribution)))
    texts = (project.text(path).text for path in project.files if path.endswith(".lock"))
    installed = tuple(f"=={found[1] or found[2]}" for text in texts for found in locked.finditer(text))
    return not are_below((*requirements.versions(absent.distribution), *installed), absent.since)
