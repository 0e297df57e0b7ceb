"""Methods and attributes that the class of an object does not have.

## Why is this bad?

What a class has is what its body, its bases and its methods give it; asked for anything else, an object
raises `AttributeError`. A handler that calls `users.to_public()`, and a repository that calls it `to_dict`,
agree as long as nobody makes the request. Layers that are written apart drift apart like that.

## What to do

Call what the class has, or give it the method.

## Bad

`team/repositories.py`:

```python
class Repository:
    def __init__(self):
        self.rows = {}

    def to_dict(self, key):
        return dict(self.rows[key])


class Users(Repository):
    def named(self, key):
        return self.rows[key]["name"]
```

`team/services.py`:

```python
from team.repositories import Users


class UserService:
    def __init__(self, users: Users) -> None:
        self.users = users

    def profile(self, key: str) -> dict:
        return self.users.to_public(key)  # error: [python/unknown-member] "`Users` has no `to_public`"
```

## Good

`team/repositories.py`:

```python
class Repository:
    def __init__(self):
        self.rows = {}

    def to_dict(self, key):
        return dict(self.rows[key])


class Users(Repository):
    def named(self, key):
        return self.rows[key]["name"]
```

`team/services.py`:

```python
from team.repositories import Users


class UserService:
    def __init__(self, users: Users) -> None:
        self.users = users

    def profile(self, key: str) -> dict:
        return {"name": self.users.named(key), **self.users.to_dict(key)}
```

## Source

https://docs.python.org/3/reference/datamodel.html#object.__getattribute__
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.test_code import is_test
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.names import is_used
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.objects.asked_members import AskedMember, aliases_of, asked_members
from archlint.project.objects.lacking import Lacking
from archlint.rule import Outcome, Rule, Verdict


@dataclass(frozen=True, slots=True)
class UnknownMember(Rule):
    """Every attribute that a function asks of an object of a class of the project is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at objects whose class, and all its bases, can be seen."""
        lacking = project.view(Lacking)
        wanted = lacking.names
        aliases = aliases_of(project, wanted)
        for module in project.modules if wanted else ():
            if module.is_stub or is_test(module.path):
                continue
            for asked in asked_members(project, module, wanted, aliases):
                if asked.is_own and lacking.has_heirs(asked.cls):
                    yield Outcome.UNKNOWN
                elif not lacking.is_lacking(asked.cls, asked.form.attr, is_called=asked.is_called):
                    yield Outcome.KEPT
                elif is_used(project) and project.view(Mappings).mapped(asked.cls.name) is not None:
                    yield Outcome.UNKNOWN  # it is mapped from outside: its table says what it has
                else:
                    yield self._found(project, asked)

    def _found(self, project: Project, asked: AskedMember) -> Finding:
        cls, name = asked.cls, asked.form.attr
        place = project.location(cls.module, cls.fact.line, cls.fact.column)
        offered = project.view(Lacking).offered(cls)
        return self.finding(
            spot(project, asked.function.module, asked.form),
            f"`{cls.fact.name}` has no `{name}`",
            did_you_mean(name, offered, f"ask for what `{cls.fact.name}` has, or give it `{name}`"),
            related=(Related(place, f"`{cls.fact.name}` is declared here"),),
        )
