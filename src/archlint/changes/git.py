"""Git, asked in a way in which the repository has no say.

A repository may come from anybody, and its configuration names programs: monitors of the file system,
drivers of differences, filters, hooks, transports. Only commands that read objects and the index are
called, never through a shell, and what such a command could still start is turned off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from archlint.errors import ArchlintError

_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",  # a folder of a project can look like a repository, and be made so
    "submodule.recurse=false",
)

_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""No network, no writing, and messages that can be told apart."""

_KEPT: Final = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES")
"""Where the user's own configuration is: in a container it says whose repositories are safe."""

_DROPPED: Final = "GIT_CONFIG_PARAMETERS"


class GitFailure(Exception):  # noqa: N818 -- turned into an error where somebody knows what was wanted
    """Git could not answer. The text is what it said."""


class Git:
    """Asks about the repository around a folder."""

    def __init__(self, folder: Path, index: Path | None = None) -> None:
        """`index` is another file than the repository's own, as hooks of a partial commit have one."""
        self._folder = folder
        self._program = _program()
        self._environment = {**_surroundings(os.environ), **_ENVIRONMENT}
        if index is not None:
            self._environment["GIT_INDEX_FILE"] = str(index)

    def ask(self, *arguments: str, data: bytes | None = None) -> bytes:
        """What git answers.

        Raises GitFailure where it does not, and ArchlintError where it cannot be started.
        """
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = [self._program, "--no-pager", *settings, "-C", str(self._folder), *arguments]
        try:
            done = subprocess.run(
                command,
                input=data,
                stdin=subprocess.DEVNULL if data is None else None,
                capture_output=True,
                env=self._environment,
                check=False,
            )
        except (OSError, ValueError) as problem:
            raise ArchlintError(f"git cannot be started: {problem}") from problem
        if done.returncode:
            raise GitFailure(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout

    def line(self, *arguments: str) -> str:
        """The first line of an answer, without its end. Raises as `ask` does."""
        return os.fsdecode(self.ask(*arguments)).partition("\n")[0]


def _program() -> str:
    """Git itself; not one that lies in the current folder."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = shutil.which("git", path=os.pathsep.join(filter(os.path.isabs, folders)))
    if found is None:
        raise ArchlintError("there is no `git` on the PATH: comparing with an earlier state needs it")
    return found


def _surroundings(variables: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in variables.items()
        if not name.startswith("GIT_") or (name.startswith(_KEPT) and name != _DROPPED)
    }
