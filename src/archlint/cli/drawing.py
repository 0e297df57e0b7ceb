"""Reads a project for `archlint graph`: its imports, and which of them are reported."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from msgspec.structs import replace

from archlint.cli.assignment import assign
from archlint.cli.lint import CACHE
from archlint.cli.told import notices
from archlint.engine import Request, open_project, run
from archlint.errors import UsageError
from archlint.project import Module
from archlint.project.imports.overview import Level, Overview, overview, readable_depth
from archlint.registry import load as load_registry
from archlint.registry.opening import opened
from archlint.store import Store

_PACKS: Final = ("imports", "layers")
"""The packs that speak of imports."""

_READABLE: Final = 40
"""Boxes in a drawing that people can read."""


def draw(
    path: Path, level: str | None, depth: int | None, file: Path | None, *, is_read: bool
) -> tuple[Overview, tuple[str, ...]]:
    """The drawing of a path, and the notices that came up. Raises UsageError for layers nobody has drawn.

    What people are to read is folded as far as they can, unless a depth is given.
    """
    (assignment,) = assign([path], file)
    registry = load_registry()
    config, registry = opened(assignment.config, assignment.root, registry)
    if level == "layer" and not config.layers:
        raise UsageError("no layers are configured; `--level package` needs none")
    packs = tuple(pack for pack in _PACKS if config.packs is None or pack in config.packs)
    store = Store(assignment.root / CACHE, inside_project=True)
    request = Request(named=assignment.targets, store=store)
    report = run(replace(config, packs=packs), registry, request)
    project = open_project(config, request)

    def inside(module: Module) -> bool:
        targets = assignment.targets
        return not targets or any(module.path == t or module.path.startswith(f"{t}/") for t in targets)

    chosen = level or ("layer" if config.layers else "package")
    failures = tuple(f"rule {failure.rule} failed: {failure.error}" for failure in report.failures)
    folded = 0
    if depth is None and is_read and chosen == "package":
        folded = readable_depth(project, inside, _READABLE)
        depth = folded
    found = overview(project, cast(Level, chosen), report.findings, inside, depth or 0)
    told = (f"packages are drawn to a depth of {folded}: `--depth` draws more or less",) if folded else ()
    return found, (*notices(project), *failures, *told)
