"""One pass over a report: what all files would hold, and what could not be fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.finding import Finding, Fix
from archlint.fixing.editing import Unfixable, edited
from archlint.fixing.merging import Merged
from archlint.source import Text, Unreadable, read

if TYPE_CHECKING:
    from archlint.report import Report


class Rewritten(msgspec.Struct, frozen=True):
    """A file before and after."""

    old: bytes
    new: bytes


class Mended(msgspec.Struct, frozen=True):
    """What one pass comes to."""

    fixed: tuple[Finding, ...] = ()
    files: Mapping[str, Rewritten] = msgspec.field(default_factory=dict)
    """By path from the root."""

    waiting: bool = False
    """Whether fixes were left for the next pass, since others got in their way."""

    refused: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files that were left alone, and why."""


def with_fixes(report: Report) -> Report:
    """The report, each finding with the exact edits that mend it if there are any."""
    if not any(finding.remedy for finding in report.findings):
        return report
    made = _fixes(report, report.findings)
    return replace(report, findings=tuple(replace(finding, fix=fix) for finding, fix in made))


def mend(report: Report, *, unsafe: bool, before: Collection[str] = ()) -> Mended:
    """Make the fixes of a report that go together; nothing is written.

    `unsafe` takes those in that may change what the code means. The findings whose fingerprints are
    among `before` have been fixed once, and are left alone.
    """
    candidates = [
        (finding, fix)
        for finding, fix in _fixes(report, report.findings)
        if fix is not None and (fix.safe or unsafe) and finding.fingerprint not in before
    ]
    refused: dict[str, str] = {}
    while True:
        merged, waiting = Merged(), False
        for finding, fix in candidates:
            if not any(edit.location.path in refused for edit in fix.edits):
                waiting |= not merged.add(finding, fix)
        files, broken = _rewritten(report, merged)
        if not broken:
            return Mended(tuple(finding for finding, _ in merged.fixes), files, waiting, refused)
        refused |= broken


def _fixes(report: Report, findings: Iterable[Finding]) -> list[tuple[Finding, Fix | None]]:
    if not any(finding.remedy or finding.fix for finding in findings):
        return []
    from archlint.concrete.fixes.making import Maker

    maker = Maker(lambda path: Text.decode(_read(report, path)))
    return [(finding, maker.fix(finding)) for finding in findings]


def _rewritten(report: Report, merged: Merged) -> tuple[dict[str, Rewritten], dict[str, str]]:
    files: dict[str, Rewritten] = {}
    broken: dict[str, str] = {}
    for path, edits in merged:
        old = _read(report, path)
        try:
            new = edited(path, old, edits)
        except Unfixable as problem:
            broken[path] = str(problem)
            continue
        if new != old:
            files[path] = Rewritten(old, new)
    return files, broken


def _read(report: Report, path: str) -> bytes:
    try:
        return read(report.root / path)
    except Unreadable:
        return b""
