"""Rules and limits that are loosened by the very change that breaks them.

## Why is this bad?

A change that breaks a rule and turns it off at the same time is green. A reviewer sees the code, but not
the rules it was held to. The same goes for everything that accepts more than before: a rule that is turned
off or whose severity is lowered, a higher `fail-on`, another `exclude`, a wider layer, a suppression, an
entry in the baseline, an edited contract.

This rule speaks only where a project is compared with an earlier state of it, with `--since` or
`--staged`. What it finds can be neither suppressed nor accepted into the baseline, and who turns it off is
told of that too: the severity it had before counts.

## What to do

Fix the code. Where the rule is wrong for the project, loosen it in a change of its own that says why.

## Bad

`archlint.toml`, before the change:

```toml
fail-on = "note"
```

`archlint.toml`:

```toml
fail-on = "error"  # warning: [archlint/loosened] "raises `fail-on` from `note` to `error`"
exclude = ["legacy/**"]  # warning: [archlint/loosened] "excludes `legacy/**`"
```

`shop/orders.py`:

```python
TAX = 19
```

## Good

`archlint.toml`, before the change:

```toml
fail-on = "error"
exclude = ["legacy/**"]
```

`archlint.toml`:

```toml
fail-on = "note"
```

`shop/orders.py`:

```python
TAX = 19
```

## When not to use it

Where nobody reviews changes: the finding is there to be seen. Who is allowed to loosen the rules is a
question for the owners of the file in the code host, not for a linter.

## Source

A rule of archlint's own: a change is to be read together with what it is held to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.finding import Severity
from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class LoosenedRule(Rule, frozen=True):
    """Every limit of the configuration is as strict as it was before the change."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Nothing: one state of a project does not tell what it was before.

        The findings are made where two states are compared, in `archlint.changes`.
        """
        yield from ()
