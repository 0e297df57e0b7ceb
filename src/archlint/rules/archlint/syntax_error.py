"""Files that do not parse, and files and folders that cannot be read.

## Why is this bad?

archlint knows nothing of such a file: no rule has looked at it, and what it defines is unknown to
the rules that look at others. A run that kept silent about it would look like a pass. Most often
the file is also broken for Python: a half-resolved merge, a cut-off edit, a wrong encoding.

The same holds for a folder that cannot be listed, for a `.gitignore` that cannot be read, and for a
symbolic link called `orders.py` that leads nowhere.

## What to do

Fix the file. If it is not meant to be Python yet, as the templates of a project generator are not,
leave it out with `exclude`. Files whose path has a `{{…}}` in it are taken for such ones.

## Bad

`shop/orders.py`:

```python
def total(lines):
    return sum(line.price for line in lines  # error: [archlint/syntax-error] "was never closed"
```

## Good

`shop/orders.py`:

```python
def total(lines):
    return sum(line.price for line in lines)
```

## Source

Python's own parser, and what the operating system says of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.finding import Location, Severity
from archlint.rule import Outcome, Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project

_UNREADABLE = "make it readable, or leave it out with `exclude`"
_UNPARSABLE = "fix the syntax, or leave the file out with `exclude`"


class BrokenSyntax(Rule, frozen=True):
    """Every file is read and parsed, every folder is listed."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """A finding for every file with a fault, and for all that discovery could not read."""
        for module in project.modules:
            fault = module.facts.fault
            if fault is None:
                yield Outcome.KEPT
                continue
            if fault.line and "{{" in module.path:
                yield Outcome.UNKNOWN  # the name has to be filled in first, and so has the text
                continue
            line, column = max(fault.line, 1), max(fault.column, 1)
            place = Location(module.path, line, column, line, column + 1)
            yield self.finding(place, fault.message, _UNPARSABLE if fault.line else _UNREADABLE)
        for unlisted in project.unreadable:
            place = Location(unlisted.path, 1, 1, 1, 1)
            yield self.finding(place, f"cannot be read: {unlisted.reason}", _UNREADABLE)
