"""Runs the rules, where what they have said before does not hold any more."""

from __future__ import annotations

from functools import partial
from operator import add
from typing import TYPE_CHECKING

import msgspec

from archlint.checking.asking import Asking
from archlint.checking.sharing import ALONE, Sharing, shared
from archlint.depth import deeply
from archlint.finding import Finding
from archlint.report import RuleFailure, Tally
from archlint.verdicts import Given

if TYPE_CHECKING:
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


def check(project: Project, registry: Registry, known: Given, sharing: Sharing = ALONE) -> Checked:
    """Ask the rules that run for everything that is not known. Raises ArchlintError as rules do."""
    asking = Asking(project, {look: number for number, look in enumerate(known.looks)})
    # What follows a value goes as deep as the code does: a call for every call.
    detection = known.detection or deeply(partial(asking.detect, registry))
    asking.rules = registry.rules_of(detection.packs, project.config)
    unknown = [number for number in asking.wholes if number not in known.wholes]
    wholes = shared(asking, unknown, sharing)
    given = deeply(partial(_given, asking, msgspec.structs.replace(known, wholes={**known.wholes, **wholes})))
    if asking.failures and any(True for _ in known.all()):
        return check(
            project, registry, Given(), sharing
        )  # what a rule says after it has failed does not count
    given = msgspec.structs.replace(given, detection=detection)
    return Checked(asking.rules, given, tuple(asking.failures[number] for number in sorted(asking.failures)))


def _given(asking: Asking, known: Given) -> Given:
    """What is known, and what is still to be asked: of the modules, one after the other."""
    wholes = {number: asking.identified(known.wholes[number]) for number in asking.wholes}
    modules = {
        module.path: asking.identified(known.modules[module.path])
        if module.path in known.modules
        else asking.module(module)
        for module in asking.project.modules
    }
    return Given(wholes, modules, tuple(asking.looks), asking.behind(known))
