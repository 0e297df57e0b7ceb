"""What the rules have said, kept until something that it rests on changes.

All verdicts rest on the configuration, on the names of all files and on the interface of every module:
if any of that changes, all are given anew. Those on one module, and those of one rule that looks at the
project as a whole, rest on the content of a few files besides, which was noted when they were given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.finding import Finding
from archlint.footing import Footing
from archlint.project.reads import Look, Seen

if TYPE_CHECKING:
    from archlint.discovery.snapshot import Snapshot
    from archlint.project.project import Project
    from archlint.store import Store

_NAME = "verdicts.msgpack"


class Verdicts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was said in one go."""

    findings: tuple[Finding, ...] = ()
    outcomes: tuple[tuple[int, int, int, int], ...] = ()
    """The number of a rule among those that run, and how many places are kept, broken and unknown by it."""

    looks: tuple[int, ...] = ()
    """Into which files somebody has looked, and how closely, by number."""

    views: tuple[str, ...] = ()
    """The views that were asked and keep to themselves what they have read."""


class Detection(msgspec.Struct, frozen=True, array_like=True):
    """The packs that run, and what it rests on that they do."""

    packs: tuple[str, ...]
    looks: tuple[int, ...]
    views: tuple[str, ...]


class Given(msgspec.Struct, frozen=True, array_like=True):
    """All that was said: by rules that look at the whole, by their numbers, and of each module."""

    wholes: dict[int, Verdicts] = {}
    modules: dict[str, Verdicts] = {}
    looks: tuple[Seen, ...] = ()
    """By number."""

    behind: dict[str, tuple[int, ...]] = {}
    """The looks of anybody who asked a view, by the name of the view."""

    detection: Detection | None = None

    def all(self) -> Iterator[Verdicts]:
        """Everything, the wholes first."""
        yield from self.wholes.values()
        yield from self.modules.values()

    @property
    def texts(self) -> set[str]:
        """The files whose text was read."""
        return {path for how, path in self.looks if how is Look.TEXT}

    def without(self, changed: Collection[Seen]) -> Given:
        """What still holds when some looks would see something else."""
        numbers = {number for number, look in enumerate(self.looks) if look in changed}
        views = {view for view, looks in self.behind.items() if not numbers.isdisjoint(looks)}
        texts = {path for how, path in changed if how is Look.TEXT}

        def holds(each: Verdicts | Detection) -> bool:
            return numbers.isdisjoint(each.looks) and views.isdisjoint(each.views)

        if self.detection is None or not holds(self.detection):
            return Given()
        wholes = {n: _unidentified(each, texts) for n, each in self.wholes.items() if holds(each)}
        modules = {p: _unidentified(e, texts) for p, e in self.modules.items() if p not in texts and holds(e)}
        return Given(wholes, modules, self.looks, self.behind, self.detection)


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    ground: bytes
    ignored: dict[str, bool]
    seen: tuple[bytes, ...]
    """What each look has seen, as digests, then the texts of all modules."""

    given: Given


def ground(project: Project, footing: Footing) -> bytes:
    """What all verdicts rest on, as a digest."""
    config = replace(project.config, root=Path(), file=None, files=())  # wherever the project lies
    said = (config, footing, project.files, project.roots, project.projects, project.links)
    digest = blake2b(repr((*said, project.unreadable)).encode("utf-8", "surrogatepass"), digest_size=32)
    for module in project.modules:
        digest.update(f"{module.path}\0{module.name}\0{module.root}\0".encode("utf-8", "surrogatepass"))
        digest.update(module.digests.interface)
    return digest.digest()


def load(store: Store, ground: bytes, project: Project, snapshot: Snapshot) -> Given:
    """The verdicts of the last run that still hold."""
    saved = store.load(_NAME, _Saved)
    if saved is None or saved.ground != ground:
        return Given()
    if any(project.ignores(path) != answer for path, answer in saved.ignored.items()):
        return Given()
    looks = _looks(saved.given, project)
    now = _seen(looks, project, snapshot)
    return saved.given.without({look for look, a, b in zip(looks, saved.seen, now, strict=True) if a != b})


def save(store: Store, ground: bytes, project: Project, snapshot: Snapshot, given: Given) -> None:
    """Keep the verdicts of a run in which every rule ran to its end."""
    seen = _seen(_looks(given, project), project, snapshot)
    store.save(_NAME, _Saved(ground, dict(project.asked_ignored), seen, given))


def _looks(given: Given, project: Project) -> list[Seen]:
    return [*given.looks, *((Look.TEXT, module.path) for module in project.modules)]


def _seen(looks: Iterable[Seen], project: Project, snapshot: Snapshot) -> tuple[bytes, ...]:
    return tuple(_seen_by(how, path, project, snapshot) for how, path in looks)


def _seen_by(how: Look, path: str, project: Project, snapshot: Snapshot) -> bytes:
    module = project.module_at(path)
    if module is not None and how is Look.INSIDE:
        return module.digests.substance
    if module is not None and how is Look.PLACES:
        return module.digests.substance + module.digests.places
    return snapshot.digests[path] if path in snapshot.digests else project.digest(path)


def _unidentified(verdicts: Verdicts, changed: Collection[str]) -> Verdicts:
    """The verdicts, their findings in changed files without what was made from the text."""
    if not any(finding.location.path in changed for finding in verdicts.findings):
        return verdicts
    findings = (replace(f, fingerprint="") if f.location.path in changed else f for f in verdicts.findings)
    return msgspec.structs.replace(verdicts, findings=tuple(findings))
