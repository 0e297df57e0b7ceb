"""The file that a new rule begins as: a page with an example that fails, and a rule that could find it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from archlint import __version__, rewriting
from archlint.errors import UsageError

_ID: Final = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")

_RULE: Final = '''"""{title}.

## Why is this bad?

Say what goes wrong, and when.

## What to do

Say what to write instead.

## Bad

```python
import {package}

{package}.bad()  # error: [{id}] "calls `{package}.bad`"
```

## Good

```python
import {package}

{package}.good()
```

## Source

Name the documentation that says so, or how you have tried it.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.project import Module, Project
from archlint.project.objects.uses import Uses
from archlint.rule import ModuleRule, Outcome, Verdict


class {name}(ModuleRule, frozen=True):
    """Every call whose target is known is a place."""

    severity = Severity.ERROR
    since = "{version}"

    called: tuple[str, ...] = ("{package}.worse",)
    """What may not be called, by qualified name."""

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        """Look at the calls of one module."""
        for use in project.view(Uses).of(module):
            if use.how != "call":
                continue
            if use.name not in self.called:
                yield Outcome.KEPT if use.name else Outcome.UNKNOWN
                continue
            place = project.location(module, *use.span)
            yield self.finding(place, f"calls `{{use.name}}`", "say what to call instead")
'''

_PACK: Final = '"""Rules of this project."""\n'


def write_rule(rule: str, folder: Path) -> tuple[Path, ...]:
    """Write the module of a rule into the folder of its pack, which is made if it is not there.

    Gives what was written. Raises UsageError for a name that is none, for a folder of another name than the
    pack, and for a rule that is there.
    """
    if not _ID.fullmatch(rule):
        raise UsageError(f"`{rule}` must be `pack/name`, in lower case, with hyphens")
    pack, _, name = rule.partition("/")
    if folder.name.replace("_", "-") != pack:
        raise UsageError(f"the folder of the pack `{pack}` must have its name, and not `{folder.name}`")
    file = folder / f"{name.replace('-', '_')}.py"
    if file.exists():
        raise UsageError(f"`{file}` already exists")
    written = [file]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "__init__.py").exists():
            written.insert(0, folder / "__init__.py")
            rewriting.write(folder / "__init__.py", _PACK.encode())
        rewriting.write(file, text_of(rule).encode())
    except OSError as problem:
        raise UsageError(f"`{file}` cannot be written: {problem.strerror}") from problem
    return tuple(written)


def text_of(rule: str) -> str:
    """What the module of a new rule says."""
    pack, _, name = rule.partition("/")
    words = name.split("-")
    return _RULE.format(
        id=rule,
        title=" ".join(words).capitalize(),
        name="".join(word.capitalize() for word in words),
        package=pack.replace("-", "_"),
        version=__version__,
    )
