"""What the commands about baselines do: lint without any, and see what that makes of the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from archlint.baseline.changing import Change, Judgement, pruned, updated
from archlint.baseline.document import load as load_entries
from archlint.baseline.document import render
from archlint.baseline.entry import Entry, entries_of
from archlint.baseline.standing import Choice, called, place
from archlint.cli.assignment import assign
from archlint.cli.lint import Order, lint
from archlint.config.lookup import find
from archlint.config.model import Config
from archlint.day import is_day
from archlint.errors import ArchlintError, UsageError
from archlint.finding import Finding
from archlint.registry import installed
from archlint.registry.left_out import left_out
from archlint.registry.opening import opened
from archlint.report import Report
from archlint.rewriting import Unwritable, write

_NOT_PARSED: Final = "archlint/syntax-error"


class Terms(msgspec.Struct, frozen=True):
    """What is said of entries that are new."""

    reason: str = ""
    expires: str = ""

    def refuse_if_over(self, today: str) -> None:
        """Raises UsageError for a last day that is none, or over."""
        if self.expires and not is_day(self.expires):
            raise UsageError(f"`{self.expires}` is not a date; write it as 2027-01-31")
        if self.expires and today > self.expires:
            raise UsageError(f"{self.expires} is past")


class Kept(msgspec.Struct, frozen=True):
    """One project and the place of its baseline."""

    report: Report
    file: Path
    name: str
    """As it is told to the user."""

    is_named: bool
    """Whether the user has named the project; others are nested in that."""

    known: frozenset[str]
    """The ids of all rules there are."""

    left_out: frozenset[str]
    """The packs that were not imported."""

    today: str

    @property
    def is_there(self) -> bool:
        """Whether there is a baseline."""
        return os.path.lexists(self.file)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it lists. Raises BaselineError."""
        return load_entries(self.file, self.name)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is found and not suppressed."""
        return self.report.findings

    @property
    def unread(self) -> set[str]:
        """The files that could not be read or parsed."""
        return {each.location.path for each in self.findings if each.rule == _NOT_PARSED}

    def accepting_all(self, terms: Terms) -> Change:
        """A new baseline."""
        entries = entries_of(self.findings, terms.reason, terms.expires)
        return Change(entries, added=len(self.findings))

    def updated(self, terms: Terms) -> Change:
        """With what is new, without what is gone."""
        return updated(self.findings, self.entries, self._judgement(), terms.reason, terms.expires)

    def pruned(self) -> Change:
        """Without what is gone."""
        return pruned(self.findings, self.entries, self._judgement())

    def save(self, change: Change) -> None:
        """Write the file. Raises UsageError where that is not possible."""
        try:
            write(self.file, render(change.entries))
        except Unwritable as problem:
            raise UsageError(f"`{self.name}` cannot be written: {problem}") from problem

    def _judgement(self) -> Judgement:
        def may_be_gone(entry: Entry) -> bool:
            if entry.rule.partition("/")[0] in self.left_out:
                return False  # nobody has looked
            ran = entry.rule in self.report.tallies or entry.rule not in self.known
            return ran and (entry.path not in self.unread or entry.rule == _NOT_PARSED)

        return Judgement(lambda path: os.path.lexists(self.report.root / path), may_be_gone, self.today)


def kept(path: Path, config: Path | None, baseline: Path | None, order: Order) -> Iterator[Kept]:
    """The project of a path and those nested in it, each linted as a whole and without a baseline.

    Raises ArchlintError as linting does, and where a rule has failed: nobody knows what it would have found.
    """
    (named,) = (replace(each, targets=()) for each in assign([path], config))
    rules = installed()
    for linted in lint([named], replace(order, baseline=Choice(is_used=False))):
        report = linted.report
        for failure in report.failures:
            raise ArchlintError(f"rule {failure.rule} failed: {failure.error}; the baseline is left as it is")
        is_named = report.root == named.root
        file = named.config if is_named else find(report.root)
        own, known = opened(file, report.root, rules)
        at = place(own, Choice(baseline if is_named else None))
        ids, without = frozenset(known.rules), left_out(own, known.packs)
        yield Kept(report, at, _told(at, own, named.root), is_named, ids, without, order.today)


def listed(path: Path, config: Path | None, baseline: Path | None) -> tuple[str, tuple[Entry, ...]]:
    """The baseline of a path's project, by its name. Raises UsageError where there is none."""
    (named,) = assign([path], config)
    rules = installed()
    own, _ = opened(named.config, named.root, rules)
    file = place(own, Choice(baseline))
    name = called(file, own)
    if not os.path.lexists(file):
        raise UsageError(f"no baseline `{name}`; `archlint baseline write` makes one")
    return name, load_entries(file, name)


def _told(file: Path, config: Config, top: Path) -> str:
    return file.relative_to(top).as_posix() if file.is_relative_to(top) else called(file, config)
