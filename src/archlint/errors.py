"""What can stop archlint from doing its job; each ends the run with exit status 2."""

from __future__ import annotations

import msgspec


class ArchlintError(Exception):
    """A condition the user can mend; its text is printed as it is, without a traceback."""


class UsageError(ArchlintError):
    """A command line that asks for something that is not there."""


class WorkerError(ArchlintError):
    """A process of the census died before it had answered."""


class ConfigProblem(msgspec.Struct, frozen=True):
    """One mistake in a configuration file. Line and column start at 1; 0 where there is no place."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class ConfigError(ArchlintError):
    """All the mistakes of a configuration, at once."""

    def __init__(self, problems: tuple[ConfigProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class BaselineError(ArchlintError):
    """A baseline that cannot be read, or is none. The line is 0 where there is no place."""

    def __init__(self, path: str, line: int, message: str, hint: str = "") -> None:
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {message}" + (f" ({hint})" if hint else ""))
        self.path = path
        self.line = line
