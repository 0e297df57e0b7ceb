"""Asks rules, and notes what each answer rests on."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.errors import ArchlintError
from archlint.finding import Finding, Location
from archlint.fingerprint import identify
from archlint.project.noticed import Noticed
from archlint.project.reads import Look, Seen
from archlint.report import RuleFailure
from archlint.rule import ModuleRule, Outcome, Rule, Verdict
from archlint.verdicts import Detection, Given, Verdicts

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.registry import ActiveRule, Registry


class Said(msgspec.Struct, frozen=True, array_like=True):
    """What rules have answered in another process, and all that it has found out about the disk meanwhile."""

    wholes: dict[int, Verdicts]
    """By the number of the rule, with numbers of looks of that process."""

    looks: tuple[Seen, ...]
    behind: dict[str, tuple[int, ...]]
    failures: dict[int, RuleFailure]
    noticed: Noticed


class Asking(msgspec.Struct):
    """The rules of one run, and the project they are asked about."""

    project: Project
    looks: dict[Seen, int]
    """The numbers of all looks into files, in order."""

    rules: tuple[ActiveRule, ...] = ()
    failures: dict[int, RuleFailure] = msgspec.field(default_factory=dict)
    """By the number of the rule, which is asked no more."""

    elsewhere: dict[str, set[int]] = msgspec.field(default_factory=dict)
    """What stood behind the views of other processes."""

    def detect(self, registry: Registry) -> Detection:
        """Find the packs that run."""
        with self.project.reads.noted() as noted:
            packs = registry.in_force(self.project.config, self.project)
        return Detection(packs, self._numbers(noted.looks), _names(noted.views))

    @property
    def wholes(self) -> list[int]:
        """The numbers of the rules that look at the project as a whole."""
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

    def identified(self, verdicts: Verdicts) -> Verdicts:
        """Known verdicts, their findings with what their files have made of them."""
        if all(finding.fingerprint for finding in verdicts.findings):
            return verdicts
        return replace(verdicts, findings=tuple(identify(self.project, verdicts.findings)))

    def said(self, wholes: dict[int, Verdicts]) -> Said:
        """What another process has to know of what this one has done."""
        behind = self._behind()
        return Said(wholes, tuple(self.looks), behind, self.failures, self.project.noticed)

    def heard(self, said: Said) -> dict[int, Verdicts]:
        """Take what another process has done; the answers of its rules."""
        self.project.notice(said.noticed)
        self.failures.update(said.failures)
        numbers = [self.looks.setdefault(look, len(self.looks)) for look in said.looks]
        for view, looks in said.behind.items():
            self.elsewhere.setdefault(view, set()).update(numbers[look] for look in looks)
        return {
            rule: replace(verdicts, looks=tuple(numbers[look] for look in verdicts.looks))
            for rule, verdicts in said.wholes.items()
        }

    def behind(self, known: Given) -> dict[str, tuple[int, ...]]:
        """What stands behind the views, when everybody has been asked: before, and now."""
        views: dict[str, set[int]] = {}
        for behind in (known.behind, self.elsewhere, self._behind()):
            for view, looks in behind.items():
                views.setdefault(view, set()).update(looks)
        return {view: tuple(views[view]) for view in sorted(views)}

    def _behind(self) -> dict[str, tuple[int, ...]]:
        return {_name(view): self._numbers(looks) for view, looks in self.project.reads.behind.items()}

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
