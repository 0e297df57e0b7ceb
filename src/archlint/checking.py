"""Runs the rules, where what they have said before does not hold any more."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import add
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.depth import deeply
from archlint.errors import ArchlintError
from archlint.finding import Finding, Location
from archlint.fingerprint import identify
from archlint.project.reads import Look, Seen
from archlint.report import RuleFailure, Tally
from archlint.rule import ModuleRule, Outcome, Rule, Verdict
from archlint.verdicts import Detection, Given, Verdicts

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.registry import ActiveRule, Registry


class Checked(msgspec.Struct, frozen=True):
    """What the rules said of a project."""

    rules: tuple[ActiveRule, ...]
    given: Given
    failures: tuple[RuleFailure, ...]

    @property
    def findings(self) -> list[Finding]:
        """All findings, each with its fingerprint and as the user has configured its rule."""
        return [finding for verdicts in self.given.all() for finding in verdicts.findings]

    def uses(self) -> tuple[tuple[ActiveRule, Tally], ...]:
        """How many places each use of a rule looked at."""
        counts = [[0, 0, 0] for _ in self.rules]
        for verdicts in self.given.all():
            for number, *outcomes in verdicts.outcomes:
                counts[number][:] = map(add, counts[number], outcomes)
        return tuple((active, Tally(*count)) for active, count in zip(self.rules, counts, strict=True))

    def tallies(self) -> dict[str, Tally]:
        """How many places each rule looked at, in all its uses."""
        counts: dict[str, Tally] = {}
        for active, tally in sorted(self.uses(), key=lambda use: use[0].card.id):
            before = counts.get(active.card.id, Tally())
            counts[active.card.id] = Tally(
                kept=before.kept + tally.kept,
                broken=before.broken + tally.broken,
                unknown=before.unknown + tally.unknown,
            )
        return counts


def check(project: Project, registry: Registry, known: Given) -> Checked:
    """Ask the rules that run for everything that is not known. Raises ArchlintError as rules do."""
    # What follows a value goes as deep as the code does: a call for every call.
    return deeply(partial(_check, project, registry, known))


def _check(project: Project, registry: Registry, known: Given) -> Checked:
    run = _Run(project, {look: number for number, look in enumerate(known.looks)})
    detection = known.detection or run.detect(registry)
    run.rules = rules = registry.rules_of(detection.packs, project.config)
    wholes = {number: run.identified(known.wholes.get(number)) or run.whole(number) for number in run.wholes}
    modules = {m.path: run.identified(known.modules.get(m.path)) or run.module(m) for m in project.modules}
    if run.failures and any(True for _ in known.all()):
        return _check(project, registry, Given())  # what a rule says after it has failed does not count
    behind = run.behind(known)
    given = Given(wholes, modules, tuple(run.looks), behind, detection)
    return Checked(rules, given, tuple(run.failures[number] for number in sorted(run.failures)))


class _Run(msgspec.Struct):
    project: Project
    looks: dict[Seen, int]
    """The numbers of all looks into files, in order."""

    rules: tuple[ActiveRule, ...] = ()
    failures: dict[int, RuleFailure] = msgspec.field(default_factory=dict)
    """By the number of the rule, which is asked no more."""

    def detect(self, registry: Registry) -> Detection:
        """Find the packs that run."""
        with self.project.reads.noted() as noted:
            packs = registry.in_force(self.project.config, self.project)
        return Detection(packs, self._numbers(noted.looks), _names(noted.views))

    @property
    def wholes(self) -> list[int]:
        return [n for n, active in enumerate(self.rules) if not active.card.is_of_modules]

    def whole(self, number: int) -> Verdicts:
        """What one rule says of the project."""
        return self._ask([number], lambda rule: rule.check(self.project))

    def module(self, module: Module) -> Verdicts:
        """What all rules that look at one module after the other say of one."""
        numbers = [n for n, active in enumerate(self.rules) if active.card.is_of_modules]
        return self._ask(numbers, lambda rule: _of_module(rule, self.project, module))

    def _ask(self, numbers: Iterable[int], question: Callable[[Rule], Iterable[Verdict]]) -> Verdicts:
        findings: list[Finding] = []
        outcomes: list[tuple[int, int, int, int]] = []
        with self.project.reads.noted() as noted:
            for number in numbers:
                said = self._verdicts(number, question)
                own = [verdict for verdict in said if isinstance(verdict, Finding)]
                findings += configured(own, self.rules[number])
                if said:
                    kept, unknown = said.count(Outcome.KEPT), said.count(Outcome.UNKNOWN)
                    outcomes.append((number, kept, len(own), unknown))
            for place in (place for finding in findings for place in _places(finding)):
                self.project.reads.add((Look.PLACES, place.path))
        findings = identify(self.project, findings)
        return Verdicts(tuple(findings), tuple(outcomes), self._numbers(noted.looks), _names(noted.views))

    def identified(self, verdicts: Verdicts | None) -> Verdicts | None:
        """Known verdicts, their findings with what their files have made of them."""
        if verdicts is None or all(finding.fingerprint for finding in verdicts.findings):
            return verdicts
        return msgspec.structs.replace(verdicts, findings=tuple(identify(self.project, verdicts.findings)))

    def behind(self, known: Given) -> dict[str, tuple[int, ...]]:
        """What stands behind the views, when everybody has been asked: before, and now."""
        now = {_name(view): self._numbers(looks) for view, looks in self.project.reads.behind.items()}
        views = {*known.behind, *now}
        return {view: tuple({*known.behind.get(view, ()), *now.get(view, ())}) for view in sorted(views)}

    def _numbers(self, looks: Iterable[Seen]) -> tuple[int, ...]:
        ordered = sorted(looks, key=lambda look: (look[0].value, look[1]))
        return tuple(self.looks.setdefault(look, len(self.looks)) for look in ordered)

    def _verdicts(self, number: int, question: Callable[[Rule], Iterable[Verdict]]) -> list[Verdict]:
        said: list[Verdict] = []
        if number in self.failures:
            return said
        rule = self.rules[number].rule
        try:
            for verdict in question(rule):
                said.append(verdict)
        except ArchlintError:
            raise
        except Exception as error:
            summary = f"{type(error).__name__}: {error}"
            self.failures[number] = RuleFailure(rule.id, summary, traceback.format_exc())
        return said


def _of_module(rule: Rule, project: Project, module: Module) -> Iterable[Verdict]:
    return rule.check_module(project, module) if isinstance(rule, ModuleRule) else ()


def configured(findings: Iterable[Finding], active: ActiveRule) -> Iterator[Finding]:
    """Findings with the severity and the reason that the user has given their rule."""
    for finding in findings:
        yield replace(finding, severity=active.severity or finding.severity, because=active.instance.because)


def _names(views: Iterable[type]) -> tuple[str, ...]:
    return tuple(sorted(map(_name, views)))


def _name(view: type) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def _places(finding: Finding) -> Iterator[Location]:
    yield finding.location
    yield from (related.location for related in finding.related)
    yield from (edit.location for edit in (finding.fix.edits if finding.fix else ()))
    for step in finding.remedy.steps if finding.remedy else ():
        yield step.at
        if step.to is not None:
            yield step.to
