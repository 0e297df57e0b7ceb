"""Options in scripts that the program refuses.

## Why is this bad?

`pip install --system` ends with `no such option: --system`: the option is one of `uv pip`. With `set -e` the
script stops there, and without it everything that is imported later is missing.

## What to do

Leave the option out, or call `uv pip install --system`.

## Bad

`run.sh`:

```sh
pip install --system -r requirements.txt  # error: [deployment/refused-option] "no option `--system`"
```

`requirements.txt`:

```
flask
```

## Good

`run.sh`:

```sh
uv pip install --system -r requirements.txt
python -m pip install --quiet -r requirements.txt
```

`requirements.txt`:

```
flask
```

## Source

`pip install --help` of pip 23 to 26; the documentation of uv, "Using Python environments". Verified with pip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from archlint.finding import Severity
from archlint.frameworks.scripts.entries import PYTHON
from archlint.frameworks.scripts.steps import Step, steps
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_REFUSED: Final[Mapping[str, str]] = MappingProxyType({"--system": "call `uv pip install`, or leave it out"})
"""Options of `uv pip install` that `pip install` never had, with what to do."""


class RefusedOption(Rule, frozen=True):
    """Every `pip install` in a script is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for options that it does not have."""
        for step in steps(project):
            given = _given_to_pip(step)
            if not given:
                continue
            refused = next((word for word in given if word in _REFUSED), None)
            if refused is None:
                yield Outcome.KEPT
            else:
                message = f"`pip install` has no option `{refused}`"
                yield self.finding(step.location(), message, _REFUSED[refused])


def _given_to_pip(step: Step) -> tuple[str, ...]:
    """All words of a `pip install`, those that a variable holds too; empty for another command."""
    words = step.words
    if words[0] in PYTHON and words[1:3] == ("-m", "pip"):
        words = words[2:]
    if words[0] not in ("pip", "pip3") or words[1:2] != ("install",):
        return ()
    return tuple(part for word in words for part in (step.filled_in(word) or "").split())
