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
from itertools import chain

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.names import is_used
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.files.test_code import is_test
from archlint.project.objects.abstract_classes import is_part
from archlint.project.objects.asked_members import (
    AskedMember,
    aliases_of,
    asked_at_import,
    asked_members,
    makers_of,
)
from archlint.project.objects.lacking import Lacking
from archlint.rule import Outcome, Rule, Verdict


class UnknownMember(Rule, frozen=True):
    """Every attribute that a function asks of an object of a class of the project is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at objects whose class, and all its bases, can be seen."""
        lacking = project.view(Lacking)
        wanted = lacking.names
        aliases, makers = aliases_of(project, wanted), makers_of(project, wanted)
        for module in project.modules if wanted else ():
            if module.is_stub or is_test(module.path):
                continue
            found = asked_members(project, module, wanted, aliases, makers)
            for asked in chain(found, asked_at_import(project, module, wanted)):
                if not _is_lacking(lacking, asked):
                    yield Outcome.KEPT
                elif asked.asker is not None and is_part(asked.cls) and not lacking.is_run(asked.asker):
                    yield Outcome.UNKNOWN  # who fills it in is not seen
                elif is_used(project) and project.view(Mappings).mapped(asked.cls.name) is not None:
                    yield Outcome.UNKNOWN  # it is mapped from outside: its table says what it has
                else:
                    yield self._found(project, asked)

    def _found(self, project: Project, asked: AskedMember) -> Finding:
        cls, name = asked.cls, asked.form.attr
        whose = f"what is above `{cls.fact.name}`" if asked.is_above else f"`{cls.fact.name}`"
        place = project.location(cls.module, cls.fact.line, cls.fact.column)
        offered = project.view(Lacking).offered(cls)
        return self.finding(
            spot(project, asked.module, asked.form),
            f"{whose} has no `{name}`",
            did_you_mean(name, offered, f"ask for what {whose} has, or give it `{name}`"),
            related=(Related(place, f"`{cls.fact.name}` is declared here"),),
        )


def _is_lacking(lacking: Lacking, asked: AskedMember) -> bool:
    cls, name = asked.cls, asked.form.attr
    if asked.is_above:
        return not is_part(cls) and lacking.is_lacking_above(cls, name)
    return lacking.is_lacking(cls, name, is_called=asked.is_called, is_itself=asked.is_itself)
