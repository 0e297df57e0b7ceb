"""Takes the suppressed findings out, and tells which suppressions had nothing to suppress."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from archlint.finding import Accepted, Act, Finding, Location, Severity
from archlint.remedies import stepped
from archlint.suppressions.model import Name, Suppression

REPORTED_AS: Final = "archlint/unused-suppression"
_NOT_PARSED: Final = "archlint/syntax-error"
_FORM: Final = "write `# archlint: ignore[pack/rule] -- reason`"


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the findings, in the order they came in."""

    active: tuple[Finding, ...]
    suppressed: tuple[Accepted, ...]
    unused: tuple[Finding, ...]
    """What is wrong with the suppressions themselves, as findings of `archlint/unused-suppression`."""


def apply(
    findings: Iterable[Finding],
    suppressions: Mapping[str, Sequence[Suppression]],
    known: Collection[str],
    ran: Collection[str],
    today: str = "",
) -> Applied:
    """Divide the findings by the suppressions of each path. One whose last day is over does nothing.

    `known` holds the ids of all rules there are, `ran` those of the rules that ran to their end: a
    suppression of another rule may well be needed. Nothing is said of the suppressions in a file that
    does not parse, where no rule could look, nor at all if `archlint/unused-suppression` did not run.
    """
    ledger = _Ledger(suppressions, today)
    active, suppressed = ledger.divide(findings)
    if REPORTED_AS not in ran:
        return Applied(active, suppressed, ())
    seen = (*active, *(each.finding for each in suppressed))
    unread = {finding.location.path for finding in seen if finding.rule == _NOT_PARSED}
    judged = [claim for claim in ledger.claims() if claim.path not in unread]
    # A suppression of these reports is judged after them, and its own report is final: no circle.
    first = [claim for claim in judged if not claim.is_about(REPORTED_AS)]
    last = [claim for claim in judged if claim.is_about(REPORTED_AS)]
    unused, excused = ledger.divide(_reports(first, ledger, known, ran))
    unused += tuple(_reports(last, ledger, known, ran))
    return Applied(active, suppressed + excused, tuple(sorted(unused, key=lambda each: each.location)))


@dataclass(frozen=True, slots=True)
class _Claim:
    """One name of one suppression, or all of it where it names no rule."""

    path: str
    suppression: Suppression
    name: Name | None

    def is_about(self, rule: str) -> bool:
        if self.name is None:
            # Otherwise a blanket suppression would hide that it is unused.
            return False
        return self.name.matches(rule)

    def suppresses(self, finding: Finding) -> bool:
        meant = self.is_about(finding.rule) if self.name else finding.rule != REPORTED_AS
        return meant and self.suppression.covers(finding.location)

    @property
    def location(self) -> Location:
        line, start, end = self.suppression.line, self.suppression.column, self.suppression.end_column
        if self.name is not None:
            start, end = self.name.column, self.name.column + len(self.name.text)
        return Location(self.path, line, start, line, end)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """All claims, and which of them have been of use."""

    suppressions: Mapping[str, Sequence[Suppression]]
    today: str
    used: set[_Claim] = field(default_factory=set)

    def divide(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
        active: list[Finding] = []
        suppressed: list[Accepted] = []
        for finding in findings:
            claims = [
                claim
                for claim in self.claims_of(finding.location.path)
                if claim.suppresses(finding) and not claim.suppression.has_expired(self.today)
            ]
            self.used.update(claims)
            if claims:
                reasons = [claim.suppression.reason for claim in claims if claim.suppression.reason]
                suppressed.append(Accepted(finding, "; ".join(dict.fromkeys(reasons))))
            else:
                active.append(finding)
        return tuple(active), tuple(suppressed)

    def claims(self) -> Iterator[_Claim]:
        for path in sorted(self.suppressions):
            yield from self.claims_of(path)

    def claims_of(self, path: str) -> Iterator[_Claim]:
        for suppression in self.suppressions.get(path, ()):
            for name in suppression.names or (None,):
                yield _Claim(path, suppression, name)


def _reports(
    claims: Iterable[_Claim], ledger: _Ledger, known: Collection[str], ran: Collection[str]
) -> Iterator[Finding]:
    for claim in claims:
        words = _fault(claim, known, ledger.today)
        if words is None and claim not in ledger.used:
            words = _unused(claim, ran)
        if words is not None:
            remedy = None if claim.suppression.fault else stepped(Act.DELETE, claim.location)
            yield Finding(REPORTED_AS, Severity.WARNING, claim.location, *words, remedy=remedy)


def _fault(claim: _Claim, known: Collection[str], today: str) -> tuple[str, str] | None:
    """What is wrong with the comment, whatever the findings: message and hint."""
    if claim.suppression.fault:
        return f"this suppression does nothing: {claim.suppression.fault}", _FORM
    if claim.suppression.has_expired(today):
        day = claim.suppression.expires
        return f"this suppression does nothing: it has expired on {day}", "mend what it was there for"
    if claim.name is None or any(claim.is_about(rule) for rule in known):
        return None
    packs = {f"{rule.partition('/')[0]}/*" for rule in known}
    nearest = get_close_matches(claim.name.text, sorted({*known, *packs}), n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else "`archlint rules` lists the rules there are"
    return f"there is no rule `{claim.name.text}`", hint


def _unused(claim: _Claim, ran: Collection[str]) -> tuple[str, str] | None:
    if claim.name is None:
        return "there is nothing to suppress here", "remove the comment"
    if not any(claim.is_about(rule) for rule in ran):
        return None
    what = "the comment" if len(claim.suppression.names) == 1 else "the name"
    return f"`{claim.name.text}` has nothing to suppress here", f"remove {what}"
