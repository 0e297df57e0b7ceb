"""Takes the suppressed findings out, and tells which suppressions had nothing to suppress."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from archlint.finding import Accepted, Act, Finding, Location, Severity
from archlint.nearness import did_you_mean
from archlint.remedies import stepped
from archlint.suppressions.model import Name, Suppression

UNUSED: Final = "archlint/unused-suppression"
BLANKET: Final = "archlint/blanket-suppression"
UNEXPLAINED: Final = "archlint/unexplained-suppression"
REPORTS: Final = (BLANKET, UNEXPLAINED, UNUSED)
"""The rules whose findings are made here: they speak of the suppressions themselves."""

_NOT_PARSED: Final = "archlint/syntax-error"
_FORM: Final = "write `# archlint: ignore[pack/rule] -- reason`"
_NAMED: Final = "name the rules that are meant: `# archlint: ignore[pack/rule] -- reason`"


class Applied(msgspec.Struct, frozen=True):
    """What became of the findings, in the order they came in."""

    active: tuple[Finding, ...]
    suppressed: tuple[Accepted, ...]
    reports: tuple[Finding, ...]
    """What is wrong with the suppressions themselves, as findings of the rules that speak of them."""


def apply(
    findings: Iterable[Finding],
    suppressions: Mapping[str, Sequence[Suppression]],
    known: Collection[str],
    ran: Collection[str],
    today: str = "",
    require_reason: bool = False,
) -> Applied:
    """Divide the findings by the suppressions of each path. One whose last day is over does nothing.

    `known` holds the ids of all rules there are, `ran` those of the rules that ran to their end: a
    suppression of another rule may well be needed. Nothing is said of the suppressions in a file that
    does not parse, where no rule could look, nor in the name of a rule that did not run.
    """
    ledger = _Ledger(suppressions, today)
    active, suppressed = ledger.divide(findings)
    seen = (*active, *(each.finding for each in suppressed))
    unread = {finding.location.path for finding in seen if finding.rule == _NOT_PARSED}
    judge = _Judge(ledger, known, ran, require_reason)
    judged = [claim for claim in ledger.claims() if claim.path not in unread]
    # A suppression of these reports is judged after them, and its own report is final: no cycle.
    first = [claim for claim in judged if not claim.is_about_reports]
    last = [claim for claim in judged if claim.is_about_reports]
    reports, excused = ledger.divide(judge.reports(first))
    reports += tuple(judge.reports(last))
    return Applied(active, suppressed + excused, tuple(sorted(reports, key=lambda each: each.order)))


class _Claim(msgspec.Struct, frozen=True):
    """One name of one suppression, or all of it where it names no rule."""

    path: str
    suppression: Suppression
    name: Name | None

    def is_about(self, rule: str) -> bool:
        if self.name is None:
            # Otherwise a blanket suppression would hide that it is unused.
            return False
        return self.name.matches(rule)

    @property
    def is_about_reports(self) -> bool:
        return any(map(self.is_about, REPORTS))

    def suppresses(self, finding: Finding) -> bool:
        meant = self.is_about(finding.rule) if self.name else finding.rule not in REPORTS
        return meant and self.suppression.covers(finding.location)

    @property
    def is_first(self) -> bool:
        return self.name is None or self.name == self.suppression.names[0]

    @property
    def whole(self) -> Location:
        at = self.suppression
        return Location(self.path, at.line, at.column, at.line, at.end_column)

    @property
    def location(self) -> Location:
        if self.name is None:
            return self.whole
        line, start = self.suppression.line, self.name.column
        return Location(self.path, line, start, line, start + len(self.name.text))


class _Claims:
    """The claims of one file, found by the line that a finding starts on."""

    def __init__(self, claims: Iterable[_Claim]) -> None:
        self._everywhere: list[_Claim] = []
        self._by_line: dict[int, list[_Claim]] = {}
        self._longest = 0
        for claim in claims:
            asked = claim.suppression
            if asked.whole_file:
                self._everywhere.append(claim)
            else:
                self._by_line.setdefault(asked.first, []).append(claim)
                self._longest = max(self._longest, asked.last - asked.first)

    def suppressing(self, finding: Finding) -> list[_Claim]:
        """Those that suppress a finding, in the order of the source."""
        line = finding.location.line
        near = (self._by_line.get(first, ()) for first in range(line - self._longest, line + 1))
        found = [claim for claim in chain(self._everywhere, *near) if claim.suppresses(finding)]
        return sorted(found, key=lambda claim: (claim.suppression.line, claim.location.column))


class _Ledger:
    """All claims, and which of them have been of use."""

    def __init__(self, suppressions: Mapping[str, Sequence[Suppression]], today: str) -> None:
        self._suppressions = suppressions
        self.today = today
        self.used: set[_Claim] = set()
        self._claims: dict[str, _Claims] = {}

    def divide(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
        active: list[Finding] = []
        suppressed: list[Accepted] = []
        for finding in findings:
            asked = self._claims_near(finding).suppressing(finding)
            claims = [claim for claim in asked if not claim.suppression.has_expired(self.today)]
            self.used.update(claims)
            if claims:
                reasons = [claim.suppression.reason for claim in claims if claim.suppression.reason]
                suppressed.append(Accepted(finding, "; ".join(dict.fromkeys(reasons))))
            else:
                active.append(finding)
        return tuple(active), tuple(suppressed)

    def _claims_near(self, finding: Finding) -> _Claims:
        path = finding.location.path
        if path not in self._claims:
            self._claims[path] = _Claims(self._claims_of(path))
        return self._claims[path]

    def claims(self) -> Iterator[_Claim]:
        for path in sorted(self._suppressions):
            yield from self._claims_of(path)

    def _claims_of(self, path: str) -> Iterator[_Claim]:
        for suppression in self._suppressions.get(path, ()):
            for name in suppression.names or (None,):
                yield _Claim(path, suppression, name)


class _Judge(msgspec.Struct, frozen=True):
    """What is said of suppressions."""

    ledger: _Ledger
    known: Collection[str]
    ran: Collection[str]
    require_reason: bool

    def reports(self, claims: Iterable[_Claim]) -> Iterator[Finding]:
        for claim in claims:
            yield from (each for each in self._reports(claim) if each.rule in self.ran)

    def _reports(self, claim: _Claim) -> Iterator[Finding]:
        words = _fault(claim, self.known, self.ledger.today)
        if words is None and claim not in self.ledger.used:
            words = _unused(claim, self.ran)
        if words is not None:
            is_kept = claim.suppression.fault or claim.suppression.has_expired(self.ledger.today)
            remedy = None if is_kept else stepped(Act.DELETE, claim.location)
            yield Finding(UNUSED, Severity.WARNING, claim.location, *words, remedy=remedy)
        if claim.suppression.fault:
            return
        if claim.name is None:
            yield Finding(BLANKET, Severity.WARNING, claim.location, "this suppresses every rule", _NAMED)
        if self.require_reason and claim.is_first and not claim.suppression.reason:
            what = "this suppression gives no reason"
            yield Finding(UNEXPLAINED, Severity.ERROR, claim.whole, what, _FORM)


def _fault(claim: _Claim, known: Collection[str], today: str) -> tuple[str, str] | None:
    """What is wrong with the comment, whatever the findings: message and hint."""
    if claim.suppression.fault:
        return f"this suppression does nothing: {claim.suppression.fault}", _FORM
    if claim.suppression.has_expired(today):
        day = claim.suppression.expires
        return f"this suppression does nothing: it has expired on {day}", "fix what it was for"
    if claim.name is None or any(claim.is_about(rule) for rule in known):
        return None
    packs = {f"{rule.partition('/')[0]}/*" for rule in known}
    otherwise = "`archlint rules` lists all rules"
    hint = did_you_mean(claim.name.text, {*known, *packs}, otherwise)
    return f"no such rule: `{claim.name.text}`", hint


def _unused(claim: _Claim, ran: Collection[str]) -> tuple[str, str] | None:
    if claim.name is None:
        return "there is nothing to suppress here", "remove the comment"
    if not any(claim.is_about(rule) for rule in ran):
        return None
    what = "the comment" if len(claim.suppression.names) == 1 else "the name"
    return f"`{claim.name.text}` has nothing to suppress here", f"remove {what}"
