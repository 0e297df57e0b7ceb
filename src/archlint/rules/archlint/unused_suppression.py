"""Suppressions that suppress nothing.

## Why is this bad?

A suppression is a promise that somebody has looked at a finding and accepts it. One that no longer
meets a finding hides the next one that appears on its line. One that misspells the rule has never
worked, and one whose last day (`expires: 2027-01-31`) is over has ceased to: the finding is back.

## What to do

Delete it, or correct the rule's name.

## Bad

```python
TAX = 19  # archlint: ignore[archlint/syntax-error]  # warning: [archlint/unused-suppression] "nothing"
FEE = 3  # archlint: ignore[archlint/sintax-error]  # warning: [archlint/unused-suppression] "no such rule"
```

## Good

`template.py`:

```python
def total(  # archlint: ignore[archlint/syntax-error] -- cut off on purpose, the parser's tests read it
```

`prices.py`:

```python
TAX = 19
NOTE = "# archlint: ignore[archlint/syntax-error] is only a string here"
```

## Source

`RUF100` (unused-noqa) of Ruff asks the same of `noqa`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.finding import Severity
from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class UnusedSuppression(Rule, frozen=True):
    """Every suppression meets a finding of the rule it names."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Nothing: whether a suppression is used is known only once all other rules have spoken.

        The findings are made where suppressions are applied, in `archlint.suppressions`.
        """
        yield from ()
