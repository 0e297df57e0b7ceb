"""Holds a draft to the project, so that what is written can be loaded and run.

A pattern that matches nothing would stop the first run. The other tool may have let it pass, or may never
have been run; here it is taken out and told in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from archlint.adoption.draft import Draft, Entry, Options, Value
from archlint.adoption.trial import Trial
from archlint.config.model import Config, Origin, RuleInstance, layers_of
from archlint.config.options import field_name
from archlint.errors import ArchlintError, ConfigError, ConfigProblem
from archlint.project.drawing.layers import Layers
from archlint.project.project import Project
from archlint.registry import Registry

Path: TypeAlias = tuple[str | int, ...]

_DRAFT = "draft"
_SPARING = ("allow", "ignore", "importers", "public", "shared", "skip")
_DECLARED: Path = ("may-import",)
"""The one table in which an empty array says something."""


def proven(draft: Draft, project: Project, registry: Registry) -> Draft:
    """The draft without what cannot hold in the project."""
    draft = _with_layers(draft, project)
    return replace(draft, entries=tuple(_proven(entry, draft, project, registry) for entry in draft.entries))


def configured(draft: Draft, config: Config) -> Config:
    """The configuration that a draft will be."""
    rules: dict[str, tuple[RuleInstance, ...]] = {}
    for entry in draft.entries:
        if not entry.is_left_out:
            rules[entry.rule] = (*rules.get(entry.rule, ()), _instance(entry))
    return replace(config, layers=layers_of(draft.layers), rules=rules, origins={})


def _with_layers(draft: Draft, project: Project) -> Draft:
    """The draft with those of its layers that hold a module."""
    told: list[str] = []
    layers: Options = draft.layers
    while layers:
        config = replace(configured(draft, project.config), layers=layers_of(layers), rules={})
        places = list(_places(layers, ("layers",)))
        try:
            Trial(project, _numbered(config, places)).view(Layers)
            break
        except ConfigError as error:
            layers = _without(layers, places, error.problems, told)
    return replace(draft, layers=layers, layers_comments=(*draft.layers_comments, *told))


def _proven(entry: Entry, draft: Draft, project: Project, registry: Registry) -> Entry:
    told: list[str] = []
    options = entry.options
    while True:
        trial = replace(entry, options=options)
        places = list(_places(options, ("rules", entry.rule, 0)))
        config = configured(replace(draft, entries=(trial,)), project.config)
        try:
            _run(Trial(project, _numbered(config, places)), entry.rule, registry)
            return replace(trial, comments=(*entry.comments, *told))
        except ConfigError as error:
            shorter = _without(options, places, error.problems, told)
            if shorter != options and not _emptied(options, shorter):
                options = shorter
                continue
            reason = "; ".join(problem.message for problem in error.problems)
        except ArchlintError as error:
            reason = str(error)
        return replace(
            entry, comments=(*entry.comments, f"Left out, since it cannot hold: {reason}."), is_left_out=True
        )


def _run(project: Project, rule: str, registry: Registry) -> None:
    for active in registry.select(project.config, project):
        if active.rule.id == rule:
            for _ in active.rule.check(project):
                pass


def _numbered(config: Config, places: list[Path]) -> Config:
    """The configuration in which every value has a line of its own, by which a problem can be told."""
    lines = {".".join(map(str, path)): Origin(_DRAFT, line) for line, path in enumerate(places, 1)}
    return replace(config, origins=lines)


def _places(value: Value | Options, path: Path) -> Iterator[Path]:
    """The paths of all that can be taken out: the elements of arrays, the keys of tables."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _places(each, (*path, name))
        if len(path) > 3 or path == ("layers",):
            yield from ((*path, name) for name in value)
    elif isinstance(value, tuple):
        yield from ((*path, at) for at in range(len(value)))


def _without(
    options: Options, places: list[Path], problems: tuple[ConfigProblem, ...], told: list[str]
) -> Options:
    start = 1 if places and places[0][0] == "layers" else 3
    paths = {places[problem.line - 1][start:] for problem in problems if problem.line}
    told += [f"Left out: {problem.message}." for problem in problems if problem.line]
    shorter = _cut(options, paths, ())
    return shorter if isinstance(shorter, Mapping) else {}


def _cut(value: Value | Options, paths: set[Path], path: Path) -> Value | Options:
    if isinstance(value, tuple):
        return tuple(each for at, each in enumerate(value) if (*path, at) not in paths)
    if not isinstance(value, Mapping):
        return value
    kept = {
        name: _cut(each, paths, (*path, name)) for name, each in value.items() if (*path, name) not in paths
    }
    if path == _DECLARED:
        return kept
    return {name: each for name, each in kept.items() if not _is_bare(value[name], each)}


def _is_bare(before: Value, after: Value) -> bool:
    """Whether a layer has lost all its patterns."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return "modules" in before and "modules" not in after
    return False if isinstance(after, Mapping) else bool(before) and after == ()


def _emptied(before: Options, after: Options) -> bool:
    """Whether an option that guards has lost all that it held; one that spares may."""
    return any(value and not after.get(name) for name, value in before.items() if name not in _SPARING)


def _instance(entry: Entry) -> RuleInstance:
    options = {field_name(name): value for name, value in entry.options.items()}
    return RuleInstance(options, None, entry.because)
