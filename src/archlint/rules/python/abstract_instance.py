"""Objects of abstract classes.

## Why is this bad?

A class whose base marks a method with `@abstractmethod`, and that does not define it, is abstract itself:
Python refuses to make an object of it with `TypeError`. A base that gets one more method, or an heir whose
method has got another name, breaks nothing when it is imported, but the first request that needs an object.

## What to do

Define what the base leaves to its heirs, under the same name, or make an object of a class that has it all.

## Bad

`shop/ports.py`:

```python
from abc import ABC, abstractmethod


class Orders(ABC):
    @abstractmethod
    def find(self, number): ...

    @abstractmethod
    def save(self, order): ...
```

`shop/adapters.py`:

```python
from shop.ports import Orders


class MemoryOrders(Orders):
    def __init__(self):
        self.rows = {}

    def get(self, number):
        return self.rows[number]

    def save(self, order):
        self.rows[order.number] = order
```

`shop/container.py`:

```python
from shop.adapters import MemoryOrders


def orders():
    return MemoryOrders()  # error: [python/abstract-instance] "`MemoryOrders` is abstract: it has no `find`"
```

## Good

`shop/ports.py`:

```python
from abc import ABC, abstractmethod


class Orders(ABC):
    @abstractmethod
    def find(self, number): ...

    @abstractmethod
    def save(self, order): ...
```

`shop/adapters.py`:

```python
from shop.ports import Orders


class MemoryOrders(Orders):
    def __init__(self):
        self.rows = {}

    def find(self, number):
        return self.rows[number]

    def save(self, order):
        self.rows[order.number] = order
```

`shop/container.py`:

```python
from shop.adapters import MemoryOrders


def orders():
    return MemoryOrders()
```

## Source

https://docs.python.org/3/library/abc.html#abc.abstractmethod
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Name, last_name
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.nearness import nearest
from archlint.project import Module, Project
from archlint.project.admissions import is_admitted
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.abstract_classes import AbstractClasses
from archlint.project.objects.values import Value, Values
from archlint.project.scopes import Scopes
from archlint.project.tries import is_tried
from archlint.rule import Outcome, Rule, Verdict

_ADMITTED = ("abstract", "E0110", "abstract-class-instantiated", "reportAbstractUsage")


class AbstractInstance(Rule, frozen=True):
    """Every call of a class that is abstract, or has bases that are, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each call makes an object of."""
        abstract = project.view(AbstractClasses)
        for module, call, cls in _made(project) if abstract.names else ():
            left = abstract.left(cls)
            if not left:
                yield Outcome.KEPT
            elif is_tried(module, call.line, "TypeError") or is_admitted(
                project, module, call.line, *_ADMITTED
            ):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, module, call, cls, left)

    def _found(
        self,
        project: Project,
        module: Module,
        call: Call,
        cls: ProjectClass,
        left: tuple[ProjectFunction, ...],
    ) -> Finding:
        first, name = left[0].fact, cls.fact.name
        missing = ", ".join(f"`{each.fact.name}`" for each in left)
        near = nearest(first.name, [each.name for each in cls.fact.members])
        hint = f"give `{name}` its own {missing}, or make an object of an heir that has it"
        declared = project.location(left[0].module, first.line, first.column)
        return self.finding(
            spot(project, module, call),
            f"`{name}` is abstract: it has no {missing} of its own",
            f"`{near}` may be meant to be `{first.name}`; {hint}" if near else hint,
            related=(Related(declared, f"`{first.name}` is abstract here"),),
        )


def _made(project: Project) -> Iterator[tuple[Module, Call, ProjectClass]]:
    """The calls of classes that may be abstract, in functions and at the top of modules."""
    functions, names = project.view(Functions), project.view(AbstractClasses).names
    for module in project.modules:
        if module.is_stub or is_test(module.path):
            continue  # what a test makes in a wrong way, it tells by itself
        for function in (None, *functions.all_of(module)):
            summary = functions.summary(function) if function else functions.module_summary(module)
            for call in (site.call for site in summary.calls if last_name(site.call.function) in names):
                cls = _called(project, module, function, call)
                if cls is not None:
                    yield module, call, cls


def _called(
    project: Project, module: Module, function: ProjectFunction | None, call: Call
) -> ProjectClass | None:
    if function is None:
        found: Value = project.view(Scopes).resolve(module, "", call.function)
    else:
        found = UNKNOWN if _is_own(function, call) else project.view(Values).callee(function, call)
    if not isinstance(found, Definition) or found.kind is not Kind.CLASS or found.member:
        return None
    return ProjectClass(found.module, found.index)


def _is_own(function: ProjectFunction, call: Call) -> bool:
    """Whether the name that is called is the function's own: it may stand for an heir."""
    return isinstance(call.function, Name) and call.function.id in function.module.locals(function.fact)
