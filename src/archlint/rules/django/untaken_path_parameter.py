"""Paths of Django Ninja with parameters that the function does not take.

## Why is this bad?

Django Ninja passes the parameters of a path by their names. One that the function does not take goes nowhere,
and the argument that was meant becomes a parameter of the query, which no client sends: the answer is
`422 Unprocessable Entity`. Django Ninja itself says no more than a `UserWarning`.

## What to do

Use one name on both sides.

## Bad

`stars/api.py`:

```python
from ninja import NinjaAPI

api = NinjaAPI()


@api.get("/stars/{id}")  # warning: [django/untaken-path-parameter] "`star` does not take `id`"
def star(request, star_id: int):
    return {"id": star_id}
```

## Good

`stars/api.py`:

```python
from ninja import NinjaAPI

api = NinjaAPI()


@api.get("/stars/{int:star_id}")
def star(request, star_id: int):
    return {"id": star_id}
```

## Source

https://django-ninja.dev/guides/input/path-params/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archlint.facts.expressions import Expression, Subscript, last_name
from archlint.finding import Severity
from archlint.frameworks.ninja.operations import Operation, operations
from archlint.frameworks.places.expressions import spot
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict

_PARAMETER = re.compile(r"\{(?:[^{}:]*:)?\s*(\w+)\s*\}")
_PLAIN = frozenset({"int", "str", "float", "bool", "UUID", "date", "datetime", "Decimal"})


class UntakenPathParameter(Rule, frozen=True):
    """Every path of an operation is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the names in each path with the parameters."""
        for operation in operations(project):
            path, function = operation.path, operation.function
            if path is None or is_test(function.module.path) or not _is_plain(operation):
                yield Outcome.UNKNOWN
                continue
            taken = {parameter.name for parameter in function.fact.parameters}
            missing = [name for name in _PARAMETER.findall(str(path.value)) if name not in taken]
            if not missing:
                yield Outcome.KEPT
                continue
            yield self.finding(
                spot(project, function.module, path),
                f"`{function.fact.name}` does not take `{missing[0]}`, which its path passes",
                "use one name in the path and in the function",
            )


def _is_plain(operation: Operation) -> bool:
    """Whether each parameter stands for itself, and none for several."""
    function = operation.function
    if len(function.fact.decorators) > 1:
        return False  # another decorator may take it
    for parameter in function.fact.parameters[1:]:
        if parameter.kind not in ("normal", "keyword"):
            return False
        if parameter.default is None and not _is_of_plain_type(parameter.annotation):
            return False
    return True


def _is_of_plain_type(annotation: Expression | None) -> bool:
    """Whether it is surely no group of parameters: `Path[StarPath]`."""
    return annotation is None or (not isinstance(annotation, Subscript) and last_name(annotation) in _PLAIN)
