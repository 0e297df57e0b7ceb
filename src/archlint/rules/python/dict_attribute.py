"""Dicts whose items are read as if they were attributes.

A dict has items and methods, and no other attributes (https://docs.python.org/3/library/stdtypes.html#dict).

## Why is this bad?

A service that gives a dict, and a view that reads `user.username` as if it were an object, agree as long as
nobody calls them: then it is an `AttributeError`. It comes about where one layer was written for rows of the
ORM, and the other hands out `to_dict()`.

## What to do

Read the item, `user["username"]`; or let the service give the object, or a dataclass.

## Bad

`shop/models.py`:

```python
from django.db import models


class Account(models.Model):
    username = models.CharField(max_length=40)
```

`shop/services.py`:

```python
class Accounts:
    def current(self, request):
        token = request.headers.get("Authorization", "")
        if not token:
            return None
        return {"id": 1, "username": token}
```

`shop/views.py`:

```python
from shop.services import Accounts

accounts = Accounts()


def me(request):
    user = accounts.current(request)
    if user is None:
        return ""
    return user.username  # error: [python/dict-attribute] "`user` is a dict, which has no `username`"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Account(models.Model):
    username = models.CharField(max_length=40)
```

`shop/services.py`:

```python
from shop.models import Account


class Accounts:
    def current(self, request):
        token = request.headers.get("Authorization", "")
        if not token:
            return None
        return {"id": 1, "username": token}

    def owner(self):
        return Account.objects.get(pk=1)
```

`shop/views.py`:

```python
from shop.services import Accounts

accounts = Accounts()


def me(request):
    user = accounts.current(request)
    if user is None:
        return accounts.owner().username
    return user["username"]
```

## Source

https://docs.python.org/3/library/stdtypes.html#dict
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name
from archlint.finding import Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.runs_of_tests import RunsOfTests
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.flow.builtins.containers import lacks
from archlint.project.flow.trace import Read, Trace
from archlint.project.flow.values import Entries, Value, only
from archlint.rule import Outcome, Rule, Verdict

_EXPECTING = frozenset(
    {"", *(f"{where}{name}" for where in ("", "builtins.") for name in ("AttributeError", "Exception"))}
)
"""Handlers that expect the failure."""


_PLAIN = frozenset({"asynccontextmanager", "classmethod", "contextmanager", "property", "staticmethod"})
"""Decorators that hand on what they are given."""


class DictAttribute(Rule, frozen=True):
    """Every read of an attribute of a value that is known is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Where callers pass something else than a dict, nobody can tell."""
        reads: dict[tuple[str, int, int], tuple[Trace, Read]] = {}
        doubted: set[tuple[str, int, int]] = set()
        for trace, event in project.view(DataFlow).events(Read):
            key = (trace.module.path, *place(event.form))
            if not lacks(event.receiver, event.name) or _is_empty(trace, event.receiver):
                doubted.add(key)
            elif isinstance(event.form, Attribute) and _is_own(trace, event.form.value):
                is_expected = not _EXPECTING.isdisjoint(event.context.caught)
                reads[key] = (trace, event)
                if is_expected or _may_be_converted(trace, event.form.value):
                    doubted.add(key)
        for key in doubted:
            yield Outcome.UNKNOWN if key in reads else Outcome.KEPT
        for key in reads.keys() - doubted:
            is_double = project.view(RunsOfTests).lead_to(reads[key][0])
            yield Outcome.UNKNOWN if is_double else self._found(project, *reads[key])

    def _found(self, project: Project, trace: Trace, event: Read) -> Finding:
        assert isinstance(event.form, Attribute)
        keys = [name for one in only(event.receiver, Entries) for name, _ in one.values]
        hint = f'write `["{event.name}"]`'
        if event.name not in keys:
            hint = did_you_mean(event.name, keys, "read an item of it, or let the function give an object")
        return self.finding(
            spot(project, trace.module, event.form),
            f"`{_named(event.form.value)}` is a dict, which has no `{event.name}`",
            hint,
        )


def _is_empty(trace: Trace, value: Value) -> bool:
    """Whether a caller passes a dict without items: `if state:` never lets it in."""
    return trace.arguments is not None and not any(one.values or one.is_open for one in only(value, Entries))


def _is_own(trace: Trace, form: Expression) -> bool:
    """Whether nobody but the function itself sets what is read: its own names, and what its calls give."""
    if isinstance(form, Call):
        return True
    return isinstance(form, Name) and trace.function is not None and form.id not in trace.module.bindings


def _may_be_converted(trace: Trace, form: Expression) -> bool:
    """Whether a decorator may have made something else of what callers pass: by the annotations, say."""
    function = trace.function
    if function is None or trace.arguments is None or not isinstance(form, Name):
        return False
    is_passed = any(parameter.name == form.id for parameter in function.fact.parameters)
    caller = trace.caller[0].function if trace.caller is not None else None
    around = caller.fact.qualname.partition("()")[0] if caller is not None else ""
    is_followed = around.rpartition(".")[2] in function.decorators  # it was seen what the decorator passes
    return is_passed and not is_followed and not _PLAIN.issuperset(function.decorators)


def _named(form: Expression) -> str:
    return f"{last_name(form)}()" if isinstance(form, Call) else last_name(form)
