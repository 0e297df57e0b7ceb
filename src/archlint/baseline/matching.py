"""Which findings are new, given those that were there before.

A finding is accepted by an entry of its own file and fingerprint. Where the file of an entry is gone, it
was renamed or its code moved elsewhere, and the entry accepts the finding wherever it is now. What is about
several files at once, such as an import cycle, is the same whichever of them it is reported in. No
entry ever accepts more findings than it counts, so that nothing can grow behind a rename.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from posixpath import basename
from typing import TypeAlias

import msgspec

from archlint.baseline.entry import Entry
from archlint.finding import Accepted, Finding

IsThere: TypeAlias = Callable[[str], bool]
"""Whether there is a file or folder of this path now."""


class Matched(msgspec.Struct, frozen=True):
    """What became of the findings and of the entries, each sorted."""

    new: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    used: tuple[Entry, ...]
    """The entries that accepted something, with what they accept and where it is now."""

    stale: tuple[Entry, ...]
    """What is left over of the entries, as it stands in the baseline, with the count that is left over."""


def match(findings: Iterable[Finding], entries: Iterable[Entry], is_there: IsThere) -> Matched:
    """Divide findings by the entries that accept them. Of more than are accepted, the last are new."""
    ledger = _Ledger(list(entries))
    left = sorted(findings, key=lambda finding: finding.order)
    left = ledger.divide(left, _place, _place_of)
    gone = _Gone(is_there)
    for is_near in (_has_same_name, _always):  # of several files that are gone, the one of the same name
        left = ledger.divide(left, _code, _code_of, gone.may_be_elsewhere, is_near)
        left = ledger.divide(left, _kind, _kind_of, gone.is_renamed, is_near)
    return Matched(
        new=tuple(left),
        accepted=tuple(sorted(ledger.accepted, key=lambda each: each.finding.order)),
        used=tuple(ledger.used()),
        stale=tuple(ledger.stale()),
    )


def _place(finding: Finding) -> Hashable:
    return finding.rule, finding.fingerprint, finding.location.path


def _place_of(entry: Entry) -> Hashable:
    return entry.rule, entry.fingerprint, entry.path


def _code(finding: Finding) -> Hashable:
    return finding.rule, finding.fingerprint


def _code_of(entry: Entry) -> Hashable:
    return entry.rule, entry.fingerprint


def _kind(finding: Finding) -> Hashable:
    return finding.rule, len(_about(finding))


def _kind_of(entry: Entry) -> Hashable:
    return entry.rule, len(_members(entry))


def _members(entry: Entry) -> tuple[str, ...]:
    """The files, if any, that the findings of an entry are about."""
    return tuple(entry.symbol.split(", ")) if entry.symbol else (entry.path,)


def _about(finding: Finding) -> tuple[str, ...]:
    """The files, if any, that a finding is about rather than about the code at its place."""
    return finding.identity or ((finding.location.path,) if finding.location.is_file else ())


def _always(finding: Finding, entry: Entry) -> bool:
    return True


def _has_same_name(finding: Finding, entry: Entry) -> bool:
    return basename(finding.location.path) == basename(entry.path)


class _Gone(msgspec.Struct, frozen=True):
    """What may have become of files that are not there any more."""

    is_there: IsThere

    def may_be_elsewhere(self, finding: Finding, entry: Entry) -> bool:
        """Whether the finding of an entry may now be in another file."""
        return bool(finding.identity) or not self.is_there(entry.path)

    def is_renamed(self, finding: Finding, entry: Entry) -> bool:
        """Whether a finding is about the same files under new names: the old ones are gone."""
        now, before = set(_about(finding)), set(_members(entry))
        if not now or any(self.is_there(each) or not _is_path(each) for each in before - now):
            return False
        # Of several, some have kept their names, or all have moved together.
        return len(now) == 1 or bool(now & before) or _names(now) == _names(before)


def _is_path(member: str) -> bool:
    return "/" in member or member.endswith(".py")


def _names(paths: Iterable[str]) -> list[str]:
    return sorted(map(basename, paths))


class _Ledger(msgspec.Struct):
    entries: list[Entry]
    left: list[int] = msgspec.field(default_factory=list)
    """How many findings each entry may still accept."""

    accepted: list[Accepted] = msgspec.field(default_factory=list)
    _used: Counter[Entry] = msgspec.field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.left = [entry.count for entry in self.entries]

    def divide(
        self,
        findings: list[Finding],
        key: Callable[[Finding], Hashable],
        entry_key: Callable[[Entry], Hashable],
        *accept: Callable[[Finding, Entry], bool],
    ) -> list[Finding]:
        """Accept what entries of the same key do, if all agree; the other findings are left."""
        table = defaultdict(list)
        for number, entry in enumerate(self.entries):
            if self.left[number] and findings:
                table[entry_key(entry)].append(number)
        left: list[Finding] = []
        for finding in findings:
            numbers = (n for n in table.get(key(finding), ()) if self.left[n])
            taken = next((n for n in numbers if all(each(finding, self.entries[n]) for each in accept)), None)
            if taken is None:
                left.append(finding)
            else:
                self._take(finding, taken)
        return left

    def _take(self, finding: Finding, number: int) -> None:
        entry = self.entries[number]
        self.left[number] -= 1
        self.accepted.append(Accepted(finding, entry.reason))
        self._used[Entry.of(finding, 1, entry.reason, entry.expires)] += 1

    def used(self) -> Iterator[Entry]:
        for entry, count in sorted(self._used.items()):
            yield msgspec.structs.replace(entry, count=count)

    def stale(self) -> Iterator[Entry]:
        left = ((entry, n) for entry, n in zip(self.entries, self.left, strict=True) if n)
        for entry, count in sorted(left):
            yield msgspec.structs.replace(entry, count=count)
