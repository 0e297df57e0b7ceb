"""Scripts that enter folders and run files which the project does not have.

## Why is this bad?

The script stops there, or goes on in the wrong folder, and the application never starts: `cd: backend: No
such file or directory`. It comes about where a folder was renamed, or where the script was written for the
machine of its author: `cd /testbed` works nowhere else. `cd /$(dirname "$0")` looks like the script's own
folder, and is the root of the file system where the script is called as `./run.sh`.

## What to do

Enter the folder of the script, and go on from there: `cd "$(dirname "$0")"`.

## Bad

`run.sh`:

```sh
cd "$(dirname "$0")"
pip install -r requirements/prod.txt  # error: [deployment/missing-script-path] "`requirements/prod.txt`"
python shop/serve.py  # error: [deployment/missing-script-path] "`shop/serve.py`"
```

`requirements.txt`:

```
flask
```

`shop/server.py`:

```python
from flask import Flask

app = Flask(__name__)
```

`start.sh`:

```sh
cd /$(dirname "$0")  # warning: [deployment/missing-script-path] "is the root of the file system"
python -m shop.server
```

## Good

`run.sh`:

```sh
cd "$(dirname "$0")"
if [ -f requirements/dev.txt ]; then
  pip install -r requirements/dev.txt
fi
pip install -r requirements.txt
python shop/server.py
```

`requirements.txt`:

```
flask
```

`shop/server.py`:

```python
from flask import Flask

app = Flask(__name__)
```

## When not to use it

Scripts for machines whose folders something outside the project makes.

## Source

POSIX.1-2017, `cd`; bash reference manual, "Special Parameters"; verified with dash and bash.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from archlint.finding import Finding, Severity
from archlint.frameworks.scripts.steps import HERE, Step, is_laid_out_elsewhere, steps
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.project.files.tree import Tree
from archlint.rule import Outcome, Rule, Verdict

_PYTHON: Final = ("python", "python3")
_EVERYWHERE: Final = frozenset(
    {
        "",
        "bin",
        "dev",
        "etc",
        "home",
        "lib",
        "media",
        "mnt",
        "opt",
        "proc",
        "run",
        "sbin",
        "srv",
        "sys",
        "tmp",
        "usr",
        "var",
    }
)
"""What a system has at its root anyway."""


class MissingScriptPath(Rule, frozen=True):
    """Every folder that a script enters and every file that it runs is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare them with what is there."""
        is_elsewhere = is_laid_out_elsewhere(project)
        for step in steps(project):
            word = _path_in(step)
            if not word:
                continue
            if is_elsewhere or not step.command.is_certain:
                yield Outcome.UNKNOWN
                continue
            yield self._judged(project, step, word)

    def _judged(self, project: Project, step: Step, word: str) -> Verdict:
        tree = project.view(Tree)
        text = step.filled_in(word)
        if text is None:
            return Outcome.UNKNOWN
        if text.startswith("/"):
            return self._outside(step, text)
        path = step.path(word)
        if path is None or _is_made(project, step, path):
            return Outcome.UNKNOWN
        is_there = not path or (tree.is_folder(path) if _enters(step) else path in tree.files)
        if is_there:
            return Outcome.KEPT
        known = tree.folders if _enters(step) else tree.files
        kind = "folder" if _enters(step) else "file"
        hint = did_you_mean(path, known, f"name a {kind} that is there")
        return self.finding(step.location(), f"the project has no {kind} `{path}`", hint)

    def _outside(self, step: Step, text: str) -> Verdict:
        """A path from the root of the file system."""
        if text.startswith(f"/{HERE}"):
            message = '`/$(dirname "$0")` is the root of the file system where the script is called as `./…`'
            return _warned(
                self.finding(step.location(), message, 'write `"$(dirname "$0")"`, without the `/`')
            )
        top = text.lstrip("/").partition("/")[0]
        if top in _EVERYWHERE:
            return Outcome.UNKNOWN
        message = f"`{text}` is a path of one machine, and nothing in the project makes it"
        return _warned(self.finding(step.location(), message, 'begin at the script: `cd "$(dirname "$0")"`'))


def _warned(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARNING)


def _enters(step: Step) -> bool:
    return step.words[0] == "cd"


def _path_in(step: Step) -> str:
    """What a command needs to be there; empty for nothing that is looked at."""
    words = step.words
    if words[0] == "cd":
        return words[1] if len(words) == 2 and words[1] != "-" else ""
    if words[0] in _PYTHON and len(words) > 1 and words[1].endswith(".py"):
        return words[1]
    installs = "install" in words and (words[0] in ("pip", "pip3", "uv") or words[1:3] == ("-m", "pip"))
    if installs and "-r" in words[:-1]:
        return words[words.index("-r") + 1]
    return ""


def _is_made(project: Project, step: Step, path: str) -> bool:
    """Whether it may be there without being one of the project's files."""
    if project.ignores(path) or project.ignores(f"{path}/"):
        return True
    top, _, _ = path.partition("/")
    name = path.rpartition("/")[2]
    makers = (words for words in step.earlier if words[0] not in ("cd", *_PYTHON))
    return any(top in word or name in word for words in makers for word in words)
