"""Local names that a function reads before it binds them.

## Why is this bad?

A function that binds a name anywhere, by an assignment, a loop, an import, has it as its own: in all of the
function it is local, above the line that binds it too. A module's `connection` is not seen in a function with
`connection = None` in its last line, and an `import os` within a branch hides the one at the top of the file.
Reading it before is an `UnboundLocalError`, whenever the line runs. So is `count += 1` of a `count` that
belongs to the module.

## What to do

Bind it before, give the local another name, or say `global` or `nonlocal` where the other one is meant.

## Bad

`shop/database.py`:

```python
import sqlite3

connection = sqlite3.connect("shop.db")
opened = 1


def rows(query):
    found = connection.execute(query).fetchall()  # error: [python/unbound-local] "is local to `rows`"
    connection = None
    return found


def reopen(path):
    opened += 1  # error: [python/unbound-local] "nothing has bound it yet"
    return sqlite3.connect(path)


def save(query):
    try:
        rows(query)
    except sqlite3.Error as problem:
        print(problem)
    return problem  # error: [python/unbound-local] "unbound again"
```

## Good

`shop/database.py`:

```python
import sqlite3

connection = sqlite3.connect("shop.db")
opened = 1


def rows(query):
    return connection.execute(query).fetchall()


def reopen(path):
    global opened
    opened += 1
    return sqlite3.connect(path)


def save(query):
    failure = None
    try:
        rows(query)
    except sqlite3.Error as problem:
        failure = problem
    return failure
```

## Source

https://docs.python.org/3/faq/programming.html#why-am-i-getting-an-unboundlocalerror-when-the-variable-has-a-value
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.definitions import FunctionFact
from archlint.facts.unbound import Lack, UnboundRead
from archlint.finding import Finding, Related, Severity
from archlint.project import Module, Project
from archlint.project.admissions import is_admitted
from archlint.project.names.first_binding import binding_line, is_first
from archlint.rule import ModuleRule, Outcome, Verdict

_ADMITTED = ("F821", "F823", "used-before-def", "used-before-assignment", "E0601", "reportUnboundVariable")


class UnboundLocal(ModuleRule, frozen=True):
    """Every module is a place, and every local name in it that a function reads too early."""

    severity = Severity.ERROR
    since = "0.1"

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        """Look at what functions read above all that binds it."""
        reads = [read for read in module.unbound if read.lack is Lack.LOCAL]
        if not reads:
            yield Outcome.KEPT
        for read in reads:
            function = _function_of(module, read)
            if function is None or not _is_sure(project, module, function, read):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, module, function, read)

    def _found(self, project: Project, module: Module, function: FunctionFact, read: UnboundRead) -> Finding:
        name = read.name
        line = binding_line(module, module.statements(function), name)
        message = f"`{name}` is local to `{function.name}`, and nothing has bound it yet"
        hint = f"bind it before, or say `global {name}`"
        if name not in module.bindings:
            hint = "bind it before, or write the name that was meant"
        if line and line < read.line:
            message = f"`{name}` is unbound again at the end of its handler"
            hint = "keep it under another name"
        related = (
            (Related(project.location(module, line, 0), f"this makes it local to `{function.name}`"),)
            if line
            else ()
        )
        end = read.column + len(name.encode())
        place = project.location(module, read.line, read.column, read.line, end)
        return self.finding(place, message, hint, related=related)


def _is_sure(project: Project, module: Module, function: FunctionFact, read: UnboundRead) -> bool:
    if read.is_annotation or is_admitted(project, module, read.line, *_ADMITTED):
        return False
    return is_first(module, module.statements(function), read)


def _function_of(module: Module, read: UnboundRead) -> FunctionFact | None:
    """The innermost function around a read that has the name as its own."""
    around = [fact for fact in module.functions_around(read.line) if read.name in module.locals(fact)]
    return around[-1] if around else None
