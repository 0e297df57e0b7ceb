"""The modules that the options of a rule speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.errors import ConfigError, ConfigProblem
from archlint.nearness import nearest
from archlint.project.module import Module
from archlint.project.option_places import option_problem
from archlint.project.patterns import is_path, matches

if TYPE_CHECKING:
    from archlint.project.project import Project


def select(project: Project, rule: str, option: str, patterns: Iterable[str]) -> dict[Module, str]:
    """The modules that match some patterns, in the order of the project, each with its first pattern.

    Raises ConfigError for every pattern that matches none: a contract that holds nothing guards nothing.
    """
    asked = tuple(patterns)
    chosen = {module: pattern for pattern in reversed(asked) for module in matching(project, pattern)}
    problems = tuple(
        unmatched(project, rule, option, pattern) for pattern in asked if not matching(project, pattern)
    )
    if problems:
        raise ConfigError(problems)
    return {module: chosen[module] for module in project.modules if module in chosen}


def matching(project: Project, pattern: str) -> tuple[Module, ...]:
    """The modules that match one pattern."""
    return tuple(module for module in project.modules if matches(module, pattern))


def unmatched(project: Project, rule: str, option: str, pattern: str) -> ConfigProblem:
    """That a pattern of an option matches no module, with the nearest that would."""
    kind = "a path from the configuration's folder" if is_path(pattern) else "a dotted module"
    hint = f"it is read as {kind}"
    known = [module.path if is_path(pattern) else module.name for module in project.modules]
    stem = pattern.removesuffix("*").removesuffix("*").rstrip("./")
    near = nearest(stem, known)
    if near not in ("", stem):
        hint = f"did you mean `{near}`?"
    return option_problem(
        project.config, rule, option, pattern, f"the pattern `{pattern}` matches no module", hint
    )
