"""From the configuration to the rules that run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.config.model import OWN_PACK, Config, RuleInstance
from archlint.errors import ArchlintError
from archlint.finding import Severity
from archlint.registry.pack import Pack
from archlint.registry.wellformed import required
from archlint.rule import Rule

if TYPE_CHECKING:
    from archlint.project import Project


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule with its options, as it runs."""

    rule: Rule
    severity: Severity | None = None
    """What the user wants instead of the rule's own severity."""

    because: str = ""
    """The user's reason."""


def in_force(packs: Mapping[str, Pack], config: Config, project: Project) -> frozenset[str]:
    """The packs that run: those the configuration lists, or those that are detected or configured."""
    if config.packs is not None:
        return frozenset({*config.packs, OWN_PACK})
    asked_for = {rule.partition("/")[0] for rule in _asked_for(config)} | {OWN_PACK}
    return frozenset(name for name, pack in packs.items() if name in asked_for or pack.detect(project))


def select(rules: Sequence[type[Rule]], config: Config) -> tuple[ActiveRule, ...]:
    """Every use of the rules that the configuration does not turn off."""
    return tuple(active for rule in rules for active in _uses(rule, config))


def _asked_for(config: Config) -> Iterator[str]:
    yield from config.rules
    yield from (name for name, severity in config.severities.items() if severity and not name.endswith("/*"))


def _uses(rule: type[Rule], config: Config) -> Iterator[ActiveRule]:
    tables = config.rules.get(rule.id, ())
    severity, is_on = _severity(rule, config, bool(tables))
    if not is_on:
        return
    for instance in tables or (RuleInstance(),):
        yield ActiveRule(_configured(rule, instance, config), instance.severity or severity, instance.because)


def _severity(rule: type[Rule], config: Config, has_tables: bool) -> tuple[Severity | None, bool]:
    """The severity that is set for a rule, and whether it runs: the nearest word counts."""
    of_pack = f"{rule.id.partition('/')[0]}/*"
    if rule.id in config.severities:
        severity = config.severities[rule.id]
        return severity, severity is not None
    if has_tables:
        return config.severities.get(of_pack), True
    if of_pack in config.severities:
        severity = config.severities[of_pack]
        return severity, severity is not None and rule.recommended
    return None, rule.recommended


def _configured(rule: type[Rule], instance: RuleInstance, config: Config) -> Rule:
    place = (
        instance.origin if instance.origin.line else config.origins.get(f"rules.{rule.id}", instance.origin)
    )
    lacking = [name for name in required(rule) if name not in instance.options]
    if lacking:
        option = lacking[0].replace("_", "-")
        raise ArchlintError(f"{place}: `{rule.id}` needs a table with the option `{option}`")
    try:
        return rule(**instance.options)
    except (TypeError, ValueError) as problem:
        raise ArchlintError(f"{place}: `{rule.id}` refuses its options: {problem}") from problem
