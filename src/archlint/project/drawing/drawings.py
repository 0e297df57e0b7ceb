"""The drawings that a rule about layers holds the code to: the configuration's, or its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.config.model import Drawing, Layer, layers_of
from archlint.errors import ConfigError, ConfigProblem
from archlint.nearness import did_you_mean
from archlint.project.drawing.layers import Layers
from archlint.project.imports.selection import matching, unmatched
from archlint.project.imports.siblings import siblings
from archlint.project.module import Module
from archlint.project.option_places import option_problem
from archlint.project.patterns import is_path

if TYPE_CHECKING:
    from archlint.project.project import Project


def drawings(
    project: Project, rule: str, key: str, layers: Drawing, containers: tuple[str, ...]
) -> tuple[Layers, ...]:
    """What the options `layers` and `containers` of a rule draw, one drawing for each container.

    `key` is the place of `layers` in the configuration.
    A rule that draws nothing itself holds the code to the drawing of the configuration. Raises
    ConfigError for what matches nothing, and for containers without layers to look for in them.
    """
    drawn = layers_of(layers)
    if containers:
        return tuple(_contained(project, rule, drawn, containers, key))
    if drawn:
        return (Layers.drawn(project, drawn, key),)
    return (project.view(Layers),) if project.config.layers else ()


def inhabitants(project: Project, rule: str, option: str, entries: Iterable[str]) -> dict[Module, str]:
    """The modules that an option names by layer, path or dotted name, each with the entry that names it.

    They stand in the order of the project. Raises ConfigError for an entry that is none of these; an
    optional layer may be empty.
    """
    drawn = layer_names(project)
    layers = project.view(Layers) if drawn else None
    found: dict[Module, str] = {}
    problems: list[ConfigProblem] = []
    for entry in entries:
        layer = drawn.get(entry)
        inside = layers.members(layer) if layers and layer else matching(project, entry)
        found = {**dict.fromkeys(inside, entry), **found}
        if not inside and not (layer and layer.optional):
            problems.append(_nobody(project, rule, option, entry))
    if problems:
        raise ConfigError(tuple(problems))
    return {module: found[module] for module in project.modules if module in found}


def layer_names(project: Project) -> dict[str, Layer]:
    """The layers that the configuration draws, by name."""
    return {layer.name: layer for layer in project.config.layers}


def _nobody(project: Project, rule: str, option: str, entry: str) -> ConfigProblem:
    problem = unmatched(project, rule, option, entry)
    if not project.config.layers:
        return problem
    message = f"`{entry}` is not a layer, and as a pattern it matches no module"
    return replace(problem, message=message, hint=did_you_mean(entry, layer_names(project), problem.hint))


def _contained(
    project: Project, rule: str, drawn: tuple[Layer, ...], containers: tuple[str, ...], key: str
) -> Iterator[Layers]:
    problems = [
        option_problem(
            project.config, rule, "containers", each, f"the container `{each}` must be a dotted name"
        )
        for each in containers
        if is_path(each)
    ]
    problems += [
        project.config.problem(
            f"{key}.{layer.name}", f"the pattern `{pattern}` must be a dotted name", "as its container is"
        )
        for layer in drawn
        for pattern in layer.patterns
        if is_path(pattern)
    ]
    if not drawn:
        message, hint = "`containers` needs the option `layers`", "say which layers each of them holds"
        problems.append(project.config.problem(f"{key.rpartition('.')[0]}.containers", message, hint))
    if problems:
        raise ConfigError(tuple(problems))
    found = siblings(project, rule, "containers", containers)
    for container in sorted(set(found.values())):
        inside = tuple(_inside(layer, container) for layer in drawn)
        yield Layers.drawn(project, inside, key, container)


def _inside(layer: Layer, container: str) -> Layer:
    return replace(layer, patterns=tuple(f"{container}.{pattern}" for pattern in layer.patterns))
