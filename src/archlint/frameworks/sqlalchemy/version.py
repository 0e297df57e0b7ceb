"""Whether a project is written for SQLAlchemy 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.frameworks.sqlalchemy.candidates import Candidates
from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_below, are_from

if TYPE_CHECKING:
    from archlint.project.project import Project

_ONLY_IN_TWO: Final = frozenset(
    {
        "DeclarativeBase",
        "DeclarativeBaseNoMeta",
        "DynamicMapped",
        "MappedAsDataclass",
        "WriteOnlyMapped",
        "async_sessionmaker",
        "mapped_column",
    }
)
_BUILT_ON_IT: Final = (("flask-sqlalchemy", "3.1"), ("sqlmodel", "0.0.14"))
"""What takes SQLAlchemy 2 alone, since which version."""


class Version:
    """The version that a project is written for."""

    def __init__(self, *, is_two: bool) -> None:
        self.is_two = is_two
        """Whether it is version 2."""

    @classmethod
    def build(cls, project: Project) -> Version:
        """The view of a project."""
        return cls(is_two=is_two(project.view(Requirements), project.view(Candidates)))


def is_two(requirements: Requirements, candidates: Candidates) -> bool:
    """Whether it uses what only version 2 has, or asks for no other: without a bound the newest comes."""
    wanted = requirements.versions("sqlalchemy")
    if are_below(wanted, "2"):
        return False
    if are_from(wanted, "2") or _uses_two(candidates):
        return True
    if any(are_from(requirements.versions(name), since) for name, since in _BUILT_ON_IT):
        return True
    return not wanted and requirements.name("sqlalchemy")


def _uses_two(candidates: Candidates) -> bool:
    imported = (fact.name for module in candidates.direct for fact in module.facts.imports)
    return not _ONLY_IN_TWO.isdisjoint(imported) or any(
        True for _ in candidates.mentioning_at_top("mapped_column", "DeclarativeBase")
    )
