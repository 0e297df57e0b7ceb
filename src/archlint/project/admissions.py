"""Comments that tell other tools that somebody knows of a mistake: `# noqa: F821`, `# type: ignore`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_COMMENT: Final = re.compile(
    r"#.*?\b(?:noqa\b(?::\s*(?P<noqa>[\w, ]+))?"
    r"|(?:type|mypy|pyright|ty|pyrefly|pyre):?-?\s*(?:ignore|fixme)\b(?:\[(?P<types>[^\]]*)\])?"
    r"|pylint:\s*disable(?:-next)?=(?P<pylint>[\w, -]+))",
    re.IGNORECASE,
)


def is_admitted(project: Project, module: Module, line: int, *codes: str) -> bool:
    """Whether a comment on a line leaves out everything, or a check of one of these names."""
    text = project.text(module.path).line(line)
    return "#" in text and any(_says(found, codes) for found in _COMMENT.finditer(text))


def _says(found: re.Match[str], codes: tuple[str, ...]) -> bool:
    named = found["noqa"] or found["types"] or found["pylint"]
    return named is None or not set(re.findall(r"[\w-]+", named)).isdisjoint(codes)
