"""The repository around a project: its commits, and the files in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NoReturn

import msgspec

from archlint.changes.git import Git, GitFailure
from archlint.changes.tree import Tree, tree_of
from archlint.errors import ArchlintError, UsageError
from archlint.nearness import nearest

_DEEPER: Final = (
    "fetch the rest with `git fetch --unshallow` (in GitHub Actions: `fetch-depth: 0` of actions/checkout; "
    "in GitLab: `GIT_DEPTH: 0`)"
)

_SKIPPED: Final = "S"
"""How git tags such a file."""

EMPTY_TREE = ""
"""Stands for the state before the first commit."""


class Repository(msgspec.Struct, frozen=True):
    """A repository with files of its own, as git finds it from the project's root."""

    git: Git
    top: Path
    """The folder of its files, as the file system knows it."""

    project: str
    """The project's root below that, with `/`; empty where they are the same."""

    outlying: tuple[Path, ...] = ()
    """What the project relies on outside of its root."""

    @classmethod
    def around(cls, root: Path, index: Path | None = None, outlying: tuple[Path, ...] = ()) -> Repository:
        """The repository that a project lies in.

        Raises ArchlintError where there is none, or none that has files.
        """
        try:
            top = Path(os.path.realpath(Git(root).line("rev-parse", "--show-toplevel")))
        except GitFailure as failure:
            _refuse(root, str(failure))
        inside = Path(os.path.realpath(root))
        if not inside.is_relative_to(top):
            raise ArchlintError(
                f"git says that the files of this repository are in {top}, not around {inside}"
            )
        project = inside.relative_to(top).as_posix()
        return cls(Git(top, index), top, "" if project == "." else project, outlying)

    @property
    def shared(self) -> tuple[Path, ...]:
        """What the project relies on that is not in the repository: it has no earlier state."""
        return tuple(path for path in self.outlying if not path.is_relative_to(self.top))

    @property
    def _wanted(self) -> tuple[str, ...]:
        """What to list besides the project."""
        inside = (path for path in self.outlying if path.is_relative_to(self.top))
        return tuple(path.relative_to(self.top).as_posix() for path in inside)

    def commit(self, reference: str) -> str:
        """The commit that a name stands for. Raises UsageError where there is none."""
        if not reference or reference.startswith("-") or not reference.isprintable():
            raise UsageError(f"`{reference}` is not the name of a commit")
        try:
            return self.git.line("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
        except GitFailure:
            self._has_commits()
            raise UsageError(f"no commit `{reference}` in {self.top}{self._near(reference)}") from None

    def head(self) -> str:
        """The commit that is checked out; empty before the first one."""
        try:
            return self.git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except GitFailure:
            return EMPTY_TREE

    def merge_base(self, reference: str) -> str:
        """The commit where what is checked out went its own way from another.

        Raises ArchlintError where there is none, or where a shallow clone cannot tell.
        """
        other = self.commit(reference)
        try:
            return self.git.line("merge-base", other, "HEAD")
        except GitFailure:
            self._has_commits()
        if self._is_shallow():
            raise ArchlintError(
                f"this clone is shallow and does not reach the merge base of `{reference}` and HEAD: "
                f"{_DEEPER}"
            )
        raise ArchlintError(f"`{reference}` and HEAD have no commit in common")

    def tree(self, commit: str) -> Tree:
        """The files of a commit that the project consists of and relies on, and the ignore files above it."""
        return tree_of(self.git, self.top, self.project, commit, self._wanted)

    def staged(self) -> Tree:
        """The same of the index. Raises ArchlintError while a merge is not resolved."""
        return tree_of(self.git, self.top, self.project, None, self._wanted)

    def skipped(self) -> frozenset[str]:
        """The files of the project that a sparse checkout leaves out of the work tree."""
        answer = self.git.ask("ls-files", "-t", "-z", "--", *([self.project] if self.project else []))
        tagged = (os.fsdecode(line).partition(" ") for line in answer.split(b"\0") if line)
        paths = (path for tag, _, path in tagged if tag == _SKIPPED)
        return frozenset(path for path in paths if not os.path.lexists(self.top / path))

    def _has_commits(self) -> None:
        if self.head() == EMPTY_TREE:
            raise ArchlintError(
                f"the repository in {self.top} has no commit yet, so there is nothing to compare with"
            )

    def _near(self, reference: str) -> str:
        """What to do about a name that is none: another that is near, or how to fetch it."""
        remotes = os.fsdecode(self.git.ask("remote")).splitlines()
        remote, _, branch = reference.partition("/")
        is_remote = remote in remotes and bool(branch)
        if not any(sign in reference for sign in "~^@:"):
            near = self._near_names(branch, f"{remote}/") if is_remote else self._near_names(reference, "")
            if near:
                return f"; did you mean `{near}`?"
        if self._is_shallow():
            return f"; this clone is shallow: {_DEEPER}"
        if not remotes or any(sign in reference for sign in "~^@:"):
            return ""
        wanted = f"{remote} {branch}" if is_remote else f"{remotes[0]} {reference}"
        return f"; fetch it first: `git fetch {wanted}`"

    def _near_names(self, name: str, prefix: str) -> str:
        """The branch or tag whose name is nearest, of those that begin with a prefix; empty for none."""
        said = self.git.ask("for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace")
        known = [each for each in said.split() if each.startswith(prefix)]
        tails = {each.rpartition("/")[2]: each for each in reversed(known)}
        near = [each for each in known if each.partition("/")[2] == name and not prefix]
        return next(iter([*near, tails.get(nearest(name, tails), "")]), "")

    def _is_shallow(self) -> bool:
        return self.git.line("rev-parse", "--is-shallow-repository") == "true"


def _refuse(root: Path, said: str) -> NoReturn:
    if "dubious ownership" in said:
        raise ArchlintError(
            f"git does not trust the repository around {root}, which belongs to somebody else; where you do: "
            f"`git config --global --add safe.directory {root}`"
        )
    if "bare repository" in said or "work tree" in said:
        raise ArchlintError(f"{root} is a bare repository: it has no files to compare")
    if "not a git repository" in said:
        raise ArchlintError(f"{root} is not in a git repository: there is no earlier state to compare with")
    raise ArchlintError(f"git cannot read the repository around {root}: {said}")
