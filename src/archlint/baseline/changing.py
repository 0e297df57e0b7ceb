"""What a baseline becomes when findings have come and gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from archlint.baseline.entry import Entry, entries_of
from archlint.baseline.matching import IsThere, match
from archlint.finding import Finding


class Change(msgspec.Struct, frozen=True):
    """The entries that are left, and how many findings were taken in, moved, or taken out."""

    entries: tuple[Entry, ...]
    added: int = 0
    moved: int = 0
    removed: int = 0
    expired: int = 0
    """What is listed, still there and not accepted any more: it stays as it is until somebody decides."""

    @property
    def accepted(self) -> int:
        """How many findings are listed."""
        return sum(entry.count for entry in self.entries)


class Judgement(msgspec.Struct, frozen=True):
    """What is known of the project besides its findings."""

    is_there: IsThere
    may_be_gone: Callable[[Entry], bool]
    """Whether the findings of an entry would be there if they had not gone: its rule and file were read."""

    today: str = ""


def pruned(findings: Iterable[Finding], entries: Iterable[Entry], judgement: Judgement) -> Change:
    """The entries without those whose findings are gone; nothing is added, reasons and days are kept."""
    return _changed(findings, entries, judgement, lambda new: ())


def updated(
    findings: Iterable[Finding], entries: Iterable[Entry], judgement: Judgement, reason: str, expires: str
) -> Change:
    """The entries that accept these findings, the new ones for a reason and up to a day."""
    return _changed(findings, entries, judgement, lambda new: entries_of(new, reason, expires))


def _changed(
    findings: Iterable[Finding],
    entries: Iterable[Entry],
    judgement: Judgement,
    taken_in: Callable[[tuple[Finding, ...]], tuple[Entry, ...]],
) -> Change:
    known = tuple(entries)
    over = [entry for entry in known if entry.has_expired(judgement.today)]
    live = match(findings, (entry for entry in known if entry not in over), judgement.is_there)
    late = match(live.new, over, judgement.is_there)
    stale = (*live.stale, *late.stale)
    kept = [entry for entry in stale if not judgement.may_be_gone(entry)]
    added = taken_in(late.new)
    places = {_key(entry) for entry in known}
    used = (*live.used, *late.used)
    return Change(
        entries=_joined((*used, *kept, *added)),
        added=_total(added),
        moved=_total(entry for entry in used if _key(entry) not in places),
        removed=_total(stale) - _total(kept),
        expired=_total(late.used),
    )


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.rule, entry.path, entry.fingerprint


def _total(entries: Iterable[Entry]) -> int:
    return sum(entry.count for entry in entries)


def _joined(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry for each place and fingerprint; the first says why."""
    joined: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        known = joined.get(_key(entry))
        count = entry.count + (known.count if known else 0)
        joined[_key(entry)] = msgspec.structs.replace(known or entry, count=count)
    return tuple(sorted(joined.values()))
