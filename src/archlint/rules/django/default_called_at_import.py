"""Defaults that are evaluated once, when the module is imported.

## Why is this bad?

`default=timezone.now()` calls the function while the class body runs, and every row made until the process
ends gets that one value: the time of the start, the same "unique" number. Django's system checks see a part
of it (`fields.W161`), and a migration is made anew each time. `default=timezone.now` hands over the function
itself, which Django calls for each row (Django documentation, "Model field reference", `Field.default`).

## What to do

Leave out the parentheses, or write a function that returns the value and name it.

## Bad

`shop/models.py`:

```python
import uuid

from django.db import models
from django.utils import timezone


class Order(models.Model):
    number = models.UUIDField(  # warning: [django/default-called-at-import] "`uuid.uuid4`"
        default=uuid.uuid4()
    )
    placed = models.DateTimeField(  # warning: [django/default-called-at-import] "once"
        default=timezone.now()
    )
```

## Good

`shop/models.py`:

```python
import uuid

from django.db import models
from django.utils import timezone


class Order(models.Model):
    number = models.UUIDField(default=uuid.uuid4)
    placed = models.DateTimeField(default=timezone.now)
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#default
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Form, Lambda, Name
from archlint.facts.forms import parts
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.places.expressions import end_of
from archlint.project import External, Project
from archlint.project.scopes import Scopes
from archlint.remedies import uncalled
from archlint.rule import Outcome, Rule, Verdict

_CHANGING = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "django.utils.crypto.get_random_string",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
        "django.utils.timezone.now",
        "os.urandom",
        "random.choice",
        "random.randint",
        "random.random",
        "secrets.token_bytes",
        "secrets.token_hex",
        "secrets.token_urlsafe",
        "time.time",
        "uuid.uuid1",
        "uuid.uuid4",
    }
)
"""Functions that give another value at each call."""


class DefaultCalledAtImport(Rule, frozen=True):
    """Every default of a model's field is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for calls of functions that give another value each time."""
        for _, _, declaration in project.view(DjangoModels).own():
            default = declaration.options.get("default")
            if default is None:
                continue
            called = next(_calls(project, declaration, default), "")
            if not called:
                yield Outcome.KEPT
                continue
            remedy = None
            if isinstance(default, Call) and not default.arguments and not default.keywords:
                assert declaration.place is not None  # or nothing had been found
                remedy = uncalled(end_of(project, declaration.place.module, default))
            yield self.finding(
                declared_at(project, declaration),
                f"the default of `{declaration.name}` calls `{called}` once, when the module is imported",
                f"pass the function, `default={called.rpartition('.')[2]}`, or one of your own",
                remedy=remedy,
            )


def _calls(project: Project, declaration: Declaration, value: Form) -> Iterator[str]:
    """The changing functions that an expression calls at once; what a lambda calls comes later."""
    if isinstance(value, Lambda) or declaration.place is None:
        return
    if isinstance(value, Call) and isinstance(value.function, (Name, Attribute)):
        found = project.view(Scopes).resolve(declaration.place.module, "", value.function)
        if isinstance(found, External) and found.name in _CHANGING:
            yield found.name
    for part in parts(value):
        yield from _calls(project, declaration, part)
