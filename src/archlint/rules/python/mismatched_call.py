"""Calls that do not fit what they call.

## Why is this bad?

A function that is given a keyword it does not have, too much or too little, raises `TypeError` before its
first line. Nobody notices until the call is made: that a service passes `customer` where the repository says
`client`, or that a class has got one more field, is seen by no import.

## What to do

Pass what the function takes, or let it take what is passed. Tests are left alone: they fail by themselves.

## Bad

`shop/models.py`:

```python
from dataclasses import dataclass


@dataclass
class Comment:
    id: int
    text: str
    author: str = ""
```

`shop/repositories.py`:

```python
class Comments:
    def __init__(self, connection):
        self.connection = connection

    def add(self, comment, *, author):
        self.connection.execute("INSERT", (comment.text, author))
```

`shop/services.py`:

```python
from shop.models import Comment
from shop.repositories import Comments


def write(connection, text, user):
    comments = Comments()  # error: [python/mismatched-call] "`Comments` is called without `connection`"
    comment = Comment(text=text)  # error: [python/mismatched-call] "`Comment` is called without `id`"
    comments.add(comment, user=user)  # error: [python/mismatched-call] "`add` takes no `user`"
    comments.add(comment, user, author=user)  # error: [python/mismatched-call] "`add` takes 1, not 2"
    return comments
```

## Good

`shop/models.py`:

```python
from dataclasses import dataclass


@dataclass
class Comment:
    id: int
    text: str
    author: str = ""
```

`shop/repositories.py`:

```python
class Comments:
    def __init__(self, connection):
        self.connection = connection

    def add(self, comment, *, author):
        self.connection.execute("INSERT", (comment.text, author))
```

`shop/services.py`:

```python
from shop.models import Comment
from shop.repositories import Comments


def write(connection, text, user):
    comments = Comments(connection)
    comment = Comment(1, text=text)
    comments.add(comment, author=user)
    return comments
```

## Source

https://docs.python.org/3/reference/expressions.html#calls
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archlint.facts.definitions import ClassFact, FunctionFact, Parameter
from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.names import is_used
from archlint.nearness import did_you_mean
from archlint.project import Module, Project
from archlint.project.admissions import is_admitted
from archlint.project.call_arguments import spreads_sequence
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.call_shapes import Misfit, Mismatch, mismatch
from archlint.project.objects.constructors import Constructors
from archlint.project.objects.taken_parameters import Taken, TakenParameters
from archlint.project.summaries import CallSite, Context
from archlint.project.tries import is_tried
from archlint.rule import Outcome, Rule, Verdict

_ADMITTED = (
    "call-arg",
    "misc",
    "E1120",
    "E1121",
    "E1123",
    "E1124",
    "reportCallIssue",
    "no-value-for-parameter",
)


_OF_QUERY_SETS = frozenset({"create", "delete", "exists", "filter", "first", "get", "update"})


class MismatchedCall(Rule, frozen=True):
    """Every call of what may be a function or class of the project by its name is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look closer at the calls that do not fit all that has their name."""
        functions, targets, known = project.view(Functions), project.view(TakenParameters), _Known(project)
        for function in functions.all():
            if function.module.is_stub or is_test(function.module.path):
                continue  # what a test calls in a wrong way, it tells by itself
            for site in functions.summary(function).calls:
                is_own = known.makes_own(function, site.call)
                if not is_own and not known.has(site.call):
                    continue
                if not is_own and not known.may_be_misfit(function, site.call):
                    yield Outcome.KEPT
                elif taken := targets.by(function, site.call):
                    yield self._judged(project, function.module, site, taken)
        for module in project.modules:
            if module.is_stub or is_test(module.path):
                continue
            for scope, site in _at_import(functions, module):
                if known.has(site.call) and known.may_be_misfit(None, site.call):
                    taken = targets.at_import(module, scope, site.call)
                    yield self._judged(project, module, site, taken) if taken else Outcome.UNKNOWN

    def _judged(self, project: Project, module: Module, site: CallSite, taken: tuple[Taken, ...]) -> Verdict:
        misfits = [mismatch(each.parameters, site.call) for each in taken]
        if misfits[0] is None or None in misfits:
            return Outcome.KEPT
        if taken[0].is_bare and is_used(project):
            return Outcome.UNKNOWN  # to be mapped by SQLAlchemy gives a class a constructor
        if _is_expected(project, module, site):
            return Outcome.UNKNOWN
        return self._found(project, module, site.call, taken[0], misfits[0])

    def _found(self, project: Project, module: Module, call: Call, taken: Taken, misfit: Mismatch) -> Finding:
        message, hint = _said(taken, misfit)
        place = project.location(taken.module, taken.line, taken.column)
        return self.finding(
            spot(project, module, call),
            message,
            hint,
            related=(Related(place, f"what `{taken.name}` takes is said here"),),
        )


class _Known:
    """The functions and classes of the project by their names."""

    def __init__(self, project: Project) -> None:
        self._constructors = project.view(Constructors)
        self._functions: defaultdict[str, set[tuple[Parameter, ...]]] = defaultdict(set)
        self._classes: defaultdict[str, list[ProjectClass]] = defaultdict(list)
        self._aliases: defaultdict[str, set[str]] = defaultdict(set)
        self._taken: dict[str, tuple[tuple[Parameter, ...], ...]] = {}
        self._fits: dict[tuple[str, int, tuple[str, ...]], bool] = {}
        for module in project.modules:
            for index, cls in enumerate(module.classes):
                self._classes[cls.name].append(ProjectClass(module, index))
            for fact in module.functions:
                self._functions[fact.name].add(_left(fact))
            for taken in module.facts.imports:
                if taken.name and taken.alias != taken.name:
                    self._aliases[taken.alias].add(taken.name)

    def has(self, call: Call) -> bool:
        """Whether anything has the name that is called, and it is known what it takes."""
        name = last_name(call.function)
        if name not in self._taken:
            self._taken[name] = tuple(self._named(name))
        return bool(self._taken[name])

    def makes_own(self, caller: ProjectFunction, call: Call) -> bool:
        """Whether a class method makes an object of its own class: `cls(text=text)`."""
        is_class = "classmethod" in caller.decorators and isinstance(call.function, Name)
        return is_class and last_name(call.function) == caller.receiver

    def may_be_misfit(self, caller: ProjectFunction | None, call: Call) -> bool:
        """Whether a call does not fit one of those that have its name, and may be one of them."""
        name = last_name(call.function)
        return not self._fit(name, self._taken[name], call) and not _is_anothers(caller, call.function)

    def _fit(self, name: str, taken: tuple[tuple[Parameter, ...], ...], call: Call) -> bool:
        """Whether a call fits all that have a name; most are shaped like one before."""
        if spreads_sequence(call):
            return all(mismatch(each, call) is None for each in taken)
        shape = (name, len(call.arguments), tuple([each.name for each in call.keywords]))
        if shape not in self._fits:
            self._fits[shape] = all(mismatch(each, call) is None for each in taken)
        return self._fits[shape]

    def _named(self, name: str) -> Iterator[tuple[Parameter, ...]]:
        for each in (name, *self._aliases.get(name, ())):
            yield from self._functions.get(each, ())
            for cls in self._classes.get(each, ()):
                made = self._constructors.of(cls)
                if made is not None:
                    yield made.parameters


def _is_anothers(caller: ProjectFunction | None, form: Expression) -> bool:
    """Whether what is called is passed to the caller, or is what query sets have: it is hardly ours."""
    if isinstance(form, Name):
        return caller is not None and any(each.name == form.id for each in caller.fact.parameters)
    if not isinstance(form, Attribute) or form.attr not in _OF_QUERY_SETS:
        return False
    chained = isinstance(form.value, Call) and isinstance(form.value.function, Attribute)
    return chained or last_name(form.value) == "objects"


def _left(fact: FunctionFact) -> tuple[Parameter, ...]:
    """What a function leaves to its callers, most likely."""
    is_method = fact.owner >= 0 and not any(last_name(each) == "staticmethod" for each in fact.decorators)
    return fact.parameters[1:] if is_method else fact.parameters


def _at_import(functions: Functions, module: Module) -> Iterator[tuple[str, CallSite]]:
    """The calls at the top of a module, and those in its decorators, each with the scope it is written in."""
    yield from (("", site) for site in functions.module_summary(module).calls)
    facts: tuple[FunctionFact | ClassFact, ...] = (*module.functions, *module.classes)
    for fact in facts:
        scope = fact.qualname.rpartition(".")[0]
        for decorator in fact.decorators:
            if isinstance(decorator, Call) and "()" not in scope:
                yield scope, CallSite(decorator, Context())


def _is_expected(project: Project, module: Module, site: CallSite) -> bool:
    """Whether somebody counts on it that the call fails."""
    managers = [last_name(getattr(form, "function", form)).lower() for form in site.context.managers]
    if any("raises" in name or name == "suppress" for name in managers):
        return True
    begin, end = spot(project, module, site.call).line, site.call.line
    if any(is_admitted(project, module, line, *_ADMITTED) for line in {begin, end}):
        return True
    return is_tried(module, end, "TypeError")


def _said(taken: Taken, misfit: Mismatch) -> tuple[str, str]:
    """The message, and what to do."""
    name, names = taken.name, [each.name for each in taken.parameters]
    listed = ", ".join(f"`{each}`" for each in names) or "nothing"
    if misfit.misfit is Misfit.UNKNOWN:
        hint = did_you_mean(misfit.name, names, f"pass what it takes: {listed}")
        return f"`{name}` takes no `{misfit.name}`", hint
    if misfit.misfit is Misfit.MISSING:
        return f"`{name}` is called without `{misfit.name}`", f"pass `{misfit.name}`, or give it a default"
    if misfit.misfit is Misfit.TWICE:
        return f"`{name}` gets `{misfit.name}` twice", f"pass `{misfit.name}` by its place or by its name"
    return f"`{name}` takes {misfit.name} arguments by their places", f"pass what it takes: {listed}"
