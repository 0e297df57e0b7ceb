"""The cards of patterns, by which the registry knows them as it knows rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.card import Card
from archlint.config.model import CodePattern, Config

if TYPE_CHECKING:
    from archlint.rule import Rule


class PatternCard(Card, frozen=True):
    """A pattern as a rule that is not made yet."""

    pattern: CodePattern

    def load(self) -> type[Rule]:
        """The rule, which is made now."""
        from archlint.patterns.rule import rule_of

        return rule_of(self.pattern)


def cards(config: Config) -> Iterator[Card]:
    """The cards of all patterns of a configuration."""
    for pattern in config.patterns:
        yield PatternCard(
            id=pattern.id,
            module="archlint.patterns.rule",
            name="PatternRule",
            severity=pattern.severity,
            recommended=True,
            required=(),
            is_of_modules=True,
            pattern=pattern,
        )
