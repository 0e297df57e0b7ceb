"""A state of a project as files in a temporary folder, where it can be linted like any other.

The names come from a repository that may be hostile: nothing is written but below the folder, and no link
leads out of it.
"""

from __future__ import annotations

import errno
import os
import posixpath
import shutil
import signal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

from archlint.changes.repository import Repository
from archlint.changes.tree import LINK, Tree
from archlint.errors import ArchlintError

_UNWRITABLE: Final = frozenset(
    {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ENOENT}
)
"""What a name can be that this file system cannot hold; then no work tree could hold it either."""

_OUTSIDE: Final = "leads out of the project"
EXCLUDE: Final = Path(".git", "info", "exclude")
"""What the repository ignores for itself alone."""

_ENDINGS: Final = tuple(
    number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)


@contextmanager
def copied(repository: Repository, tree: Tree) -> Iterator[Path]:
    """The project's root with the files of a tree. The folder is removed, however this ends.

    Raises ArchlintError where it cannot be written.
    """
    try:
        folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="archlint-")))
    except OSError as problem:
        raise ArchlintError(f"no temporary folder for an earlier state: {problem}") from problem
    with _removed(folder):
        # What is shared with other repositories has to be as far above as it is on the disk.
        above = _above(repository)
        top = folder / repository.top.relative_to(above)
        root = top / repository.project
        try:
            root.mkdir(parents=True, exist_ok=True)
            _ignore_alike(repository.top, top)
            _write(tree, top)
            _link(repository.shared, above, folder)
        except OSError as problem:
            raise ArchlintError(
                f"an earlier state cannot be written to {folder}: {problem.strerror}"
            ) from problem
        yield root


def _above(repository: Repository) -> Path:
    """The folder around the repository and all that it shares with others."""
    near = (path for path in repository.shared if path.anchor == repository.top.anchor)
    return Path(os.path.commonpath((repository.top, *near)))


def _link(shared: Iterable[Path], above: Path, folder: Path) -> None:
    for path in (path for path in shared if path.is_relative_to(above)):
        there = folder / path.relative_to(above)
        if not os.path.lexists(there):
            with suppress(OSError, NotImplementedError):  # then it is missing, and that is told
                there.parent.mkdir(parents=True, exist_ok=True)
                os.symlink(path, there)


def _ignore_alike(top: Path, folder: Path) -> None:
    """What the repository ignores for itself alone is ignored in the copy too."""
    (folder / EXCLUDE).parent.mkdir(parents=True)
    with suppress(OSError):
        (folder / EXCLUDE).write_bytes((top / EXCLUDE).read_bytes())


def _write(tree: Tree, folder: Path) -> None:
    links = []
    made: set[str] = set()
    for entry, content in tree.files():
        if not _is_sound(entry.path):
            continue
        if entry.mode == LINK:
            links.append((entry.path, os.fsdecode(content)))
            continue
        with _unless_unwritable():
            _make(folder, posixpath.dirname(entry.path), made)
            with open(folder / entry.path, "xb") as file:
                file.write(content)
    for path, below in tree.submodules.items():
        if _is_sound(path):
            with _unless_unwritable():
                (folder / path).mkdir(parents=True, exist_ok=True)
                _write(below, folder / path)
    for path, target in links:  # last, so that nothing is written through one
        with _unless_unwritable():
            _make(folder, posixpath.dirname(path), made)
            around = folder / posixpath.dirname(path)
            if os.path.realpath(around) == str(around):
                os.symlink(target if _stays_inside(path, target) else _OUTSIDE, folder / path)


def _make(folder: Path, path: str, made: set[str]) -> None:
    if path not in made:
        (folder / path).mkdir(parents=True, exist_ok=True)
        made.add(path)


def _is_sound(path: str) -> bool:
    """Whether a path leads to a place below the folder, and not into what git keeps for itself."""
    segments = path.split("/")
    if any(each in ("", ".", "..") or each.lower() == ".git" for each in segments):
        return False
    return os.sep == "/" or not any(sign in path for sign in "\\:")


def _stays_inside(path: str, target: str) -> bool:
    if not target or posixpath.isabs(target) or os.path.isabs(target):
        return False
    downward = target.split("/")
    while downward and downward[0] in ("..", ".", ""):
        downward.pop(0)
    if ".." in downward:
        return False  # what it leads back from may itself be a link
    way = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return way != ".." and not way.startswith("../")


@contextmanager
def _unless_unwritable() -> Iterator[None]:
    try:
        yield
    except (OSError, NotImplementedError) as problem:
        if isinstance(problem, OSError) and problem.errno not in _UNWRITABLE:
            raise


@contextmanager
def _removed(folder: Path) -> Iterator[None]:
    """Remove a folder in the end, also where the process is told to end."""
    owner = os.getpid()

    def end(number: int, frame: FrameType | None) -> None:
        if os.getpid() == owner:  # the workers of the census are copies of this process
            shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    before = {}
    with suppress(ValueError):  # only the main thread is told
        before = {number: signal.signal(number, end) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        shutil.rmtree(folder, ignore_errors=True)
