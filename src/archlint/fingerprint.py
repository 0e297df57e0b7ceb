"""What a finding is known by: not by its line, nor by the words of its message.

Nor by its path, unless it is about the file as such, so that code keeps its fingerprint when its file is
renamed: who compares findings compares paths as well, and knows which of them are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from archlint.essence import essence, is_open
from archlint.finding import Finding, Location

if TYPE_CHECKING:
    from archlint.facts import ClassFact, FunctionFact
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.source import Text

_DEFINITION: Final = re.compile(r"\s*((?:async\s+def|def|class)\s+\w+)")
_FURTHER: Final = 200
"""How many lines a statement is followed for; longer ones are known by those."""


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
    said = _code(text, location)
    definition = _DEFINITION.match(said)
    return essence(definition[1] if definition else said)


def _code(text: Text, location: Location) -> str:
    """The code at a place; what ends with its line goes on as far as the brackets do that it opens."""
    said = text.slice(location)
    if said and location.end_column <= len(text.line(location.end_line).rstrip()):
        return said
    lines = [said or text.line(location.line)[location.column - 1 :]]
    for number in range(location.end_line + 1, location.end_line + _FURTHER):
        if not is_open("\n".join(lines)) or number > len(text.lines):
            break
        lines.append(text.line(number))
    return "\n".join(lines)


def _symbol(module: Module, line: int) -> str:
    """The qualified name of the innermost class or function around a line."""
    definitions: tuple[ClassFact | FunctionFact, ...] = (*module.classes, *module.functions)
    around = [definition for definition in definitions if definition.line <= line <= definition.end_line]
    return max(around, key=lambda definition: definition.line).qualname if around else ""
