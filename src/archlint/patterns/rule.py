"""The rule that a pattern is."""

from __future__ import annotations

from collections.abc import Iterator
from types import new_class
from typing import TYPE_CHECKING, ClassVar

from archlint.config.model import CodePattern
from archlint.demand import Demand, named
from archlint.finding import Edit, Fix, Remedy
from archlint.patterns.page import page_of
from archlint.patterns.scope import Scope
from archlint.rule import ModuleRule, Outcome, Verdict

if TYPE_CHECKING:
    from archlint.patterns.search import Found
    from archlint.project import Module, Project


class PatternRule(ModuleRule, frozen=True):
    """Every place that one of the patterns matches, be its names what they may, is a place."""

    since = "the configuration"
    pattern: ClassVar[CodePattern]

    @classmethod
    def text(cls) -> str:
        """Its page, written from the configuration."""
        return page_of(cls.pattern)

    def demands(self, project: Project) -> Iterator[Demand]:
        """What is not to be written, and what to do instead."""
        pattern = self.pattern
        codes = " or ".join(f"`{' '.join(each.split())}`" for each in pattern.alternatives)
        where = f"In {named(pattern.within)}, write" if pattern.within else "Write"
        but = f" outside {named(pattern.outside)}" if pattern.outside else ""
        text = f"{where} no {codes}{but}: {pattern.hint.strip().rstrip('.')}"
        yield Demand(text, pattern.within, pattern.outside)

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        """Look at the places in one module, if it has the names that every match has."""
        if not project.view(Scope).holds(self.pattern, module):
            return
        # libcst is for files that have something to look at.
        from archlint.patterns.candidates import may_match

        if not may_match(project, module, self.pattern):
            return
        from archlint.patterns.search import search

        for each in search(project, module, self.pattern):
            yield each if isinstance(each, Outcome) else self._found(each)

    def _found(self, found: Found) -> Verdict:
        step, is_safe = found.step, self.pattern.fix_is_safe
        if step is None:
            return self.finding(found.location, found.message, found.hint)
        if step.imports:
            remedy = Remedy((step,), is_safe)
            return self.finding(found.location, found.message, found.hint, remedy=remedy)
        fix = Fix((Edit(step.at, step.text),), is_safe)
        return self.finding(found.location, found.message, found.hint, fix=fix)


def rule_of(pattern: CodePattern) -> type[PatternRule]:
    """The rule of a pattern."""
    attributes = {"__module__": __name__, "pattern": pattern, "severity": pattern.severity}
    rule: type[PatternRule] = new_class(
        "ConfiguredPattern", (PatternRule,), {}, lambda body: body.update(attributes)
    )
    rule.id = pattern.id
    return rule
