"""Which packs run, and why."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import OWN_PACK, Config
from archlint.health.sign import Sign, State
from archlint.project import Project
from archlint.registry import ActiveRule, Pack, Registry
from archlint.registry.left_out import left_out
from archlint.reporters.summary import counted


def packs(project: Project, registry: Registry, active: tuple[ActiveRule, ...]) -> Iterator[Sign]:
    """Every installed pack: on or off, why, and how many of its rules run."""
    running = set(registry.in_force(project.config, project))
    for name, pack in registry.packs.items():
        if name in running:
            yield Sign(name, f"on, {_why_on(pack, project.config)}; {_rules(pack, active, project.config)}")
        else:
            yield _off(pack, project)
    for name in sorted(left_out(project.config, registry.packs)):
        yield Sign(name, f"off, its folder is not imported ({project.config.origin('packs')})")
    if {name for name in running if any(_of(name, each.card.id) for each in active)} <= {OWN_PACK}:
        hint = "draw layers, or list `packs`; `archlint init` proposes a configuration"
        yield Sign("rules", "none is in force but archlint's own", State.AMISS, hint)


def _why_on(pack: Pack, config: Config) -> str:
    if pack.name == OWN_PACK:
        return "always"
    if config.packs is not None:
        return f"listed in `packs` ({config.origin('packs')})"
    for rule in (*config.rules, *config.severities):
        if _of(pack.name, rule) and not rule.endswith("/*") and config.severities.get(rule, True):
            return f"`{rule}` is configured ({config.origin(f'rules.{rule}')})"
    return "detected" if _detects(pack) else "for every project"


def _off(pack: Pack, project: Project) -> Sign:
    if project.config.packs is None:
        return Sign(pack.name, "off, nothing it covers was detected")
    if not (_detects(pack) and pack.detect(project)):
        return Sign(pack.name, "off, not listed in `packs`")
    text = f"off, not listed in `packs` ({project.config.origin('packs')}), though the project uses it"
    return Sign(pack.name, text, State.ADVICE, f'add "{pack.name}" to `packs`')


def _detects(pack: Pack) -> bool:
    from importlib import import_module

    return hasattr(import_module(pack.package), "detect")


def _rules(pack: Pack, active: tuple[ActiveRule, ...], config: Config) -> str:
    running = {each.card.id for each in active}
    idle = [card for card in pack.rules if card.id not in running]
    off = [card for card in idle if _is_turned_off(card.id, config)]
    waiting = len(idle) - len(off)
    parts = [
        counted(len(pack.rules) - len(idle), "rule"),
        f"{len(off)} turned off" if off else "",
        f"{waiting} more once configured" if waiting else "",
    ]
    return ", ".join(filter(None, parts))


def _is_turned_off(rule: str, config: Config) -> bool:
    of_pack = f"{rule.partition('/')[0]}/*"
    said = [config.severities[name] for name in (rule, of_pack) if name in config.severities]
    return bool(said) and said[0] is None


def _of(pack: str, rule: str) -> bool:
    return rule.partition("/")[0] == pack
