"""What the project is built with, as far as archlint can tell."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.frameworks.stack import databases, frameworks, keeps_data, settings_modules
from archlint.health.sign import Sign, State
from archlint.project import Project
from archlint.project.files.requirements import Requirements


def built_with(project: Project) -> Iterator[Sign]:
    """Python, frameworks with the versions that are asked for, settings, databases."""
    python = project.view(Requirements).versions()
    yield Sign("Python", ", ".join(python) or "no file says which is required")
    found = frameworks(project)
    for each in found:
        unsaid = "required in any version" if each.is_required else "imported; no file says in which version"
        yield Sign(each.title, ", ".join(each.versions) or unsaid)
    if not found:
        yield Sign("frameworks", "none that archlint knows")
    settings = settings_modules(project)
    if settings:
        yield Sign("settings", ", ".join(settings))
    yield from _database(project)
    said = project.config.stack
    told = ", ".join(filter(None, (said.orm, said.database, said.driver)))
    if told:
        yield Sign("told in `stack`", told)


def _database(project: Project) -> Iterator[Sign]:
    named = databases(project)
    if named:
        yield Sign("database", ", ".join(named))
    elif keeps_data(project):
        hint = "set `database` in the table `stack`: code that it does not support is then reported"
        yield Sign("database", "not found in settings or engines", State.ADVICE, hint)
