"""Writes suppressions into the code of a file, so that findings are left out and nothing else changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from archlint.finding import Finding
from archlint.suppressions.model import Suppression
from archlint.suppressions.pragma import IGNORE, IGNORE_FILE
from archlint.suppressions.scan import parse
from archlint.suppressions.sheet import Sheet, Unmarkable, substance

LENGTH: Final = 100
"""How long a line may become before the comment gets one of its own."""


class Terms(msgspec.Struct, frozen=True):
    """Why the findings are left out, until when, and how long lines may get."""

    reason: str = ""
    expires: str = ""
    length: int = LENGTH
    today: str = ""

    def comment(self, verb: str, rules: Iterable[str]) -> str:
        """A whole suppression."""
        day = f"expires: {self.expires}" if self.expires else ""
        why = ", ".join(part for part in (self.reason, day) if part)
        return f"# archlint: {verb}[{', '.join(sorted(set(rules)))}]" + (f" -- {why}" if why else "")


def suppressed(data: bytes, findings: Sequence[Finding], terms: Terms) -> bytes:
    """The file with comments that suppress findings in it.

    Raises Unmarkable where that cannot be done, in words that follow the name of the file.
    """
    old = parse(data)
    plan = _Plan(Sheet(data), terms, [each for each in old if not each.fault and not each.whole_file])
    for finding in sorted(findings, key=lambda each: each.order):
        plan.take(finding)
    text = plan.text()
    try:
        new = text.encode(plan.sheet.encoding)
    except UnicodeEncodeError as problem:
        raise Unmarkable(f"the reason cannot be written in {plan.sheet.encoding}") from problem
    if substance(new) != substance(data):
        raise Unmarkable("a comment would change what it says")
    return new


class _Plan(msgspec.Struct):
    """What is written where."""

    sheet: Sheet
    terms: Terms
    there: list[Suppression]
    whole: set[str] = msgspec.field(default_factory=set)
    after: dict[int, set[str]] = msgspec.field(default_factory=lambda: defaultdict(set))
    before: dict[int, set[str]] = msgspec.field(default_factory=lambda: defaultdict(set))
    """The rules of the comments after lines, and on lines of their own before them."""

    def take(self, finding: Finding) -> None:
        """Find a place for the comment that suppresses a finding."""
        at = finding.location
        if at.is_file:
            self.whole.add(finding.rule)
            return
        after = self.sheet.trailing(at.line, max(at.end_line, at.line))
        start = at.line
        while start > 1 and not self.sheet.above(start):
            start -= 1
        fits = after and self._fits(after, {*self.after.get(after, ()), finding.rule})
        if after and (fits or self._named(after, finding.rule) or start != at.line):
            self.after[after].add(finding.rule)
        elif self.sheet.above(at.line):
            self.before[at.line].add(finding.rule)
        else:
            raise Unmarkable(f"there is no room for a comment about line {at.line}")

    def text(self) -> str:
        """The whole file."""
        for number in [each for each in self.after if self.sheet.above(each)]:
            if not self._fits(number, self.after[number]) and not self._merges(number, self.after[number]):
                self._move_up(number)
        lines = list(self.sheet.lines)
        for number, rules in self.after.items():
            lines[number] = self._extended(number, rules) + self._end_of(number)
        for number, rules in self.before.items():
            self._write_before(lines, number, rules)
        top = self.sheet.top()
        if self.whole:
            head = self.terms.comment(IGNORE_FILE, self.whole) + self.sheet.end()
            lines[top:top] = [head]
        return "".join(lines)

    def _move_up(self, number: int) -> None:
        self.before[number] |= self.after.pop(number)

    def _end_of(self, number: int) -> str:
        line: str = self.sheet.lines[number]
        return line[len(self.sheet.code(number)) :]

    def _fits(self, number: int, rules: set[str]) -> bool:
        if self._merges(number, rules):
            return True
        return len(self._extended(number, rules)) <= self.terms.length

    def _merges(self, number: int, rules: set[str]) -> bool:
        """Whether the names only have to be added to those of a comment that is there."""
        return self._like(number) is not None

    def _named(self, number: int, rule: str) -> bool:
        return any(each.line == number and any(n.matches(rule) for n in each.names) for each in self.there)

    def _like(self, number: int) -> Suppression | None:
        """A suppression on a line that says the same but for the names of the rules."""
        terms = (self.terms.reason, self.terms.expires)
        alike = (each for each in self.there if each.line == number and each.names)
        return next((each for each in alike if (each.reason, each.expires) == terms), None)

    def _extended(self, number: int, rules: set[str]) -> str:
        """A line with the names of further rules among those it suppresses."""
        code = self._without_expired(number, rules)
        like = self._like(number)
        if like is not None and code == self.sheet.code(number):
            last = like.names[-1]
            at = last.column - 1 + len(last.text)
            known = {name.text for name in like.names}
            more = "".join(f", {rule}" for rule in sorted(rules - known))
            return code[:at] + more + code[at:]
        gap = "  " if code.strip() else ""
        return f"{code.rstrip() or code}{gap}{self.terms.comment(IGNORE, rules)}"

    def _without_expired(self, number: int, rules: set[str]) -> str:
        """A line without the suppressions of these rules whose day is over."""
        code = self.sheet.code(number)
        own = sorted((each for each in self.there if each.line == number), key=lambda each: each.column)
        end = len(code)
        for each in reversed(own):
            start = each.column - 1
            if each.has_expired(self.terms.today) and {name.text for name in each.names} <= rules:
                code = code[:start] + code[end:]
            end = start
        return code

    def _write_before(self, lines: list[str], number: int, rules: set[str]) -> None:
        above = number - 1
        if self.sheet.is_comment(above):
            same = {name.text for each in self.there if each.line == above for name in each.names}
            is_over = self._without_expired(above, rules).strip() == ""
            if is_over or (same and self._like(above) is not None):
                indent = self.sheet.code(above)[: self.sheet.comments[above]]
                new = self._extended(above, rules)
                lines[above] = (indent + new.strip() if is_over else new) + self._end_of(above)
                return
        code = self.sheet.code(number)
        indent = code[: len(code) - len(code.lstrip())]
        comment = f"{indent}{self.terms.comment(IGNORE, rules)}{self.sheet.end(number)}"
        lines[number] = comment + lines[number]
