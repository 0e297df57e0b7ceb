"""What the command line takes of the rules, and what it leaves out, whatever the configuration says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from archlint.config.model import OWN_PACK, Config
from archlint.errors import UsageError
from archlint.finding import Severity, pack_of
from archlint.nearness import did_you_mean

if TYPE_CHECKING:
    from archlint.card import Card

_UNREAD: Final = f"{OWN_PACK}/syntax-error"
"""Stays unless it is left out by name: a file that cannot be read must not look like a pass."""

_UNUSED: Final = f"{OWN_PACK}/unused-suppression"
"""Goes unless it is taken by name: where few rules run, many a suppression has nothing to do."""


class Narrowing(msgspec.Struct, frozen=True):
    """Rules by their ids, or whole packs as `pack` or `pack/*`."""

    select: tuple[str, ...] = ()
    """Empty: what the configuration says."""

    ignore: tuple[str, ...] = ()
    is_lenient: bool = False
    """Whether a name may be none here: of a rule that another project writes down."""

    @classmethod
    def of(cls, select: Iterable[str], ignore: Iterable[str]) -> Narrowing:
        """From texts that each may hold several names, with commas. Raises UsageError for an empty name."""
        return cls(_names(select), _names(ignore))


AS_CONFIGURED: Final = Narrowing()
"""Nothing is taken or left out."""


def narrowed(config: Config, narrowing: Narrowing, cards: Mapping[str, Card]) -> Config:
    """The configuration with nothing in force but what was asked for; of all rules there are.

    A rule that is asked for by its id runs, even where it is not recommended or turned off. Of a pack that
    is asked for run the rules that are recommended or configured. Where one name says more than the other,
    it counts; else what is left out. Raises UsageError for a name that is none.
    """
    if not (narrowing.select or narrowing.ignore):
        return config
    if not narrowing.is_lenient:
        _refuse_unknown(narrowing, {*cards, *map(pack_of, cards)}, config.pack_folders)
    if not narrowing.select:
        left_out = {rule: None for rule in cards if _is_left_out(rule, narrowing)}
        return replace(config, severities={**config.severities, **left_out})
    taken = {rule for rule in cards if _is_taken(rule, narrowing)}
    severities: dict[str, Severity | None] = {}
    for rule, card in cards.items():
        said = config.severities.get(rule) or config.severities.get(f"{pack_of(rule)}/*")
        if rule not in taken:
            severities[rule] = None
        elif said is not None and (card.recommended or _is_configured(rule, config)):
            severities[rule] = said
        elif rule in narrowing.select and not card.recommended and rule not in config.rules:
            severities[rule] = said or card.severity
    return replace(config, packs=tuple(sorted(set(map(pack_of, taken)))), severities=severities)


def _is_taken(rule: str, narrowing: Narrowing) -> bool:
    if rule == _UNREAD:
        return rule not in narrowing.ignore
    if rule == _UNUSED and rule not in narrowing.select:
        return False
    return _strength(rule, narrowing.select) > _strength(rule, narrowing.ignore)


def _is_left_out(rule: str, narrowing: Narrowing) -> bool:
    return rule in narrowing.ignore if rule == _UNREAD else _strength(rule, narrowing.ignore) > 0


def _strength(rule: str, names: Collection[str]) -> int:
    """How closely a rule is meant: 0 not at all, 1 by its pack, 2 by itself."""
    pack = pack_of(rule)
    return 2 if rule in names else 1 if pack in names or f"{pack}/*" in names else 0


def _is_configured(rule: str, config: Config) -> bool:
    return rule in config.rules or config.severities.get(rule) is not None


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    names = {name.strip() for text in texts for name in text.split(",")}
    if "" in names:
        raise UsageError("the name of the rule is empty")
    return tuple(sorted(names))


def _refuse_unknown(narrowing: Narrowing, known: Collection[str], folders: Collection[str]) -> None:
    # What is to be left out of a folder that was not imported does not run anyway.
    ignored = (name for name in narrowing.ignore if pack_of(name) in known or pack_of(name) not in folders)
    for name in (each.removesuffix("/*") for each in (*narrowing.select, *ignored)):
        if name not in known:
            hint = did_you_mean(name, known, "`archlint rules` lists all rules")
            raise UsageError(f"no such rule or pack: `{name}`; {hint}")
