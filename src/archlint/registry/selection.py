"""From the configuration to the rules that run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.card import Card
from archlint.config.model import OWN_PACK, Config, Origin, RuleInstance
from archlint.errors import ArchlintError
from archlint.finding import Severity
from archlint.registry.pack import Pack

if TYPE_CHECKING:
    from archlint.project import Project
    from archlint.rule import Rule


@dataclass(frozen=True)  # without slots, to remember the rule
class ActiveRule:
    """One use of a rule, as it runs."""

    card: Card
    instance: RuleInstance
    """Its options, and the user's reason."""

    severity: Severity | None
    """What the user wants instead of the rule's own severity."""

    origin: Origin
    """Where it is configured."""

    @cached_property
    def rule(self) -> Rule:
        """The rule with its options, imported when it is first asked for.

        Raises ArchlintError where the rule refuses its options.
        """
        rule = self.card.load()
        try:
            return rule(**self.instance.options)
        except (TypeError, ValueError) as problem:
            raise ArchlintError(f"{self.origin}: `{rule.id}` refuses its options: {problem}") from problem


def in_force(packs: Mapping[str, Pack], config: Config, project: Project) -> frozenset[str]:
    """The packs that run: those the configuration lists, or those that are detected or configured."""
    own = {OWN_PACK, *config.pack_folders, *(pattern.pack for pattern in config.patterns)}
    if config.packs is not None:
        return frozenset(own.union(config.packs))
    asked_for = {rule.partition("/")[0] for rule in _asked_for(config)} | own
    detected = {name for name, pack in packs.items() if name in asked_for or pack.detect(project)}
    return frozenset(own | detected)


def select(rules: Sequence[Card], config: Config) -> tuple[ActiveRule, ...]:
    """Every use of the rules that the configuration does not turn off.

    Raises ArchlintError where a rule lacks an option that it cannot do without.
    """
    return tuple(active for card in rules for active in _uses(card, config))


def _asked_for(config: Config) -> Iterator[str]:
    yield from config.rules
    yield from (name for name, severity in config.severities.items() if severity and not name.endswith("/*"))


def _uses(card: Card, config: Config) -> Iterator[ActiveRule]:
    tables = config.rules.get(card.id, ())
    severity, is_on = _severity(card, config, bool(tables))
    if not is_on:
        return
    for instance in tables or (RuleInstance(),):
        of_rule = config.origins.get(f"rules.{card.id}", instance.origin)
        origin = instance.origin if instance.origin.line else of_rule
        for name in card.required:
            if name not in instance.options:
                option = name.replace("_", "-")
                raise ArchlintError(f"{origin}: `{card.id}` needs a table with the option `{option}`")
        yield ActiveRule(card, instance, instance.severity or severity, origin)


def _severity(card: Card, config: Config, has_tables: bool) -> tuple[Severity | None, bool]:
    """The severity that is set for a rule, and whether it runs: the nearest word counts."""
    of_pack = f"{card.id.partition('/')[0]}/*"
    if card.id in config.severities:
        severity = config.severities[card.id]
        return severity, severity is not None
    if has_tables:
        return config.severities.get(of_pack), True
    if of_pack in config.severities:
        severity = config.severities[of_pack]
        return severity, severity is not None and card.recommended
    return None, card.recommended
