"""The report of the last run, given again where nothing that it rests on has changed.

It rests on what was asked for, on the configuration files, on the code of archlint and of its packs and
on what is installed beside them, on the names of all files, on the content of every source, and on the
other files that rules have read. All of that is looked at before anything else is even imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from archlint.baseline.standing import OWN, Choice
from archlint.config.narrowing import AS_CONFIGURED, Narrowing
from archlint.discovery.snapshot import Snapshot, take
from archlint.finding import Accepted, Finding, Severity
from archlint.footing import Footing
from archlint.pack_folders import are_refused
from archlint.report import Lapsed, Report, Tally
from archlint.source import digest_of
from archlint.store import Store

_NAME = "report.msgpack"


class Asked(msgspec.Struct, frozen=True):
    """What the user asked for: a project, its configuration file, the paths to report on."""

    root: Path
    config: Path | None
    targets: tuple[str, ...]
    named: tuple[str, ...]
    narrowing: Narrowing = AS_CONFIGURED
    baseline: Choice = OWN
    today: str = ""
    """The day of the run, which matters where something expires."""

    def __str__(self) -> str:
        baseline = (str(self.baseline.file), self.baseline.is_used)
        rules = (self.narrowing.select, self.narrowing.ignore, self.narrowing.is_lenient)
        place = (str(self.root), str(self.config), self.targets, self.named)
        return repr((*place, rules, baseline, are_refused()))


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    asked: str
    settings: dict[str, bytes]
    """Digests of the configuration files and of the baseline, there or not, by absolute path."""

    day: str
    """The day of the run, if anything in the project expires; else empty."""

    footing: Footing
    exclude: tuple[str, ...]
    snapshot: bytes
    texts: dict[str, bytes]
    """Digests of the other files that rules have read."""

    ignored: dict[str, bool]
    """The paths of which rules have asked whether they are ignored."""

    files: int
    findings: tuple[Finding, ...]
    suppressed: tuple[Accepted, ...]
    baselined: tuple[Accepted, ...]
    baseline: str
    stale: tuple[Lapsed, ...]
    expired: tuple[Lapsed, ...]
    tallies: dict[str, Tally]
    notices: tuple[str, ...]
    fail_on: Severity
    projects: tuple[str, ...]


def last_report(store: Store, asked: Asked) -> tuple[Report | None, Snapshot | None]:
    """The last report if everything is as it was, and the snapshot of the project if one was taken."""
    saved = store.load(_NAME, _Saved)
    if saved is None or saved.asked != str(asked) or not _same_settings(saved):
        return None, None
    if saved.day and saved.day != asked.today:
        return None, None
    snapshot = take(asked.root, saved.exclude, asked.named)
    texts = {path: digest_of(asked.root / path) for path in saved.texts}
    ignores = snapshot.found.ignored.ignores
    if snapshot.digest() != saved.snapshot or texts != saved.texts:
        return None, snapshot
    if any(ignores(path) != answer for path, answer in saved.ignored.items()):
        return None, snapshot
    report = Report(
        root=asked.root,
        files=saved.files,
        findings=saved.findings,
        suppressed=saved.suppressed,
        baselined=saved.baselined,
        baseline=saved.baseline,
        stale=saved.stale,
        expired=saved.expired,
        tallies=saved.tallies,
        notices=saved.notices,
        fail_on=saved.fail_on,
        projects=saved.projects,
    )
    return report, snapshot


def as_they_are(settings: Iterable[str]) -> dict[str, bytes]:
    """Digests of configuration files. Taken before a run, for somebody may edit them while it lasts."""
    return {path: digest_of(Path(path)) for path in settings}


def keep(
    store: Store,
    asked: Asked,
    report: Report,
    snapshot: Snapshot,
    *,
    settings: Mapping[str, bytes],
    footing: Footing,
    texts: Mapping[str, bytes],
    ignored: Mapping[str, bool],
    expires: bool = False,
) -> None:
    """Save a report in which every rule ran to its end.

    `settings` are the configuration files and the baseline as they were before, `texts` the digests of what
    rules have read besides facts, `ignored` the paths of which they have asked whether they are ignored, and
    `expires` tells whether the day matters.
    """
    if report.failures:
        return
    saved = _Saved(
        asked=str(asked),
        settings=dict(settings),
        day=asked.today if expires else "",
        footing=footing,
        exclude=snapshot.exclude,
        snapshot=snapshot.digest(),
        texts=dict(texts),
        ignored=dict(ignored),
        files=report.files,
        findings=report.findings,
        suppressed=report.suppressed,
        baselined=report.baselined,
        baseline=report.baseline,
        stale=report.stale,
        expired=report.expired,
        tallies=dict(report.tallies),
        notices=report.notices,
        fail_on=report.fail_on,
        projects=report.projects,
    )
    store.save(_NAME, saved)


def _same_settings(saved: _Saved) -> bool:
    if any(digest_of(Path(path)) != digest for path, digest in saved.settings.items()):
        return False
    return saved.footing.holds()
