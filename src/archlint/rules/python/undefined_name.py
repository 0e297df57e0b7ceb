"""Names that nothing defines.

## Why is this bad?

Python looks a name up when it comes to it: in the function, in the functions around, in the module, among the
builtins. Where nobody has bound it, that is a `NameError`, on the day the line runs. It comes about where
an import was forgotten, a variable was renamed in all places but one, or a class reads its own name before
it is there. What is imported under `if TYPE_CHECKING:` is not there either when the code runs.

## What to do

Import what is missing, or write the name as it is bound.

## Bad

`shop/orders.py`:

```python
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.models import Order


def place(order: Order, amount: int) -> str:
    if not isinstance(order, Order):  # error: [python/undefined-name] "there for type checkers only"
        raise TypeError(order)
    total = amount * order.price
    text = json.dumps({"total": total})  # error: [python/undefined-name] "`json` is not defined"
    return txt  # error: [python/undefined-name] "`txt` is not defined"


class Rebate:
    next = Rebate()  # error: [python/undefined-name] "`Rebate` is not defined yet"
```

`shop/models.py`:

```python
class Order:
    price = 1
```

## Good

`shop/orders.py`:

```python
from __future__ import annotations

import json

from shop.models import Order


def place(order: Order, amount: int) -> str:
    if not isinstance(order, Order):
        raise TypeError(order)
    total = amount * order.price
    text = json.dumps({"total": total})
    return text


class Rebate:
    def next(self) -> Rebate:
        return Rebate()
```

`shop/models.py`:

```python
class Order:
    price = 1
```

## When not to use it

Files that a program runs itself, after it has put names there, such as fragments of settings, may read what
they do not bind: list those names under `known`. A module that uses `exec` or `globals()`, or a star import
of which nobody can tell what it brings, is left alone.

## Source

https://docs.python.org/3/reference/executionmodel.html#resolution-of-names
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from archlint.facts.unbound import BUILTINS, Lack, UnboundRead
from archlint.finding import Finding, Related, Severity
from archlint.nearness import nearest
from archlint.project import Module, Project
from archlint.project.admissions import is_admitted
from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_from
from archlint.project.names.first_binding import is_first
from archlint.project.names.name_index import NameIndex
from archlint.project.names.names_there import NamesThere
from archlint.rule import ModuleRule, Outcome, Verdict

_DEFERRING = "3.14"
"""The Python that evaluates annotations only when somebody asks for them."""

_DEFER = "write it in quotes, or `from __future__ import annotations`: Python before 3.14 reads it at once"
_ADMITTED = (
    "F821",
    "name-defined",
    "used-before-def",
    "undefined-variable",
    "E0602",
    "reportUndefinedVariable",
)


class UndefinedName(ModuleRule, frozen=True):
    """Every module is a place, and every name in it that nothing binds."""

    severity = Severity.ERROR
    since = "0.1"

    known: tuple[str, ...] = ()
    """Names that are there because whoever runs the code has put them there."""

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        """Look at what the module, and its functions, read and do not bind."""
        reads = [read for read in module.unbound if read.lack is not Lack.LOCAL]
        if not reads:
            yield Outcome.KEPT
        for read in reads:
            if read.name in self.known or _is_there(project, module, read):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, module, read)

    def _found(self, project: Project, module: Module, read: UnboundRead) -> Finding:
        name = read.name
        bindings = module.bindings.get(name, ())
        related = tuple(
            Related(project.location(module, each.line, each.column), f"`{name}` is bound here")
            for each in bindings[:1]
        )
        end = read.column + len(name.encode())
        place = project.location(module, read.line, read.column, read.line, end)
        if read.is_annotation and read.lack is not Lack.NOWHERE:
            return self.finding(
                place, f"`{name}` is not there when the annotation is read", _DEFER, related=related
            )
        if read.lack is Lack.TYPING:
            hint = "import it where the code runs, too: outside `if TYPE_CHECKING:`"
            return self.finding(place, f"`{name}` is there for type checkers only", hint, related=related)
        if read.lack is Lack.LATER:
            hint = "bind it above, or read it in a function that is called later"
            return self.finding(place, f"`{name}` is not defined yet", hint, related=related)
        if bindings:
            hint = "keep it under another name: `except … as` unbinds its own at the end of the handler"
            return self.finding(place, f"`{name}` is not defined any more", hint, related=related)
        return self.finding(place, f"`{name}` is not defined", _hint(project, module, read))


def _is_there(project: Project, module: Module, read: UnboundRead) -> bool:
    if is_admitted(project, module, read.line, *_ADMITTED):
        return True
    if read.is_annotation and are_from(project.view(Requirements).versions(), _DEFERRING):
        return True
    there = project.view(NamesThere)
    if read.lack in (Lack.NOWHERE, Lack.LATER) and there.may_be_given(module, read.line):
        return True
    if read.lack is Lack.LATER and (there.may_be_late(module) or not is_first(module, module.body, read)):
        return True
    return there.may_have(module, read.name)


def _hint(project: Project, module: Module, read: UnboundRead) -> str:
    """The name that was perhaps meant, or where it could come from."""
    name = read.name
    around = module.functions_around(read.line)
    owners = [module.classes[fact.owner] for fact in around if fact.owner >= 0]
    for cls in owners[-1:]:
        if name in cls.attributes or any(member.name == name for member in cls.members):
            return f"did you mean `self.{name}`?"
    if name in sys.stdlib_module_names:
        return f"write `import {name}`"
    homes = [each for each in project.view(NameIndex).defined_in(name) if each is not module]
    if len(homes) == 1:
        return f"write `from {homes[0].name} import {name}`"
    names = {*BUILTINS, *module.bindings, *(each for fact in around for each in module.locals(fact))}
    near = nearest(name, names)
    return f"did you mean `{near}`?" if near else "import it, or bind it before it is read"
