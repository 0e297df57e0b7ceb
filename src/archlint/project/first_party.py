"""Which packages of the project are the ones its absolute imports mean.

A folder may only look like a package that is imported: `examples/flask/` beside `import flask`, or
`google/` in a project that also installs `google-cloud-storage`. A package is trusted to be meant once
an absolute import of something in it has been found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.project.answer import Folder
from archlint.project.import_graph import Edge, ImportGraph

if TYPE_CHECKING:
    from archlint.project.project import Project

_MANIFEST = re.compile(
    r"(?:^|/)(?:pyproject\.toml|setup\.(?:cfg|py)|Pipfile|[\w.-]*requirements[\w./-]*\.(?:txt|in))$"
)


class FirstParty:
    """Answers whether a package, by its folder, is the one that is meant."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._met: set[tuple[str, str]] = set()
        graph = project.view(ImportGraph)
        for module in project.modules:
            for edge in graph.imports_of(module):
                if not edge.fact.level and _reaches(edge):
                    self._note(edge)
        paths = (*project.files, *(module.path for module in project.modules))
        self._manifests = tuple(path for path in paths if _MANIFEST.search(path))

    @classmethod
    def build(cls, project: Project) -> FirstParty:
        """The view of a project."""
        return cls(project)

    def met(self, folder: Folder) -> bool:
        """Whether some absolute import has found something in this very folder."""
        return (folder.name, folder.path) in self._met

    def means(self, name: str, folder: str) -> bool:
        """Whether some absolute import has found something in this folder under this dotted name.

        What lies in a package that is meant is meant with it.
        """
        while name and folder:
            if (name, folder) in self._met:
                return True
            name, folder = name.rpartition(".")[0], folder.rpartition("/")[0]
        return False

    def is_declared(self, name: str) -> bool | None:
        """Whether the project depends on a distribution of this name, or one that begins with it.

        None where nothing says what the project depends on.
        """
        if not self._manifests:
            return None
        mention = re.compile(rf"(?i)(?<![\w./-]){re.escape(name)}(?![\w/])")
        return any(mention.search(self._project.text(path).text) for path in self._manifests)

    def _note(self, edge: Edge) -> None:
        """Note every package on the way to an imported module, as it is called in this import."""
        fact, imported = edge.fact, edge.imported
        segments = fact.module.split(".")
        is_child = fact.name not in ("", "*") and imported.path.rpartition("/")[2].startswith(f"{fact.name}.")
        if not imported.is_package and not is_child:
            segments.pop()
        elif imported.is_package and imported.name.endswith(f".{fact.name}"):
            segments.append(fact.name)
        folder = imported.folder
        while segments and folder:
            self._met.add((".".join(segments), folder))
            segments.pop()
            folder = folder.rpartition("/")[0]


def _reaches(edge: Edge) -> bool:
    """Whether an import has found more than a folder of the right name."""
    fact, imported = edge.fact, edge.imported
    if fact.name in ("", "*"):
        return "." in fact.module
    return not imported.is_package or imported.binds(fact.name) is not None
