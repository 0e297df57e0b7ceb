"""Where a name is given to something: behind `class` or `def`, or before `=`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.finding import Location
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


def name_place(project: Project, module: Module, name: str, line: int, column: int = 0) -> Location:
    """A name in a statement that starts here; the rest of the line where it stands on another."""
    text = project.text(module.path).line(line).encode()
    found = re.compile(rb"(?<!\w)%b(?!\w)" % re.escape(name.encode())).search(text, column)
    if found is None:
        return project.location(module, line, column)
    return project.location(module, line, found.start(), line, found.end())
