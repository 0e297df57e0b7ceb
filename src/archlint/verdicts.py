"""What the rules have said, kept until something that it rests on changes.

All verdicts rest on the configuration, on the names of all files and on the interface of every module:
if any of that changes, all are given anew. Those on one module, and those of one rule that looks at the
project as a whole, rest on the content of a few files besides, which was noted when they were given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from archlint.discovery.snapshot import Snapshot
from archlint.finding import Finding
from archlint.footing import Footing
from archlint.project.project import Project
from archlint.registry import ActiveRule
from archlint.source import digest_of
from archlint.store import Store

_NAME = "verdicts.msgpack"


class Verdicts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was said in one go."""

    findings: tuple[Finding, ...] = ()
    outcomes: tuple[tuple[int, int, int, int], ...] = ()
    """The number of a rule among those that run, and how many places are kept, broken and unknown by it."""

    files: tuple[int, ...] = ()
    """The files that were looked into, by number."""

    views: tuple[str, ...] = ()
    """The views that were asked and keep to themselves what they have read."""


class Given(msgspec.Struct, frozen=True, array_like=True):
    """All that was said: by rules that look at the whole, by their numbers, and of each module."""

    wholes: dict[int, Verdicts] = {}
    modules: dict[str, Verdicts] = {}
    files: tuple[str, ...] = ()
    """The paths of files, by number."""

    behind: dict[str, tuple[int, ...]] = {}
    """What was read by anybody who asked a view, by the name of the view."""

    def all(self) -> Iterator[Verdicts]:
        """Everything, the wholes first."""
        yield from self.wholes.values()
        yield from self.modules.values()

    def without(self, changed: Collection[str]) -> Given:
        """What still holds after some files have changed."""
        numbers = {number for number, path in enumerate(self.files) if path in changed}
        views = {view for view, files in self.behind.items() if not numbers.isdisjoint(files)}

        def holds(each: Verdicts) -> bool:
            return numbers.isdisjoint(each.files) and views.isdisjoint(each.views)

        wholes = {number: each for number, each in self.wholes.items() if holds(each)}
        modules = {path: e for path, e in self.modules.items() if path not in changed and holds(e)}
        return Given(wholes, modules, self.files, self.behind)


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    ground: bytes
    ignored: dict[str, bool]
    contents: dict[str, bytes]
    given: Given


def ground(project: Project, rules: Sequence[ActiveRule], footing: Footing) -> bytes:
    """What all verdicts rest on, as a digest."""
    said = (project.config, rules, footing, project.files, project.roots, project.projects, project.links)
    digest = blake2b(repr((*said, project.unreadable)).encode("utf-8", "surrogatepass"), digest_size=32)
    for module in project.modules:
        digest.update(f"{module.path}\0{module.name}\0{module.root}\0".encode("utf-8", "surrogatepass"))
        digest.update(module.interface)
    return digest.digest()


def load(store: Store, ground: bytes, project: Project, snapshot: Snapshot) -> Given:
    """The verdicts of the last run that still hold."""
    saved = store.load(_NAME, _Saved)
    if saved is None or saved.ground != ground:
        return Given()
    if any(project.ignores(path) != answer for path, answer in saved.ignored.items()):
        return Given()
    now = _contents(saved.contents, project.root, snapshot)
    return saved.given.without({path for path, content in saved.contents.items() if now[path] != content})


def save(store: Store, ground: bytes, project: Project, snapshot: Snapshot, given: Given) -> None:
    """Keep the verdicts of a run in which every rule ran to its end."""
    paths = dict.fromkeys((*given.files, *(module.path for module in project.modules)))
    contents = _contents(paths, project.root, snapshot)
    store.save(_NAME, _Saved(ground, dict(project.asked_ignored), contents, given))


def _contents(paths: Iterable[str], root: Path, snapshot: Snapshot) -> dict[str, bytes]:
    known = snapshot.digests
    return {path: known[path] if path in known else digest_of(root / path) for path in paths}
