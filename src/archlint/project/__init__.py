"""The project as rules see it, and the views over all its files."""

from archlint.project.answer import MISSING, UNKNOWN, Answer, Definition, External, Folder, Unresolved
from archlint.project.module import Module
from archlint.project.project import Project, View

__all__ = [
    "MISSING",
    "UNKNOWN",
    "Answer",
    "Definition",
    "External",
    "Folder",
    "Module",
    "Project",
    "Unresolved",
    "View",
]
