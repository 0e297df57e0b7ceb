"""Writes suppressions for findings of some rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from archlint.cli.lint import Linted
from archlint.day import is_day
from archlint.errors import UsageError
from archlint.finding import Finding
from archlint.fixing.diffs import diff
from archlint.fixing.mending import Rewritten
from archlint.nearness import did_you_mean
from archlint.rewriting import Unwritable, rewrite
from archlint.source import Unreadable, read
from archlint.suppressions.pragma import pragmas
from archlint.suppressions.sheet import Unmarkable
from archlint.suppressions.writing import Terms, suppressed


class Written(msgspec.Struct):
    """What has become of the findings."""

    findings: int = 0
    files: dict[Path, Rewritten] = msgspec.field(default_factory=dict)
    left: dict[str, int] = msgspec.field(default_factory=dict)
    """How many findings are left, by the reason."""

    accepted: int = 0
    """How many findings need no comment, as the baseline accepts them."""

    def diff(self, top: Path) -> str:
        """The changes as a unified diff, with paths from a folder."""
        return diff({file.relative_to(top).as_posix(): each for file, each in self.files.items()})


def matching(names: Sequence[str], known: Collection[str]) -> frozenset[str]:
    """The rules that are meant by ids and by packs as `pack/*`. Raises UsageError for an unknown name."""
    chosen: set[str] = set()
    for name in names:
        found = {rule for rule in known if rule == name or f"{rule.partition('/')[0]}/*" == name}
        if not found:
            hint = did_you_mean(name, known, "`archlint rules` lists all rules")
            raise UsageError(f"no such rule: `{name}`; {hint}")
        chosen |= found
    return frozenset(chosen)


def checked(terms: Terms) -> Terms:
    """The same terms. Raises UsageError for a day that is none, or over, or a reason misread."""
    if terms.expires and not is_day(terms.expires):
        raise UsageError(f"`{terms.expires}` is not a date; write it as 2027-01-31")
    if terms.expires and terms.today > terms.expires:
        raise UsageError(f"{terms.expires} is past")
    read_again = list(pragmas(terms.comment("ignore", ["pack/rule"])))
    if [(each.reason, each.expires, each.fault) for each in read_again] != [
        (terms.reason, terms.expires, "")
    ]:
        raise UsageError("the reason would be misread: give the date with --expires, and use no `#` in it")
    return terms


def write_all(results: Iterable[Linted], rules: Collection[str], terms: Terms, *, is_dry: bool) -> Written:
    """Suppress the findings of some rules. In a dry run, nothing is written."""
    written = Written()
    for linted in results:
        written.accepted += sum(each.finding.rule in rules for each in linted.report.baselined)
        by_path: dict[str, list[Finding]] = defaultdict(list)
        for finding in linted.report.findings:
            if finding.rule in rules:
                by_path[finding.location.path].append(finding)
        for path, findings in by_path.items():
            try:
                file = linted.report.root / path
                written.files[file] = _file(file, findings, terms, is_dry)
                written.findings += len(findings)
            except (Unmarkable, Unreadable, Unwritable) as problem:
                reason = problem.reason if isinstance(problem, Unreadable) else problem
                written.left[f"{path} is left as it is: {reason}"] = len(findings)
    return written


def _file(file: Path, findings: Sequence[Finding], terms: Terms, is_dry: bool) -> Rewritten:
    if file.suffix not in (".py", ".pyi"):
        raise Unmarkable("it is not Python; the baseline can accept its findings")
    old = read(file)
    new = suppressed(old, findings, terms)
    if not is_dry:
        rewrite(file, old, new)
    return Rewritten(old, new)
