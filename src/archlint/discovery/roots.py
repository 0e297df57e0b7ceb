"""The source roots of a project: told, or found out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from archlint.discovery.candidates import Claim, find_candidates
from archlint.discovery.evidence import Votes, depth_first, gather
from archlint.discovery.naming import is_below
from archlint.discovery.patterns import Patterns
from archlint.discovery.tree import Tree


def told_roots(src: Iterable[str], tree: Tree) -> tuple[str, ...]:
    """The folders that `src` speaks of, the most specific first, then the project's root.

    A pattern is a path from the root, `*` and `**` allowed; folders without source files are none.
    """
    found = {folder for pattern in src for folder in _told(pattern, tree)}
    return tuple(sorted(found | {""}, key=depth_first))


def idle_roots(src: Iterable[str], tree: Tree) -> tuple[str, ...]:
    """The patterns of `src` that no folder with source files matches."""
    return tuple(pattern for pattern in src if not _told(pattern, tree))


def _told(pattern: str, tree: Tree) -> list[str]:
    bare = pattern.removeprefix("./").strip("/")
    if bare in ("", "."):
        return [""]
    patterns = Patterns([f"/{bare}/"])
    return [folder for folder in tree.folders if patterns.decide(folder, folder.rpartition("/")[2], True)]


def find_roots(root: Path, tree: Tree, paths: Collection[str]) -> tuple[str, ...]:
    """The folders that the project's imports start from, the most specific first.

    Where things stand makes a folder a candidate; how the project's own imports are written decides.
    They are read only if something is open, and only their first lines.
    """
    claims = find_candidates(root, tree, paths)
    votes = gather(root, tree, claims, sorted(_to_read(tree, claims)))
    nothing = Votes()
    found = {folder for folder, claim in claims.items() if _holds(claim, votes.get(folder, nothing))}
    return tuple(sorted(found, key=depth_first))


def _to_read(tree: Tree, claims: Mapping[str, Claim]) -> Iterable[str]:
    """The files whose imports can tell: for a plain folder those below it, for others all."""
    if any(claim in (Claim.MARKED, Claim.HOLDER) for claim in claims.values()):
        return tree.modules.values()
    plain = [folder for folder, claim in claims.items() if claim is Claim.PLAIN]
    below = {folder for folder in tree.folders if any(is_below(folder, root) for root in plain)}
    return (path for path in tree.modules.values() if path.rpartition("/")[0] in below)


def _holds(claim: Claim, votes: Votes) -> bool:
    match claim:
        case Claim.CERTAIN:
            return True
        case Claim.MARKED:
            return votes.direct >= votes.through
        case Claim.HOLDER:
            return votes.direct >= max(votes.through, votes.in_vain)
        case Claim.PLAIN:
            return votes.direct > max(votes.through, votes.in_vain)
