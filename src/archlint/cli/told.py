"""What commands that explain tell in the same words: of an import, and of what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.facts.imports import Import
    from archlint.project import Project


def notices(project: Project) -> tuple[str, ...]:
    """What the user should know besides: that not all could be read."""
    return tuple(f"{each.path} cannot be read: {each.reason}" for each in project.unreadable)


def how(fact: Import) -> str:
    """The line of an import, and what is special about it."""
    kinds = (
        ("type checking only", fact.typing),
        ("when a function runs", fact.deferred),
        ("may fail", fact.guarded),
        ("by name", fact.dynamic),
    )
    return ", ".join([f"line {fact.line}", *(words for words, holds in kinds if holds)])
