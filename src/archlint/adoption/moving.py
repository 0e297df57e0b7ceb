"""From another tool's configuration to a draft that holds in the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import msgspec
from msgspec.structs import replace

from archlint.adoption.draft import Draft
from archlint.adoption.proving import proven
from archlint.config.document import PYPROJECT
from archlint.config.model import Config
from archlint.project.project import Project
from archlint.registry import Registry

Open: TypeAlias = Callable[[Config], Project]
"""Gives the project of a configuration, with the facts of its files."""


class Move(msgspec.Struct, frozen=True):
    """What to move, and where."""

    root: Path
    file: Path | None
    """The other tool's configuration, where the user names one."""

    open: Open
    registry: Registry


def moved(tool: str, move: Move) -> Draft:
    """The draft that says what the other tool is told.

    Raises UsageError where there is no configuration of the tool, or none that can be read.
    """
    draft, project = _TOOLS[tool](move)
    held = proven(draft, project, move.registry)
    return replace(held, comments=(*held.comments, *_summary(held)))


def loads_by_name(project: Project) -> bool:
    """Whether there are imports that the other tools do not see: `import_module("shop.orders")`."""
    return any(fact.dynamic for module in project.modules for fact in module.facts.imports)


def _from_import_linter(move: Move) -> tuple[Draft, Project]:
    from archlint.adoption.import_linter.settings import settings
    from archlint.adoption.import_linter.translation import draft

    found = settings(move.root, move.file)
    project = move.open(Config(root=move.root))
    return draft(found, _names(project), loads_by_name=loads_by_name(project)), project


def _from_tach(move: Move) -> tuple[Draft, Project]:
    from archlint.adoption.tach.comments import excused
    from archlint.adoption.tach.settings import settings, with_domains
    from archlint.adoption.tach.translation import config_of, draft

    found = settings(move.root, move.file)
    src, exclude = config_of(found)
    project = move.open(Config(root=move.root, src=src, exclude=exclude))
    found = with_domains(found, move.root, project.files)
    told = _names(project), excused(project), _distributions(project)
    return draft(found, *told, loads_by_name=loads_by_name(project)), project


_TOOLS: Final[Mapping[str, Callable[[Move], tuple[Draft, Project]]]] = {
    "import-linter": _from_import_linter,
    "tach": _from_tach,
}
TOOLS: Final = tuple(_TOOLS)
"""Where one can move in from."""


def _names(project: Project) -> tuple[str, ...]:
    return tuple(module.name for module in project.modules)


def _distributions(project: Project) -> dict[str, str]:
    """The folder of the nearest `pyproject.toml` above each module; none where there is only one."""
    folders = {path.rpartition("/")[0] for path in project.files if path.rpartition("/")[2] == PYPROJECT}
    table = {}
    for module in project.modules:
        folder = module.folder
        while folder and folder not in folders:
            folder = folder.rpartition("/")[0]
        table[module.name] = folder
    return table if len(set(table.values())) > 1 else {}


def _summary(draft: Draft) -> tuple[str, ...]:
    left = sum(entry.is_left_out for entry in draft.entries)
    told = ["archlint's own recommended rules run besides; `archlint rules` lists them."]
    if left:
        told.append(f"{left} of the rules cannot hold here and are commented out, each with the reason.")
    if draft.without_equal:
        told.append("What has no equal stands at the end.")
    return tuple(told)
