"""The ignore files of a git repository that stand outside the project's own tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archlint.discovery.ignored import IgnoreFile
from archlint.discovery.patterns import Patterns, ignore_lines
from archlint.source import Unreadable, read


def around(root: Path) -> tuple[IgnoreFile, ...]:
    """What git ignores below the root by files that no walk of the root meets, the nearest first.

    These are the `.gitignore` of the folders above it, up to the repository's, and the repository's
    `info/exclude`. The user's own `core.excludesFile` is not read: the result would depend on who
    runs archlint. Where git ignores the root itself, none of them counts: archlint was told to look.
    """
    above = tuple(_up_to_repository(root))
    names = [folder.name for folder in above]
    found = tuple(_ignore_files(above))
    for start in range(len(above) - 1):
        if _decide(found, names, start):
            return ()
    return tuple(
        IgnoreFile(patterns, prefix=_way(names, depth, 0) + "/" * bool(depth)) for depth, patterns in found
    )


def _ignore_files(above: tuple[Path, ...]) -> Iterator[tuple[int, Patterns]]:
    """The ignore files with how far above the root they stand."""
    for depth, folder in enumerate(above):
        if depth:
            yield from ((depth, patterns) for patterns in _read(folder / ".gitignore"))
    if above:
        exclude = above[-1] / ".git" / "info" / "exclude"
        yield from ((len(above) - 1, patterns) for patterns in _read(exclude))


def _decide(found: tuple[tuple[int, Patterns], ...], names: list[str], start: int) -> bool:
    """Whether the folder `start` steps above the root is ignored."""
    for depth, patterns in found:
        if depth > start:
            decided = patterns.decide(_way(names, depth, start), names[start], True)
            if decided is not None:
                return decided
    return False


def _way(names: list[str], depth: int, start: int) -> str:
    """The path from the folder `depth` steps above the root down to the one `start` steps above it."""
    return "/".join(reversed(names[start:depth]))


def _up_to_repository(root: Path) -> Iterator[Path]:
    """The root and the folders above it up to the one that holds `.git`; nothing where none does."""
    folders = (root, *root.parents)
    for index, folder in enumerate(folders):
        if (folder / ".git").exists():
            yield from folders[: index + 1]
            return


def _read(path: Path) -> Iterator[Patterns]:
    try:
        data = read(path)
    except Unreadable:
        return  # Mostly there is none; and what stands outside the project is no more than a help.
    yield Patterns(ignore_lines(data))
