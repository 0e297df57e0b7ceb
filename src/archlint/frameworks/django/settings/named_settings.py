"""Names of settings modules in the code and the files that start Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Literal
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_VARIABLE: Final = b"DJANGO_SETTINGS_MODULE"
_NAME: Final = r"([A-Za-z_]\w*(?:\.\w+)+)"
_IN_CODE: Final = re.compile(
    rf"""^[^#\n]*DJANGO_SETTINGS_MODULE["'](?:\]\s*=|\s*,|\s*:)\s*["']{_NAME}["']""", re.MULTILINE
)
_BY_NAME: Final = re.compile(
    r"""^[^#\n]*DJANGO_SETTINGS_MODULE["'](?:\]\s*=|\s*,)\s*([A-Za-z_]\w*)\s*\)?\s*$""", re.MULTILINE
)
_IN_FILE: Final = re.compile(
    rf"""^[^#\n]*\bDJANGO_SETTINGS_MODULE\s*[=:]\s*["']?{_NAME}["']?\s*$""", re.MULTILINE
)
_FILES: Final = re.compile(
    r"(?:\.env|Procfile|pytest\.ini|[^/]*\.sh|(?:Dockerfile|docker-compose|compose)[^/]*)$"
)
"""Files at the top of a project, from which it is started."""


class NamedSettings(msgspec.Struct, frozen=True):
    """The name of a settings module, and where it is written."""

    name: str
    path: str
    line: int
    column: int
    seen_from: Module


def named_settings(project: Project) -> Iterator[NamedSettings]:
    """Every name that is written out, but for those of tests."""
    starting = [
        module for module in project.modules if module.speaks_of(_VARIABLE) and not is_test(module.path)
    ]
    for module in starting:
        text = project.text(module.path).text
        yield from _found(_IN_CODE, text, module.path, module)
        yield from _constants(project, module, set(_BY_NAME.findall(text)))
    for path in project.files if project.modules and "django" in project.imported else ():
        if _FILES.fullmatch(path):
            yield from _found(_IN_FILE, project.text(path).text, path, project.modules[0])


def _constants(project: Project, module: Module, names: set[str]) -> Iterator[NamedSettings]:
    """What stands under names of the module that the variable is set to."""
    bound = project.view(Functions).module_summary(module).bound if names else {}
    for name in sorted(names):
        found = bound.get(name, [])
        value = found[0].value if len(found) == 1 else None
        if isinstance(value, Literal) and isinstance(value.value, str) and "." in value.value:
            yield NamedSettings(value.value, module.path, value.line, value.column + 2, module)


def _found(pattern: re.Pattern[str], text: str, path: str, module: Module) -> Iterator[NamedSettings]:
    for match in pattern.finditer(text):
        before = text[: match.start(1)]
        column = len(before) - before.rfind("\n")
        yield NamedSettings(match[1], path, before.count("\n") + 1, column, module)
