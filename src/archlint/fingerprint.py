"""What a finding is known by: not by its line, nor by the words of its message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from archlint.finding import Finding, Location

if TYPE_CHECKING:
    from archlint.facts import ClassFact, FunctionFact
    from archlint.project.module import Module
    from archlint.project.project import Project


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
    text = _text(project, location, is_code=module is not None)
    return replace(finding, symbol=symbol, fingerprint=fingerprint(finding.rule, symbol, text))


def _text(project: Project, location: Location, is_code: bool) -> str:
    """The code at a place; in any other file the path and what its line says; of a file as such the path."""
    path = location.path
    if location == Location(path, 1, 1, 1, 1):
        return path
    text = project.text(path)
    said = text.slice(location) or text.line(location.line)[location.column - 1 :]
    return said if is_code else f"{path} {said}"


def _symbol(module: Module, line: int) -> str:
    """The qualified name of the innermost class or function around a line."""
    definitions: tuple[ClassFact | FunctionFact, ...] = (*module.classes, *module.functions)
    around = [definition for definition in definitions if definition.line <= line <= definition.end_line]
    return max(around, key=lambda definition: definition.line).qualname if around else ""
