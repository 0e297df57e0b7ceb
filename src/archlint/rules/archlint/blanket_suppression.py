"""Suppressions that name no rule.

## Why is this bad?

A suppression without the name of a rule accepts whatever archlint will ever find at that place. Somebody
has looked at one finding; the next one, of another rule, is never seen by anybody.

## What to do

Name the rule that is meant, and say why: `# archlint: ignore[pack/rule] -- reason`.

## Bad

```toml
[rules]
"archlint/unused-suppression" = "off"
```

```python
from web.schemas import OrderIn  # archlint: ignore  # warning: [archlint/blanket-suppression] "every"
```

## Good

```python
from web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- moves with the new API
```

## When not to use it

Generated code is the one case, and that is better left out with `exclude`.

## Source

`PGH004` (blanket-noqa) of pygrep-hooks, also in Ruff, asks the same of `noqa`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.finding import Severity
from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class BlanketSuppression(Rule, frozen=True):
    """Every suppression names the rules it is about."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Nothing: the findings are made where suppressions are applied, in `archlint.suppressions`."""
        yield from ()
