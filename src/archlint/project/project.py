"""A project: its configuration, its modules, and the views built over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from archlint.finding import Location
from archlint.project.memo import Memo
from archlint.project.noticed import Noticed
from archlint.project.objects.inferred import InferredAnswers
from archlint.project.reads import Look, Reads
from archlint.source import Text, Unreadable, content_digest, digest_of, read

if TYPE_CHECKING:
    from archlint.config.model import Config
    from archlint.discovery import Unlisted
    from archlint.project.module import Module
    from archlint.project.references import Referrers

V = TypeVar("V")


class Withheld(BaseException):
    """A view was asked for that is only made in another process. No failure: whoever asks has to wait."""


class View(Protocol):
    """A structure over all files, built from facts once a run, and only when somebody asks.

    A view that says `transparent = True` as a class attribute keeps what it has found out inside functions
    or texts in a `Memo`, if at all. Of any other, whoever asks it is taken to rest on all that anybody has
    read who asked it: nothing is missed, but after an edit much is done again.
    """

    @classmethod
    def build(cls: type[V], project: Project) -> V:
        """Make the view of this project."""
        ...


class Project:
    """Everything a rule may read."""

    def __init__(
        self,
        config: Config,
        modules: tuple[Module, ...],
        files: tuple[str, ...] = (),
        roots: tuple[str, ...] = ("",),
        ignores: Callable[[str], bool] = lambda path: False,
        unreadable: tuple[Unlisted, ...] = (),
        projects: tuple[str, ...] = (),
        links: tuple[str, ...] = (),
        reads: Reads | None = None,
        results: Mapping[str, str] = MappingProxyType({}),
        referrers: Referrers = MappingProxyType({}),
        class_members: Callable[[str], frozenset[str] | None] = lambda name: None,
        is_sparse: bool = False,
    ) -> None:
        self.config = config
        self.modules = modules
        self.files = files
        """Paths of all other files that are not ignored."""

        self.roots = roots
        """Source roots, the most specific first."""

        self.unreadable = unreadable
        """Folders, ignore files and links that could not be read; what is below is not in the project."""

        self.projects = projects
        """Folders that are projects of their own, and were left out."""

        self.links = links
        """Paths of symbolic links, which are not followed."""

        self.reads = reads or Reads()
        """Notes who looks into which files."""

        self.results = results
        """The classes of what callables from outside return, all by their dotted names."""

        self.referrers = referrers
        """Who finds what names modules without importing them, by kind."""

        self.class_members = class_members
        """What classes from outside have, and decorators of classes add, by their dotted names."""

        self.is_sparse = is_sparse
        """Whether the checkout leaves out files that belong to the project."""

        self.inferred = InferredAnswers()
        """What inference has answered."""

        self.withheld: frozenset[type[Any]] = frozenset()
        """Views that are not made here, because another process does it."""

        self._ignores = ignores
        self._ignored: dict[str, bool] = {}
        self._views: dict[type[Any], Memo[Project, Any]] = {}
        self._texts: dict[str, Text] = {}
        self._texts_elsewhere: set[str] = set()
        self._digests: dict[str, bytes] = {}

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.config.root

    @cached_property
    def by_path(self) -> dict[str, Module]:
        """The modules by their paths."""
        return {module.path: module for module in self.modules}

    @cached_property
    def by_name(self) -> dict[str, tuple[Module, ...]]:
        """The modules by their dotted names; a monorepo may have several of one name."""
        table: dict[str, list[Module]] = {}
        for module in self.modules:
            table.setdefault(module.name, []).append(module)
        return {name: tuple(found) for name, found in table.items()}

    @cached_property
    def imported(self) -> frozenset[str]:
        """The topmost packages that any of its modules imports from, its own among them."""
        return frozenset().union(*(module.imported for module in self.modules))

    def module_at(self, path: str) -> Module | None:
        """The module of a path relative to the root."""
        return self.by_path.get(path)

    def view(self, kind: type[V]) -> V:
        """The view of this kind, made at the first call. Raises Withheld for one that is made elsewhere."""
        view = self._views.get(kind)
        if not getattr(kind, "transparent", False):
            self.reads.add(kind)
        if view is None:
            if kind in self.withheld:
                raise Withheld
            view = self._views[kind] = Memo(self.reads, kind.build)  # type: ignore[attr-defined]
        return view(self)  # type: ignore[no-any-return]

    def ignores(self, path: str) -> bool:
        """Whether a path, of a file or a folder that need not exist, is ignored or excluded."""
        if path not in self._ignored:
            self._ignored[path] = self._ignores(path)
        return self._ignored[path]

    @property
    def asked_ignored(self) -> dict[str, bool]:
        """The paths of which somebody has asked whether they are ignored, and whether they are."""
        return self._ignored

    @property
    def texts_read(self) -> tuple[str, ...]:
        """The files whose text somebody has asked for, there or not."""
        return (*self._texts, *self._texts_elsewhere)

    @property
    def noticed(self) -> Noticed:
        """What has been found out so far that another process may not know."""
        texts = {path: self.digest(path) for path in self.texts_read}
        return Noticed(self._ignored, texts, self.inferred.new)

    def notice(self, noticed: Noticed) -> None:
        """Take what another process has found out."""
        self._ignored.update(noticed.ignored)
        self._texts_elsewhere.update(noticed.texts)
        self._digests.update(
            {path: found for path, found in noticed.texts.items() if path not in self._digests}
        )
        self.inferred.take(noticed.inferred)

    def text(self, path: str) -> Text:
        """The text of a file of the project; empty where it cannot be read any more."""
        self.reads.add((Look.TEXT, path))
        return self._text(path)

    def code(self, path: str) -> str:
        """The text of a file of the project, for somebody to whom comments and lines do not matter."""
        self.reads.add((Look.INSIDE, path))
        return self._text(path).text

    def _text(self, path: str) -> Text:
        text = self._texts.get(path)
        if text is None:
            try:
                data = read(self.root / path)
            except Unreadable:
                data = b""
                self._digests.setdefault(path, b"")
            else:
                self._digests.setdefault(path, content_digest(data))
            text = self._texts[path] = Text.decode(data)
        return text

    def digest(self, path: str) -> bytes:
        """The digest of a file as somebody first saw it, whatever it holds now; none if it cannot be read."""
        if path not in self._digests:
            self._digests[path] = digest_of(self.root / path)
        return self._digests[path]

    def location(
        self, module: Module, line: int, column: int, end_line: int = 0, end_column: int = 0
    ) -> Location:
        """The location of a place in facts, whose columns count bytes of UTF-8 from 0.

        Without an end, it ends with the line.
        """
        if not end_line:
            end_line, end_column = line, len(self._line(module, line).encode())
        if module.facts.ascii:
            return Location(module.path, line, column + 1, end_line, end_column + 1)
        for each in {line, end_line}:
            self._line(module, each)
        text = self._text(module.path)
        return Location(
            module.path, line, text.column(line, column), end_line, text.column(end_line, end_column)
        )

    def _line(self, module: Module, line: int) -> str:
        """A line of a file. One of code changes only with the code or the places it stands on."""
        found = self._text(module.path).line(line)
        is_code = found.strip()[:1] not in ("", "#")
        self.reads.add((Look.PLACES if is_code else Look.TEXT, module.path))
        return found
