"""Whether a path is ignored: the user's excludes, the defaults, and git's rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from archlint.discovery.defaults import UNLESS_PACKAGE, is_never_code

if TYPE_CHECKING:
    from archlint.discovery.patterns import Patterns
    from archlint.discovery.sparse import Sparse


class IgnoreFile(msgspec.Struct, frozen=True):
    """The patterns of one ignore file and the folder they are relative to."""

    patterns: Patterns
    folder: str = ""
    """Inside the project; the patterns speak of what is below it."""

    prefix: str = ""
    """For a file above the project's root: the way from its folder to the root, with a `/` at the end."""

    def decide(self, path: str, name: str, is_folder: bool) -> bool | None:
        """Whether this file ignores a path below its folder (True), takes it back (False) or is silent."""
        inside = path[len(self.folder) + 1 :] if self.folder else self.prefix + path
        return self.patterns.decide(inside, name, is_folder)


class Ignored:
    """Answers whether a path is ignored. The user's excludes win over the defaults, those over git.

    An exclude that starts with `!` takes back what a default or an ignore file leaves out. As in git,
    nothing below an ignored folder can be taken back without the folder itself.
    """

    __slots__ = ("_environments", "_exclude", "_files", "_packages", "_sparse")

    def __init__(
        self,
        exclude: Patterns,
        files: Mapping[str, Sequence[IgnoreFile]],
        packages: Collection[str] = (),
        environments: Collection[str] = (),
        sparse: Sparse | None = None,
    ) -> None:
        """`files` are the ignore files by the folder they stand in, the most telling first."""
        self._exclude = exclude
        self._files = files
        self._packages = packages
        self._environments = environments
        self._sparse = sparse

    @property
    def is_sparse(self) -> bool:
        """Whether files that git has are not checked out here."""
        return self._sparse is not None

    def ignores(self, path: str) -> bool:
        """Whether a path is ignored, itself or through a folder above it; it need not exist.

        The path is relative to the project's root, with `/`; a `/` at its end makes it a folder. What a
        sparse checkout leaves out is as good as ignored; what is there all the same is found by the walk.
        """
        segments = path.rstrip("/").split("/")
        folder = ""
        chain = tuple(self._files.get("", ()))
        for depth, name in enumerate(segments):
            here = f"{folder}/{name}" if folder else name
            is_folder = depth < len(segments) - 1 or path.endswith("/")
            if here in self._environments or self.leaves_out(here, name, is_folder, chain):
                return True
            folder = here
            chain = (*self._files.get(here, ()), *chain)
        return self._sparse is not None and self._sparse.skips(path)

    def leaves_out(self, path: str, name: str, is_folder: bool, chain: Sequence[IgnoreFile]) -> bool:
        """Whether a path is ignored, given that its folder is not.

        `chain` are the ignore files above it, the nearest first.
        """
        decided = self._exclude.decide(path, name, is_folder)
        if decided is not None:
            return decided
        if is_folder and self._is_default(path, name):
            return True
        for file in chain:
            decided = file.decide(path, name, is_folder)
            if decided is not None:
                return decided
        return False

    def _is_default(self, path: str, name: str) -> bool:
        if name in UNLESS_PACKAGE:
            return path not in self._packages and path.rpartition("/")[0] not in self._packages
        return is_never_code(name)
