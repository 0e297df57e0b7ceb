"""Lints an earlier state of a project, or remembers what was found in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.baseline.standing import Choice
from archlint.changes.found import Earlier, Found
from archlint.changes.taking import state_of
from archlint.changes.terms import Terms, terms_of
from archlint.config.document import PYPROJECT, has_section
from archlint.config.lookup import find
from archlint.config.model import Config
from archlint.engine import Request, run
from archlint.errors import ArchlintError

if TYPE_CHECKING:
    from archlint.facts.entry import Entry
    from archlint.project import Project
    from archlint.registry import Registry
    from archlint.report import Report


def look(
    earlier: Earlier, config: Config, registry: Registry, request: Request, known: Mapping[str, Entry]
) -> Found:
    """Lint an earlier state by the rules of now, so that a rule that is new tells only of what is new.

    Where the configuration of now does not fit it, that of then is taken. `known` are facts of files that
    may be the same as they were. Raises ArchlintError as the engine does, but for what is wrong with that
    state alone.
    """
    own, problem = _own(earlier, config, registry)
    for each in filter(None, (lenient(config, earlier.root), own)):
        try:
            return _looked(each, own, registry, _asked(earlier, request, known))
        except ArchlintError as error:
            problem = problem or str(error)
    told = f"{earlier.label} cannot be linted, so that everything found counts as new: {problem}"
    return Found(terms=_terms(own, registry), notices=(told,), is_whole=False, is_told=False)


def _asked(earlier: Earlier, request: Request, known: Mapping[str, Entry]) -> Request:
    return Request(
        named=tuple(path for path in request.named if os.path.lexists(earlier.root / path)),
        narrowing=request.narrowing,
        jobs=request.jobs,
        executor=request.executor,
        baseline=Choice(is_used=False),
        today=request.today,
        known=known,
    )


def _looked(config: Config, own: Config | None, registry: Registry, request: Request) -> Found:
    seen: list[tuple[Project, Report]] = []
    report = run(config, registry, replace(request, told=lambda *each: seen.append(each)))
    (project, _), *_ = seen
    failed = [
        f"rule {failure.rule} failed in the earlier state: {failure.error}" for failure in report.failures
    ]
    return Found(
        state=state_of(project, report.findings),
        terms=_terms(own, registry),
        packs=registry.in_force(own or config, project),
        notices=tuple(failed),
        is_whole=not failed,
    )


def lenient(config: Config, root: Path) -> Config:
    """The configuration of now for a state in which some of what it speaks of is not there yet."""
    layers = tuple(replace(layer, optional=True) for layer in config.layers)
    return replace(config, root=root, layers=layers)


def _own(earlier: Earlier, config: Config, registry: Registry) -> tuple[Config | None, str]:
    """The configuration of the earlier state itself, or what is wrong with it."""
    from archlint.config.loading import load  # not needed where the state is remembered

    named = earlier.root / config.source if config.source else None
    file = named if named is not None and _speaks(named) else find(earlier.root)
    if file is not None and not file.is_relative_to(earlier.root):
        file = None  # not one that lies above a temporary folder
    try:
        return load(file, earlier.root, registry.rules, registry.packs), ""
    except ArchlintError as problem:
        return None, str(problem)


def _speaks(file: Path) -> bool:
    """Whether a file is a configuration: a `pyproject.toml` may have been there before archlint was."""
    return file.is_file() and (file.name != PYPROJECT or has_section(file))


def _terms(config: Config | None, registry: Registry) -> Terms | None:
    try:
        return terms_of(config, registry) if config is not None else None
    except ArchlintError:
        return None
