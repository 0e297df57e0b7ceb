"""Texts of SQL that are given to what runs them, and can be seen as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.facts.sql import looks_like_sql
from archlint.frameworks.sql.assembled import Assembler, Piece
from archlint.frameworks.sql.carriers import RUNNING, Carriers
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.facts.expressions import Call
    from archlint.project.module import Module
    from archlint.project.project import Project


class WholeText:
    """A text and the pieces that it is made of. Two are equal if they are made of the same."""

    def __init__(self, pieces: tuple[Piece, ...], module: Module, call: Call) -> None:
        self.pieces = pieces
        self.module = module
        self.call = call
        """What runs it, in that module."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WholeText) and self.pieces == other.pieces

    def __hash__(self) -> int:
        return hash(self.pieces)

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "".join(piece.text for piece in self.pieces)

    def piece_with(self, name: str) -> Piece:
        """The piece in which a name is written."""
        word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        return next((piece for piece in self.pieces if word.search(piece.text)), self.pieces[0])


def whole_texts(project: Project) -> Iterator[WholeText]:
    """Every text that is run, and written where it is run or in a module that is imported there.

    Those of migrations speak of tables as they were once, and tests make tables of their own.
    """
    graph = project.view(ImportGraph)
    telling = {module for module in project.modules if module.sql}
    for module in project.modules if telling else ():
        if is_migration(module) or is_test(module.path) or "/migrations/" in f"/{module.path}":
            continue
        if module not in telling and telling.isdisjoint(edge.imported for edge in graph.imports_of(module)):
            continue
        for function in mentioning(module, *RUNNING, *project.view(Carriers).by_name):
            yield from _given(project, function)


def _given(project: Project, function: ProjectFunction) -> Iterator[WholeText]:
    """The texts that a function runs."""
    carriers = project.view(Carriers)
    for site in project.view(Functions).summary(function).calls:
        given = carriers.text_of(site.call)
        pieces = Assembler.of(project, function).pieces(given) if given is not None else None
        if pieces and looks_like_sql("".join(piece.text for piece in pieces)):
            yield WholeText(pieces, function.module, site.call)
