"""A Bad or Good section of a page: a small project, and the findings it must bring about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from archlint.errors import ArchlintError
from archlint.finding import Severity
from archlint.pages.markdown import Fence, Section

_TITLE = re.compile(r"(Bad|Good)\b")
_EXPECTATION = re.compile(
    r'#\s*(?P<severity>error|warning|note): \[(?P<rule>[\w-]+/[\w-]+)\] "(?P<message>[^"]+)"\s*'
)
_ATTEMPT = re.compile(r"#\s*(error|warning|note):")
_UNNAMED = {"toml": "archlint.toml", "python": "example.py"}
"""What a block without a name stands for. In other languages it is an illustration."""


class PageError(ArchlintError):
    """An example that cannot be read as files and expectations."""


class Expectation(msgspec.Struct, frozen=True):
    """A finding that an example must bring about."""

    path: str
    line: int
    severity: Severity
    rule: str
    message: str
    """A part of the finding's message."""

    def __str__(self) -> str:
        return f'{self.path}:{self.line}: {self.severity.value}: [{self.rule}] "{self.message}"'


class Example(msgspec.Struct, frozen=True):
    """A small project that shows a rule at work. Expectations are not part of its files."""

    rule: str
    title: str
    files: Mapping[str, str]
    expectations: tuple[Expectation, ...]
    before: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files as they were before the change that the example shows; the others were the same."""

    @property
    def is_bad(self) -> bool:
        """Whether it shows what the rule reports."""
        return self.title.startswith("Bad")

    def __str__(self) -> str:
        return f"{self.rule} {self.title}"


def is_example(section: Section) -> bool:
    """Whether a section is titled `Bad` or `Good`, with or without further words."""
    return _TITLE.match(section.title) is not None


def read_example(rule: str, section: Section) -> Example:
    """The example in a section. Raises PageError for an unclear file or a misspelt expectation."""
    files: dict[str, str] = {}
    before: dict[str, str] = {}
    expectations: list[Expectation] = []
    for fence in section.fences:
        path = _path(fence)
        if not path:
            continue
        if path in (before if fence.before else files):
            raise PageError(
                f"{rule}: two blocks of section `{section.title}` are the file `{path}`; name them"
            )
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise PageError(f"{rule}: `{path}` in section `{section.title}` lies outside the example")
        if fence.before:
            before[path] = fence.text
            continue
        # Without the expectations the file is exactly what a user would have.
        files[path] = "".join(f"{_EXPECTATION.sub('', line).rstrip()}\n" for line in fence.text.splitlines())
        expectations.extend(_expectations(rule, path, fence.text))
    return Example(rule, section.title, files, tuple(expectations), before)


def _path(fence: Fence) -> str:
    return fence.name or _UNNAMED.get(fence.language, "")


def _expectations(rule: str, path: str, text: str) -> Iterator[Expectation]:
    for number, line in enumerate(text.splitlines(), start=1):
        found = list(_EXPECTATION.finditer(line))
        if len(found) != len(_ATTEMPT.findall(line)):
            raise PageError(
                f'{rule}: write an expectation as `# error: [pack/rule] "message"`, not `{line.strip()}`'
            )
        for each in found:
            yield Expectation(path, number, Severity(each["severity"]), each["rule"], each["message"])
