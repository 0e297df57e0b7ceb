"""Serializers that code fills itself: what it gives them may be something else than `Meta.model` says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.facts.expressions import last_name
from archlint.frameworks.data_flow import DataFlow
from archlint.project.flow.telling import is_telling
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Either, Items, Many, Object, Value
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class FilledSerializers:
    """Answers by the names of classes."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known = {
            last_name(event.form.function)
            for _, event in project.view(DataFlow).events(Called)
            if event.arguments.positional and _is_known(event.arguments.positional[0])
        }
        """Names of what is called with an object that a framework knows."""

    @classmethod
    def build(cls, project: Project) -> FilledSerializers:
        """The view of a project."""
        return cls(project)

    def hides_objects(self, module: Module, line: int) -> bool:
        """Whether a line is of a class to which code gives objects, and nobody can tell of any what it is."""
        around = [fact.owner for fact in module.functions_around(line)]
        names = {module.classes[owner].name for owner in around if owner >= 0} - self._known
        if not names:
            return False
        importers = {edge.importer for edge in self._project.view(ImportGraph).importers_of(module)}
        classes = "|".join(map(re.escape, sorted(names)))
        filled = re.compile(rf"(?<!class )\b(?:{classes})\(\s*(?:\w+[\s,(.)\[]|instance=)")
        return any(filled.search(self._project.code(one.path)) for one in (module, *importers))


def _is_known(value: Value) -> bool:
    """Whether a framework knows it, or what it holds; an object of the project's own may hold anything."""
    if isinstance(value, Many):
        return _is_known(value.of)
    if isinstance(value, (Either, Items)):
        return any(map(_is_known, value.options if isinstance(value, Either) else value.items))
    return not isinstance(value, Object) and is_telling(value)
