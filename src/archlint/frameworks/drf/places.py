"""Where findings about fields of serializers are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.finding import Location

if TYPE_CHECKING:
    from archlint.frameworks.drf.serializers import SerializerField
    from archlint.project.project import Project


def field_at(project: Project, field: SerializerField) -> Location:
    """The name of a field where it is declared."""
    binding = next(m for m in reversed(field.holder.fact.members) if m.name == field.name)
    end = binding.column + len(field.name.encode())
    return project.location(field.module, binding.line, binding.column, binding.line, end)
