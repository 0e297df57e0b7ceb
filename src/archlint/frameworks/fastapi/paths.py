"""Paths of routes: what they are made of, and what they match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Expression, Literal, Name, Operation, Template
from archlint.frameworks.places.expressions import place
from archlint.project.answer import Definition, External
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

HIDDEN: Final = "…"
"""Around what stands for a part that cannot be seen; the same name stands for the same part."""

_DEPTH: Final = 8
_PARAMETER: Final = re.compile(r"\{([a-zA-Z_]\w*)(?::([a-zA-Z_]\w*))?\}")
_MATCHES: Final = {
    "": "[^/]+",
    "str": "[^/]+",
    "path": ".*",
    "int": "[0-9]+",
    "float": r"[0-9]+(?:\.[0-9]+)?",
    "uuid": "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
}
"""What Starlette's own converters match."""

_SAMPLES: Final = {
    "": "~\x01~",
    "str": "~\x01~",
    "path": "~\x01~/~\x02~",
    "int": "730194482",
    "float": "73.194482",
    "uuid": "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
}
"""Of all that a converter matches the oddest: who matches that, matches the rest, too."""


def path_of(project: Project, module: Module, scope: str, value: Expression | None, depth: int = 0) -> str:
    """The path that an expression makes, with names between `…` for what cannot be seen."""
    if value is None:
        return ""
    if isinstance(value, Literal) and isinstance(value.value, str) and not value.truncated:
        return value.value
    if isinstance(value, Template):
        return "".join(path_of(project, module, scope, part, depth) for part in value.parts)
    if isinstance(value, Operation) and value.operator == "+":
        return "".join(path_of(project, module, scope, part, depth) for part in value.operands)
    if isinstance(value, (Name, Attribute)):
        found = project.view(Scopes).resolve(module, scope, value)
        if isinstance(found, Definition) and found.kind is Kind.VALUE and not found.member and depth < _DEPTH:
            bound = project.view(Functions).module_summary(found.module).bound.get(found.qualname, ())
            if len(bound) == 1 and bound[0].how == "assign":
                return path_of(project, found.module, "", bound[0].value, depth + 1)
        if isinstance(found, (Definition, External)):
            return _hidden(found.name)
        return _hidden(f"{module.path}:{scope}:{_written(value)}")
    line, column = place(value)
    return _hidden(f"{module.path}:{line}:{column}")


def parameters(path: str) -> tuple[str, ...]:
    """The names of its parameters, in order."""
    return tuple(found[1] for found in _PARAMETER.finditer(path))


def shown(path: str) -> str:
    """A path as messages write it."""
    return re.sub(f"{HIDDEN}[^{HIDDEN}]*{HIDDEN}", HIDDEN, path) or "/"


def covers(earlier: str, later: str) -> bool:
    """Whether the one path matches whatever the other matches. False where nobody can tell."""
    if earlier == later:
        return True
    if "{" not in earlier or not later.startswith(earlier.partition("{")[0].rstrip("/")):
        return False
    if _head(earlier) != _head(later):
        return False
    pattern, sample = _pattern(earlier), _sample(later)
    return pattern is not None and sample is not None and pattern.fullmatch(sample) is not None


def _head(path: str) -> str:
    """What stands before and in the last part that cannot be seen."""
    return path[: path.rfind(HIDDEN) + 1]


@lru_cache(maxsize=4096)
def _pattern(path: str) -> re.Pattern[str] | None:
    parts = list(_parts(path, _MATCHES))
    return None if None in parts else re.compile("".join(filter(None, parts)), re.DOTALL)


@lru_cache(maxsize=4096)
def _sample(path: str) -> str | None:
    parts = list(_parts(path, _SAMPLES))
    return None if None in parts else "".join(filter(None, parts))


def _parts(path: str, of_converters: dict[str, str]) -> Iterator[str | None]:
    """The text of a path, and for its parameters what a table has; None for unknown converters."""
    is_pattern = of_converters is _MATCHES
    at = 0
    for found in _PARAMETER.finditer(path):
        text = path[at : found.start()]
        yield re.escape(text) if is_pattern else text
        yield of_converters.get(found[2] or "")
        at = found.end()
    yield re.escape(path[at:]) if is_pattern else path[at:]


def _hidden(name: str) -> str:
    return f"{HIDDEN}{name}{HIDDEN}"


def _written(value: Expression) -> str:
    if isinstance(value, Attribute):
        return f"{_written(value.value)}.{value.attr}"
    return value.id if isinstance(value, Name) else ""
