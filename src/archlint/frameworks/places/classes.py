"""Where findings about classes, their attributes and functions are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.finding import Location

if TYPE_CHECKING:
    from archlint.frameworks.class_values import ClassValue
    from archlint.project.classes import ProjectClass
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


def class_at(project: Project, cls: ProjectClass) -> Location:
    """The class statement."""
    fact = cls.fact
    end = fact.column + len(f"class {fact.name}".encode())
    return project.location(cls.module, fact.line, fact.column, fact.line, end)


def option_at(project: Project, option: ClassValue) -> Location:
    """The name of an attribute where a class body sets it."""
    binding = option.binding
    end = binding.column + len(binding.name.encode())
    return project.location(option.holder.module, binding.line, binding.column, binding.line, end)


def function_at(project: Project, function: ProjectFunction) -> Location:
    """The `def` of a function."""
    fact = function.fact
    end = fact.column + len(f"{'async ' if fact.is_async else ''}def {fact.name}".encode())
    return project.location(function.module, fact.line, fact.column, fact.line, end)
