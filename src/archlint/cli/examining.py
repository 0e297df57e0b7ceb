"""Examines a project for `archlint doctor`: as far as its configuration lets it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from archlint import __version__
from archlint.cli.assignment import Assignment, assign
from archlint.cli.lint import CACHE
from archlint.config.model import Config
from archlint.engine import Request, examine, open_project, store_for
from archlint.errors import ConfigError
from archlint.health.cache import cache
from archlint.health.contracts import configured, layers, refused
from archlint.health.files import files
from archlint.health.packs import packs
from archlint.health.resolution import failures, resolution
from archlint.health.sign import Examination, Section, Sign, State
from archlint.project import Project
from archlint.registry import Registry, installed
from archlint.scoring.levels import level_of
from archlint.store import Store


def examined(path: Path, file: Path | None) -> Examination:
    """The examination of the project around a path. Raises UsageError where there is none."""
    # What is known of frameworks is dear to import.
    from archlint.health.built_with import built_with
    from archlint.registry.opening import opened

    (assignment,) = assign([path], file)
    registry = installed()
    sections: list[Section] = [Section("Project", tuple(_project(assignment)))]
    try:
        config, registry = opened(assignment.config, assignment.root, registry)
    except ConfigError as problem:
        return Examination((*sections, Section("Configuration", tuple(refused(problem)))))
    store = store_for(assignment.root / CACHE, assignment.root)
    try:
        project = open_project(config, Request(store=store))
    except ConfigError as problem:
        return Examination((*sections, Section("Configuration", tuple(refused(problem)))))
    sections += [
        Section("Files", tuple(files(project))),
        Section("Built with", tuple(built_with(project))),
        *_rules(config, project, registry, store),
        Section("Cache", tuple(cache(store))),
    ]
    return Examination(tuple(section for section in sections if section.signs))


def _project(assignment: Assignment) -> Iterator[Sign]:
    yield Sign("archlint", f"{__version__} on Python {'.'.join(map(str, sys.version_info[:3]))}")
    yield Sign("root", str(assignment.root))
    if assignment.config is not None:
        yield Sign("configuration", str(assignment.config))
        return
    hint = "`archlint init` proposes one"
    text = "none found; the recommended rules of detected packs run"
    yield Sign("configuration", text, State.ADVICE, hint)


def _rules(config: Config, project: Project, registry: Registry, store: Store) -> Iterable[Section]:
    """What rests on the rules: which run, what contracts hold, what could be resolved."""
    active = registry.select(config, project)
    running = Section("Packs", tuple(packs(project, registry, active)))
    try:
        drawn = Section("Layers", tuple(layers(project)))
        _, checked = examine(config, registry, Request(store=store))
    except ConfigError as problem:
        return running, Section("Contracts", tuple(refused(problem)))
    tallies = checked.tallies()
    levels = {rule: level_of(rule, registry) for rule in tallies}
    return (
        running,
        drawn,
        Section("Contracts", tuple(configured(checked.uses()))),
        Section("Resolved", (*failures(checked.failures), *resolution(tallies, levels))),
    )
