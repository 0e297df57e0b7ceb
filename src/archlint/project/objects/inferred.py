"""What inference has answered before, kept with what each answer rests on.

All answers rest on the interfaces of all files, as everything does; each on the code of some files besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project
    from archlint.store import Store

_NAME = "inferred.msgpack"


class Asked(NamedTuple):
    """A question: the file, and the place where the name of an attribute ends."""

    path: str
    line: int
    column: int


class Found(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An answer: a class, by its file and its number there, or none that is certain."""

    path: str
    """Empty for no answer."""

    index: int
    rests: dict[str, bytes]
    """The files that it rests on, with digests of their code, and of the places in the one asked of."""


Answer: TypeAlias = tuple[str, int, int, Found]
"""What was asked, and what was found."""


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    ground: bytes
    answers: list[Answer]


class InferredAnswers:
    """The answers of earlier runs and of this one."""

    def __init__(self) -> None:
        self._kept: dict[Asked, Found] = {}
        self._new: list[Asked] = []

    def load(self, store: Store, ground: bytes) -> None:
        """Take what was saved, if it was saved on the same ground."""
        saved = store.load(_NAME, _Saved)
        if saved is not None and saved.ground == ground:
            self._kept = {Asked(path, line, column): found for path, line, column, found in saved.answers}

    def save(self, store: Store, ground: bytes) -> None:
        """Keep all answers, where there is a new one."""
        if self._new:
            answers = [(*asked, self._kept[asked]) for asked in sorted(self._kept)]
            store.save(_NAME, _Saved(ground, answers))

    def known(self, project: Project, asked: Asked) -> Found | None:
        """The answer, if there is one that still holds."""
        found = self._kept.get(asked)
        return found if found is not None and found.rests == _rests(project, asked, found.rests) else None

    def keep(self, project: Project, asked: Asked, owner: ProjectClass | None, paths: Iterable[str]) -> Found:
        """Remember that inference has found a class, or none, in some files."""
        path, index = (owner.module.path, owner.index) if owner else ("", -1)
        found = self._kept[asked] = Found(path, index, _rests(project, asked, {asked.path, *paths}))
        self._new.append(asked)
        return found

    @property
    def new(self) -> list[Answer]:
        """The answers of this run."""
        return [(*asked, self._kept[asked]) for asked in self._new]

    def take(self, answers: Iterable[Answer]) -> None:
        """Remember what inference has found in another process."""
        for path, line, column, found in answers:
            asked = Asked(path, line, column)
            self._kept[asked] = found
            self._new.append(asked)


def _rests(project: Project, asked: Asked, paths: Iterable[str]) -> dict[str, bytes]:
    rests = {}
    for path in sorted(paths):
        module = project.module_at(path)
        if module is not None:
            places = module.digests.places if path == asked.path else b""
            rests[path] = module.digests.substance + places
    return rests
