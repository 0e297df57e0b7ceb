"""Which files archlint sees, and which it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archlint.health.sign import Sign, State
from archlint.project import Project
from archlint.reporters.summary import counted

_SHOWN: Final = 8
"""So many source roots are named."""

_MEND: Final = "fix it, or leave it out with `exclude`"


def files(project: Project) -> Iterator[Sign]:
    """The files of a project, where their names start, and what could not be read."""
    if not project.modules:
        hint = "name the folder of the code, or look at `exclude` and at `.gitignore`"
        yield Sign("files", "no Python files found", State.AMISS, hint)
        return
    yield Sign("files", f"{counted(len(project.modules), 'Python file')}, {len(project.files):,} other")
    used = {module.root for module in project.modules}
    roots = [root or "." for root in project.roots if root in used]
    told = "as configured in `src`" if project.config.src else "detected"
    more = f" and {len(roots) - _SHOWN} more" if len(roots) > _SHOWN else ""
    yield Sign("source roots", f"{', '.join(roots[:_SHOWN])}{more} ({told})")
    if project.config.exclude:
        yield Sign("left out", ", ".join(project.config.exclude))
    for folder in project.projects:
        yield Sign("another project", f"{folder}, with a configuration of its own; it is examined there")
    for module in project.modules:
        if module.facts.fault is not None:
            place = f"{module.path}:{module.facts.fault.line}" if module.facts.fault.line else module.path
            yield Sign("not understood", f"{place}: {module.facts.fault.message}", State.AMISS, _MEND)
    for unlisted in project.unreadable:
        text = f"{unlisted.path}: {unlisted.reason}"
        yield Sign("not read", text, State.AMISS, "make it readable, or leave it out with `exclude`")
