"""Suppressions without a reason, where the configuration asks for one.

It looks only where the configuration says so:

```toml
[suppressions]
require-reason = true
```

## Why is this bad?

A later reader cannot tell whether the finding was wrong, accepted for good, or put off until a day that is
long past. So nobody dares to remove the comment, and it stays. Whether reasons are required is the team's
choice, so the rule runs only if the configuration says so.

## What to do

Write the reason after `--`. A date alone (`expires: 2027-01-31`) is not one.

## Bad

```toml
[suppressions]
require-reason = true
```

```python
import web.schemas  # archlint: ignore[layers/*]  # error: [archlint/unexplained-suppression] "no reason"
```

## Good

```toml
[suppressions]
require-reason = true
```

```python
from web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- moves with the new API
```

## When not to use it

Where reasons are kept elsewhere, as in the message of the commit that brings the comment.

## Source

The team's own agreement, written down in `require-reason`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.finding import Severity
from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class UnexplainedSuppression(Rule, frozen=True):
    """Every suppression says why it is there, if `suppressions.require-reason` asks for that."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Nothing: the findings are made where suppressions are applied, in `archlint.suppressions`."""
        yield from ()
