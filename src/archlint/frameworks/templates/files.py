"""The template files of a project, found by the names that frameworks know them by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.templates.language import Block, parse
from archlint.project.files.test_code import is_test
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from archlint.project.project import Project

_ENDINGS = (".html", ".htm", ".txt", ".xml", ".j2", ".jinja", ".jinja2")


class Templates:
    """Answers for names of templates."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._by_name: dict[str, list[str]] = {}
        for path in project.files:
            folder, _, name = f"/{path}".rpartition("/templates/")
            if name.endswith(_ENDINGS) and not is_test(folder):
                self._by_name.setdefault(name, []).append(path)
        self._parsed = Memo(project.reads, self._parse)

    @classmethod
    def build(cls, project: Project) -> Templates:
        """The view of a project."""
        return cls(project)

    @property
    def are_there(self) -> bool:
        """Whether the project has any."""
        return bool(self._by_name)

    def path(self, name: str) -> str | None:
        """The file of a name; None where there is none, or where one may stand in for another."""
        found = self._by_name.get(name, ())
        return found[0] if len(found) == 1 else None

    def anywhere(self, name: str) -> str | None:
        """The same where the folder may have another name than `templates`."""
        if name in self._by_name:
            return self.path(name)
        found = [path for path in self._project.files if path.endswith(f"/{name}") and not is_test(path)]
        return found[0] if len(found) == 1 else None

    def saying(self, words: Collection[str]) -> Iterator[str]:
        """The names of the templates in which one of some words stands."""
        said = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b") if words else None
        for name, paths in self._by_name.items():
            if said is not None and len(paths) == 1 and said.search(self._project.text(paths[0]).text):
                yield name

    def parsed(self, path: str) -> Block:
        """What a file says."""
        return self._parsed(path)

    def _parse(self, path: str) -> Block:
        return parse(self._project.text(path).text)
