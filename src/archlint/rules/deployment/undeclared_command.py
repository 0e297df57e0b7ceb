"""Programs in scripts that the image they run in does not have.

## Why is this bad?

A slim image of Python has no `nc`, no `pg_isready` and no `curl`. A script that waits for its database with
one of them waits for ever, or ends at once.

## What to do

List in `commands` what the image has. For the rest use Python, or install it in the image.

## Bad

```toml
[rules."deployment/undeclared-command"]
commands = ["pip", "python", "sleep"]
```

`run.sh`:

```sh
until nc -z postgres 5432; do  # error: [deployment/undeclared-command] "`nc`"
  sleep 1
done
python -m shop
```

## Good

```toml
[rules."deployment/undeclared-command"]
commands = ["pip", "python", "sleep"]
```

`run.sh`:

```sh
wait_for() {
  until python -m shop.wait "$1"; do sleep 1; done
}
wait_for postgres
exec python -m shop
```

## Source

The lists of packages in the images `python:*-slim` and `python:*-alpine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archlint.demand import Demand, named
from archlint.finding import Severity
from archlint.frameworks.scripts.steps import steps
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_BUILT_IN: Final = """
. : [ [[ alias bg bind break builtin cd command continue declare dirs echo enable eval exec exit export
false fc fg getopts hash help history jobs kill let local mapfile popd printf pushd pwd read readarray
readonly return set shift shopt source suspend test times trap true type typeset ulimit umask unalias unset
wait case for in ]] (( basename cat chgrp chmod chown cp cut date dirname env head id install ln ls mkdir
mktemp mv nice nohup od paste readlink realpath rm rmdir seq sleep sort stat tail tee touch tr uname uniq wc
which xargs grep sed awk find
"""
"""What the shell itself has, and what comes with every system."""

_KNOWN: Final = frozenset(_BUILT_IN.split())
_FUNCTION = re.compile(r"^\s*(?:function\s+)?([\w-]+)\s*\(\s*\)|^\s*function\s+([\w-]+)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z][\w.+-]*")


class UndeclaredCommand(Rule, frozen=True):
    """Every command of a script is a place."""

    severity = Severity.ERROR
    since = "0.1"
    recommended = False

    commands: tuple[str, ...]
    """Programs that the image has, besides the shell and the core utilities: `["python", "pip"]`."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """Which programs a script may start."""
        which = f"{named(self.commands)} and what" if self.commands else "nothing but what"
        yield Demand(f"In scripts of the shell start {which} the shell and the core utilities bring")

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for programs that are not on the list."""
        own: dict[str, set[str]] = {}
        for step in steps(project):
            if step.script not in own:
                text = project.text(step.script).text
                own[step.script] = {name for found in _FUNCTION.findall(text) for name in found}
            name = step.words[0]
            if not _NAME.fullmatch(name) or name in own[step.script]:
                yield Outcome.UNKNOWN
            elif name in _KNOWN or name in self.commands:
                yield Outcome.KEPT
            else:
                message = f"`{name}` is not among the programs of the image"
                yield self.finding(
                    step.location(), message, "use Python for it, or install it and add it to `commands`"
                )
