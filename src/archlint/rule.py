"""The base of every rule, built-in or not."""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import msgspec

from archlint.finding import Confidence, Course, Finding, Fix, Location, Related, Remedy, Severity

if TYPE_CHECKING:
    from archlint.config.model import Config
    from archlint.demand import Demand
    from archlint.project import Module, Project


__all__ = ["ModuleRule", "Outcome", "Rule", "Verdict"]


class Outcome(Enum):
    """What a rule says of a place that it looked at and did not report.

    Counting both is what tells silence from a pass: `KEPT` was examined and is right, `UNKNOWN`
    could not be resolved and was left alone.
    """

    KEPT = "kept"
    UNKNOWN = "unknown"


Verdict: TypeAlias = Finding | Outcome


class Rule(msgspec.Struct, frozen=True):
    """One check with a name, a page and options.

    A rule is a module: the module's name is the rule's name, its package the pack, its docstring the
    page with the examples that test it. Its fields are the options a user may set. Rules hold no
    state, and never print, sort, suppress or read the disk.
    """

    id: ClassVar[str] = ""
    """`pack/rule-name`, made from the module's name."""

    severity: ClassVar[Severity] = Severity.ERROR
    since: ClassVar[str] = ""
    """The version of archlint that brought the rule."""

    recommended: ClassVar[bool] = True
    """Whether the rule runs when its pack does; the others run only where they are configured."""

    def __init_subclass__(cls) -> None:
        pack, _, name = cls.__module__.rpartition(".")
        cls.id = f"{pack.rpartition('.')[2]}/{name}".replace("_", "-")

    @classmethod
    def text(cls) -> str:
        """Its page as it was written: Markdown."""
        return sys.modules[cls.__module__].__doc__ or ""

    @abstractmethod
    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at every place the rule speaks of: a finding, or the outcome where there is none."""

    def demands(self, project: Project) -> Iterator[Demand]:
        """What this use of the rule asks of whoever writes code, by its options.

        Nothing where its page says all there is to say. Raises ConfigError as `check` does.
        """
        return iter(())

    def option_key(self, config: Config, option: str, element: object = None) -> str:
        """The dotted key of an option of this use of the rule, for `Config.origin` and `Config.problem`.

        `option` is the name of the field, `element` one of its values. Tables that say the same are as
        good as one another.
        """
        return config.option_key(self.id, option, lambda options: type(self)(**options) == self, element)

    def finding(
        self,
        location: Location,
        message: str,
        hint: str,
        *,
        related: tuple[Related, ...] = (),
        identity: tuple[str, ...] = (),
        course: Course = Course.NONE,
        confidence: Confidence = Confidence.HIGH,
        fix: Fix | None = None,
        remedy: Remedy | None = None,
    ) -> Finding:
        """A finding of this rule, at its own severity.

        `identity` tells what it is about where that is not the code at its place.

        Who knows the exact edits gives a `fix`, who only knows what to do a `remedy`.
        """
        return Finding(
            rule=self.id,
            severity=self.severity,
            location=location,
            message=message,
            hint=hint,
            confidence=confidence,
            related=related,
            identity=tuple(sorted(identity)),
            course=course,
            fix=fix,
            remedy=remedy,
        )


class ModuleRule(Rule, frozen=True):
    """A rule that looks at one module after the other.

    What it says of a module is kept until the module changes, or a file that was looked into for it, or
    what any file shows to the others. So it must not carry anything from one module to the next; and of
    other modules, line numbers serve to point at places only. A rule that reads the insides of functions
    is best written this way: as one look at the whole project it runs anew after every edit.
    """

    @abstractmethod
    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        """Look at every place of one module."""

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at all modules."""
        for module in project.modules:
            yield from self.check_module(project, module)
