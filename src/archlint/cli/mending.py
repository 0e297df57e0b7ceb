"""Fixes on the command line: pass after pass, until nothing changes any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from archlint.cli.lint import Linted
from archlint.finding import Finding
from archlint.fixing.diffs import diff
from archlint.fixing.mending import Mended, Rewritten, mend
from archlint.report import Report
from archlint.reporters.summary import counted
from archlint.rewriting import Unwritable, rewrite
from archlint.source import holding

_PASSES = 10
"""Fixes may make room for others, but not for ever."""


class Fixed(msgspec.Struct):
    """What was fixed in all passes."""

    findings: int = 0
    files: set[Path] = msgspec.field(default_factory=set)
    notices: dict[str, None] = msgspec.field(default_factory=dict)

    def words(self, verb: str) -> str:
        """One sentence."""
        if not self.findings:
            return "No fixes available."
        return f"{verb} {counted(self.findings, 'finding')} in {counted(len(self.files), 'file')}."


Lint = Callable[[], tuple[Linted, ...]]
Write = Callable[[Path, bytes, bytes], None]
"""Lets a file that holds the one hold the other. Raises Unwritable."""


def fix(
    results: tuple[Linted, ...], lint: Lint, *, unsafe: bool, write: Write = rewrite
) -> tuple[tuple[Linted, ...], Fixed]:
    """Write the fixes, lint again, and so on; the last results and what was done."""
    fixed = Fixed()
    idle: set[str] = set()
    for _ in range(_PASSES):
        passes = [(each.report, mend(each.report, unsafe=unsafe, before=idle)) for each in results]
        written = [_written(report, mended, fixed, write) for report, mended in passes]
        if not any(written):
            return results, fixed
        before = _counts(results)
        results = lint()
        done = Counter(each.fingerprint for found in written for each in found)
        left = _counts(results)
        # What is as often there as before would be fixed again and again.
        idle |= {each for each in done if left[each] > before[each] - done[each]}
        fixed.findings += done.total() - sum(done[each] for each in idle if each in done)
    fixed.notices[f"stopped after {_PASSES} passes: each made room for further fixes"] = None
    return results, fixed


def would_fix(results: tuple[Linted, ...], root: Path, lint: Lint, *, unsafe: bool) -> tuple[str, Fixed]:
    """The diff of all passes, with paths from a folder that all projects are in; nothing is written."""
    old: dict[Path, bytes] = {}
    new: dict[Path, bytes] = {}

    def hold(path: Path, before: bytes, after: bytes) -> None:
        old.setdefault(path, before)
        new[path] = after

    with holding(new):
        _, fixed = fix(results, lint, unsafe=unsafe, write=hold)
    files = {
        path.relative_to(root).as_posix(): Rewritten(old[path], new[path])
        for path in new
        if new[path] != old[path]
    }
    return diff(files), fixed


def _written(report: Report, mended: Mended, fixed: Fixed, write: Write) -> tuple[Finding, ...]:
    """Write one pass; the findings that it has fixed."""
    _note_refusals(report, mended.refused, fixed)
    failed: dict[str, str] = {}
    for path, file in mended.files.items():
        try:
            write(report.root / path, file.old, file.new)
        except Unwritable as problem:
            failed[path] = str(problem)
        else:
            fixed.files.add(report.root / path)
    _note_refusals(report, failed, fixed)
    if len(failed) == len(mended.files):
        return ()
    return tuple(each for each in mended.fixed if each.location.path not in failed)


def _note_refusals(report: Report, refused: Mapping[str, str], fixed: Fixed) -> None:
    for path, reason in refused.items():
        fixed.notices[f"{report.root / path} is left as it is: {reason}"] = None


def _counts(results: Sequence[Linted]) -> Counter[str]:
    return Counter(finding.fingerprint for each in results for finding in each.report.findings)
