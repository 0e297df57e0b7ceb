"""What a finding is known by: not by its line, nor by the words of its message.

Nor by its path, unless it is about the file as such, so that code keeps its fingerprint when its file is
renamed: who compares findings compares paths as well, and knows which of them are gone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from archlint.essence import essence, is_open, logical_lines
from archlint.finding import Finding, Location

if TYPE_CHECKING:
    from archlint.facts import ClassFact, FunctionFact
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.source import Text

_DEFINITION: Final = re.compile(r"\s*((?:async\s+def|def|class)\s+\w+)")
_FURTHER: Final = 200
"""How many lines an item is followed for; longer ones are known by those."""


def identify(project: Project, findings: Iterable[Finding]) -> list[Finding]:
    """Give each finding the symbol around it and its fingerprint."""
    return [_identified(project, finding) for finding in findings]


def fingerprint(rule: str, symbol: str, text: str) -> str:
    """32 hexadecimal digits of rule, enclosing symbol and the code, however it is spaced."""
    key = "\0".join((rule, symbol, " ".join(text.split())))
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _identified(project: Project, finding: Finding) -> Finding:
    location = finding.location
    module = project.module_at(location.path)
    symbol = _symbol(module, location.line) if module else ""
    if finding.identity:
        known = fingerprint(finding.rule, "", "\n".join(finding.identity))
    else:
        known = fingerprint(finding.rule, symbol, _said(project, location, is_code=module is not None))
    return replace(finding, symbol=symbol, fingerprint=known)


def _said(project: Project, location: Location, is_code: bool) -> str:
    """What the place says, as far as no formatter changes it; of a file as such its path."""
    if location.is_file:
        return location.path
    text = project.text(location.path)
    if not is_code:
        return text.slice(location) or text.line(location.line)[location.column - 1 :]
    said = text.slice(location)
    end = len(text.line(location.line).rstrip())
    if said and (location.end_line > location.line or location.end_column <= end):
        return essence(_named(said))
    return _open_ended(text, location)


def _open_ended(text: Text, location: Location) -> str:
    """What a place says that goes on to the end of its line: a statement, or an item in one."""
    spans = _logical_lines(text)
    at = bisect_right(spans, (location.line, len(text.lines) + 1)) - 1
    first, last = spans[at] if at >= 0 else (0, 0)
    if not first <= location.line <= last:
        return essence(text.line(location.line))
    is_first = first == location.line and not text.line(first)[: location.column - 1].strip()
    if is_first or location.column == 1:
        return essence(_named("\n".join(text.lines[first - 1 : last])))
    return essence(_followed(text, location), is_item=True)


def _named(code: str) -> str:
    """A definition as its name, any other code as it is."""
    definition = _DEFINITION.match(code)
    return definition[1] if definition else code


def _followed(text: Text, location: Location) -> str:
    """The rest of a line, and of those that the brackets in it go on to."""
    lines = [text.line(location.line)[location.column - 1 :]]
    for number in range(location.line + 1, min(location.line + _FURTHER, len(text.lines) + 1)):
        if not is_open("\n".join(lines)):
            break
        lines.append(text.line(number))
    return "\n".join(lines)


@lru_cache(maxsize=4)
def _logical_lines(text: Text) -> list[tuple[int, int]]:
    return logical_lines("\n".join(text.lines))


def _symbol(module: Module, line: int) -> str:
    """The qualified name of the innermost class or function around a line."""
    definitions: tuple[ClassFact | FunctionFact, ...] = (*module.classes, *module.functions)
    around = [definition for definition in definitions if definition.line <= line <= definition.end_line]
    return max(around, key=lambda definition: definition.line).qualname if around else ""
