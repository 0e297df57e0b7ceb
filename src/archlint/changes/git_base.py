"""Commits and the index as states of a project that can be linted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from msgspec.structs import replace

from archlint.changes.copy import EXCLUDE, copied
from archlint.changes.found import Base, Earlier
from archlint.changes.repository import Repository
from archlint.changes.tree import Tree
from archlint.source import digest_of

_SHORT = 7
_HEAD = "HEAD"


def since(root: Path, reference: str, outlying: tuple[Path, ...] = ()) -> Base:
    """The commit where what is checked out went its own way from another.

    `outlying` is what the project relies on outside of its root. Raises ArchlintError where
    there is no such commit, or no git.
    """
    repository = Repository.around(root, outlying=outlying)
    commit = repository.merge_base(reference)
    label = reference if commit.startswith(reference) else f"{reference} ({commit[:_SHORT]})"
    skipped = repository.skipped()
    base = _base(repository, repository.tree(commit).without(skipped), label)
    if not skipped:
        return base
    left_out = f"the checkout is sparse: {len(skipped):,} files that it leaves out are not looked at"
    return replace(base, notices=(left_out, *base.notices), is_sparse=True)


def last_commit(root: Path, outlying: tuple[Path, ...] = ()) -> Base:
    """What is checked out, without what has been done to it; nothing before the first commit."""
    repository = Repository.around(root, outlying=outlying)
    commit = repository.head()
    label = f"{_HEAD} ({commit[:_SHORT]})" if commit else "nothing"
    return _base(repository, repository.tree(commit), label)


@contextmanager
def staged(root: Path, outlying: tuple[Path, ...] = ()) -> Iterator[Path]:
    """The project's root in a folder with what the next commit would hold.

    Raises ArchlintError where there is no git, or a merge is not resolved.
    """
    repository = Repository.around(root, _index(), outlying)
    with copied(repository, repository.staged()) as copy:
        yield copy


def _index() -> Path | None:
    """The index that git has prepared for the hook that runs this, where that is not its usual one."""
    named = os.environ.get("GIT_INDEX_FILE", "")
    file = Path(named).absolute() if named else None
    return file if file is not None and file.is_file() else None


def _base(repository: Repository, tree: Tree, label: str) -> Base:
    @contextmanager
    def files() -> Iterator[Earlier]:
        with copied(repository, tree) as root:
            yield Earlier(root, label)

    notices = tuple(
        f"the submodule `{path}` does not have the commit of {label}: all that is found in it counts as new"
        for path in tree.missing
    )
    same = (digest_of(each).hex() for each in (repository.top / EXCLUDE, *repository.shared))
    return Base(label, ".".join((_content(tree), *same)), files, notices)


def _content(tree: Tree) -> str:
    """A digest of all that a tree holds."""
    digest = blake2b(digest_size=32)
    for entry in tree.entries:
        digest.update(f"{entry.mode} {entry.object} {entry.path}\0".encode("utf-8", "surrogateescape"))
    for path in sorted(tree.missing):
        digest.update(f"missing {path}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
