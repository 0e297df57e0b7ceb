"""The files of a commit or of the index, as git lists them, and their contents."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from archlint.changes.git import Git, GitFailure
from archlint.errors import ArchlintError

LINK: Final = "120000"
SUBMODULE: Final = "160000"

_READ: Final = (".py", ".pyi", ".toml", ".cfg", ".ini", ".in", ".txt", ".yaml", ".yml", ".json", ".gitignore")
"""What the files end with that archlint reads."""

_LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a file that is no code; nothing that archlint reads is larger."""

_PARTIAL: Final = (
    "the clone is partial, and files of the earlier state are not in it. archlint does not fetch; "
    "`git fetch --refetch --no-filter` does"
)

_PORTION: Final = 64 * 1024 * 1024
"""Bytes of contents that are asked for at once."""


class Entry(msgspec.Struct, frozen=True):
    """One file, link or submodule. The path is relative to the folder of the repository, with `/`."""

    mode: str
    object: str
    path: str


class Tree(msgspec.Struct, frozen=True):
    """What one state of a repository holds below the project, and what git ignores there."""

    git: Git
    entries: tuple[Entry, ...]
    submodules: dict[str, Tree] = msgspec.field(default_factory=dict)
    """By path; only those whose commit is there."""

    missing: tuple[str, ...] = ()
    """The paths of submodules whose commit is not there."""

    def without(self, paths: Collection[str]) -> Tree:
        """The same without some files."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.path not in paths))

    def files(self) -> Iterator[tuple[Entry, bytes]]:
        """All files and links with their content, which for a link is where it leads.

        What is large and no code comes empty, and so does what a partial clone leaves out of the files that
        archlint does not read. Raises ArchlintError for contents that are not there, as in
        a partial clone.
        """
        wanted = [entry for entry in self.entries if entry.mode != SUBMODULE]
        needed = {entry.object for entry in wanted if entry.path.endswith(_READ)}
        sizes = self._sizes({entry.object for entry in wanted}, needed)
        large = {
            e.object for e in wanted if sizes[e.object] > _LARGEST and not e.path.endswith((".py", ".pyi"))
        }
        for portion in _portions(wanted, sizes, large):
            contents = self._contents({entry.object for entry in portion} - large)
            yield from ((entry, contents.get(entry.object, b"")) for entry in portion)

    def _sizes(self, objects: Iterable[str], needed: Collection[str]) -> dict[str, int]:
        """How large each object is; what is not there and not needed is larger than all that is read."""
        asked = "".join(f"{each}\n" for each in sorted(objects))
        answer = self._objects("--batch-check=%(objectname) %(objectsize)", asked)
        sizes = {}
        for line in answer.decode("ascii").splitlines():
            name, _, size = line.partition(" ")
            if not size.isdigit() and name not in needed:
                sizes[name] = _LARGEST + 1  # left out of a partial clone, as large files are
                continue
            if not size.isdigit():
                raise ArchlintError(_PARTIAL)
            sizes[name] = int(size)
        return sizes

    def _objects(self, form: str, asked: str) -> bytes:
        try:
            return self.git.ask("cat-file", form, data=asked.encode())
        except GitFailure as failure:
            if "promisor" in str(failure):  # older versions try to fetch what is missing, and may not
                raise ArchlintError(_PARTIAL) from failure
            raise ArchlintError(f"git cannot read the files: {failure}") from failure

    def _contents(self, objects: Iterable[str]) -> dict[str, bytes]:
        asked = "".join(f"{each}\n" for each in sorted(objects))
        answer = self._objects("--batch=%(objectname) %(objectsize)", asked)
        found, start = {}, 0
        while start < len(answer):
            end = answer.index(b"\n", start)
            name, size = answer[start:end].decode("ascii").split(" ")
            found[name] = answer[end + 1 : end + 1 + int(size)]
            start = end + int(size) + 2
        return found


def tree_of(git: Git, top: Path, project: str, commit: str | None, besides: tuple[str, ...] = ()) -> Tree:
    """The files of a commit, or of the index where it is None; of the empty text there are none.

    Of a project below the top, only its own files are listed, and some besides.

    Raises ArchlintError where git cannot list them, and for the index while a merge is not resolved.
    """
    wanted = [project] if project else []
    above = [f"{folder}.gitignore" for folder in _above(project)]
    try:
        entries = _listed(git, commit, (*wanted, *above, *besides) if project else ())
    except GitFailure as failure:
        raise ArchlintError(f"git cannot list the files of {commit or 'the index'}: {failure}") from failure
    found: dict[str, Tree] = {}
    missing = []
    for entry in (entry for entry in entries if entry.mode == SUBMODULE):
        below = _submodule(top / entry.path, entry.object)
        if below is None:
            missing.append(entry.path)
        else:
            found[entry.path] = below
    return Tree(git, entries, found, tuple(missing))


def _listed(git: Git, commit: str | None, paths: Iterable[str]) -> tuple[Entry, ...]:
    if commit is None:
        return tuple(_indexed(git.ask("ls-files", "--stage", "-z", "--", *paths)))
    if not commit:
        return ()
    answer = git.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    lines = (os.fsdecode(line).partition("\t") for line in answer.split(b"\0") if line)
    return tuple(Entry(facts.split(" ")[0], facts.split(" ")[2], path) for facts, _, path in lines)


def _indexed(answer: bytes) -> Iterator[Entry]:
    for line in filter(None, answer.split(b"\0")):
        facts, _, path = os.fsdecode(line).partition("\t")
        mode, name, stage = facts.split(" ")
        if stage != "0":
            raise ArchlintError(f"the index holds a merge that is not resolved: `{path}`")
        yield Entry(mode, name, path)


def _submodule(folder: Path, commit: str) -> Tree | None:
    """The files of a submodule that is checked out; None where its commit is not there."""
    if not os.path.lexists(folder / ".git"):
        return None
    git = Git(folder)
    try:
        if os.path.realpath(git.line("rev-parse", "--show-toplevel")) != os.path.realpath(folder):
            return None
        return tree_of(git, folder, "", git.line("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"))
    except (GitFailure, ArchlintError):
        return None


def _above(project: str) -> list[str]:
    """The folders above the project, from the repository's down, each with a `/` but the first."""
    segments = project.split("/")[:-1] if project else []
    return ["", *("/".join(segments[: at + 1]) + "/" for at in range(len(segments)))] if project else []


def _portions(entries: list[Entry], sizes: dict[str, int], large: set[str]) -> Iterator[list[Entry]]:
    portion: list[Entry] = []
    weight = 0
    for entry in entries:
        portion.append(entry)
        weight += 0 if entry.object in large else sizes[entry.object]
        if weight > _PORTION:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion
