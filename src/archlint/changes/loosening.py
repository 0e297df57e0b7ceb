"""What a change loosens: rules, layers and limits that hold less than they did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

import msgspec

from archlint.changes.terms import LayerTerms, Terms, Use
from archlint.finding import pack_of

_KEEP: Final = "keep it as it was, or make it a change of its own that says why"

_LENIENT: Final = ("allow", "except", "exclude", "ignore", "optional", "skip", "unless", "outside")
"""How options begin that take something out of what a rule looks at."""

Drawn = Callable[[str, Collection[str]], bool]
"""Whether a pattern matches a module that was there before, and that none of some others matches."""


class Loosening(msgspec.Struct, frozen=True, order=True):
    """One thing that holds less than it did."""

    key: str
    """Its dotted key in the configuration; empty where it is not there."""

    message: str
    hint: str = _KEEP


def loosened(before: Terms, after: Terms, in_force: Collection[str], drawn: Drawn) -> tuple[Loosening, ...]:
    """What the second terms allow and the first did not. `in_force` are the packs that ran before."""
    return (
        *_limits(before, after),
        *_packs(before, after, in_force),
        *_rules(before, after, in_force),
        *_layers(before, after, drawn),
        *_others(before, after),
    )


def _limits(before: Terms, after: Terms) -> Iterator[Loosening]:
    if after.fail_on > before.fail_on:
        was, now = before.fail_on.value, after.fail_on.value
        yield Loosening("fail-on", f"raises `fail-on` from `{was}` to `{now}`")
    old, new = _plain(before.exclude), _plain(after.exclude)
    for pattern in new - old:
        at = f".{after.exclude.index(pattern)}"
        yield Loosening(f"exclude{at}", f"excludes `{pattern}`")
    for pattern in (each for each in before.exclude if each.startswith("!") and each not in after.exclude):
        yield Loosening("exclude", f"no longer takes back `{pattern}` from what is excluded")


def _plain(patterns: Iterable[str]) -> set[str]:
    return {pattern for pattern in patterns if not pattern.startswith("!")}


def _packs(before: Terms, after: Terms, in_force: Collection[str]) -> Iterator[Loosening]:
    if after.packs is None:
        return
    for pack in sorted(set(in_force) - {*after.packs, "archlint"}):
        yield Loosening("packs", f"turns the pack `{pack}` off")


def _rules(before: Terms, after: Terms, in_force: Collection[str]) -> Iterator[Loosening]:
    for rule, uses in sorted(before.rules.items()):
        if pack_of(rule) not in in_force:
            continue
        now = after.rules.get(rule, ())
        if not now:
            yield Loosening(f"rules.{rule}", f"turns `{rule}` off")
        elif len(now) < len(uses):
            yield Loosening(f"rules.{rule}", f"drops {len(uses) - len(now)} of {len(uses)} uses of `{rule}`")
        else:
            yield from _uses(rule, uses, now)


def _uses(rule: str, before: tuple[Use, ...], after: tuple[Use, ...]) -> Iterator[Loosening]:
    for number, (old, new) in enumerate(_paired(before, after)):
        key = f"rules.{rule}.{number}" if new.options else f"rules.{rule}"
        if new.severity < old.severity:
            message = f"lowers `{rule}` from `{old.severity.value}` to `{new.severity.value}`"
            yield Loosening(key, message)
        for option in sorted(old.options.keys() | new.options.keys()):
            was, now = old.options.get(option, ()), new.options.get(option, ())
            if was != now and not _is_tighter(option, was, now):
                yield Loosening(f"{key}.{option}", f"changes `{option}` of `{rule}`{_difference(was, now)}")


def _paired(before: tuple[Use, ...], after: tuple[Use, ...]) -> Iterator[tuple[Use, Use]]:
    """Each use as it was with the one that it has become: those that are equal first, then in order."""
    left = list(after)
    for old in (use for use in before if use in left):
        left.remove(old)
    changed = [use for use in before if use not in after]
    yield from zip(changed, left, strict=False)


def _is_tighter(option: str, was: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether a list surely holds more than before."""
    if option.startswith(_LENIENT):
        return set(now) <= set(was)
    return len(was) > 1 and set(now) > set(was)


def _difference(was: tuple[str, ...], now: tuple[str, ...]) -> str:
    added = [each for each in now if each not in was]
    dropped = [each for each in was if each not in now]
    told = [*(f"adds `{each}`" for each in added), *(f"drops `{each}`" for each in dropped)]
    return f": {', '.join(told)}" if told else ": in another order"


def _layers(before: Terms, after: Terms, drawn: Drawn) -> Iterator[Loosening]:
    now = {layer.name: layer for layer in after.layers}
    for layer in before.layers:
        if layer.name not in now:
            yield Loosening("layers", f"takes the layer `{layer.name}` out of the drawing")
        else:
            yield from _layer(layer, now[layer.name], drawn)
    kept = [layer.name for layer in before.layers if layer.name in now]
    order = [layer.name for layer in after.layers if layer.name in kept]
    if kept != order:
        yield Loosening("layers", f"puts the layers into another order: {', '.join(order)}")


def _layer(old: LayerTerms, new: LayerTerms, drawn: Drawn) -> Iterator[Loosening]:
    key = f"layers.{old.name}"
    for pattern in (each for each in new.patterns if each not in old.patterns and drawn(each, old.patterns)):
        yield Loosening(key, f"widens the layer `{old.name}` by `{pattern}`")
    for pattern in (each for each in old.patterns if each not in new.patterns and drawn(each, new.patterns)):
        yield Loosening(key, f"takes `{pattern}` out of the layer `{old.name}`")
    for pattern in (each for each in new.exceptions if each not in old.exceptions):
        yield Loosening(key, f"excepts `{pattern}` from the layer `{old.name}`")
    if new.optional and not old.optional:
        yield Loosening(key, f"makes the layer `{old.name}` optional")
    if old.independent and not new.independent:
        yield Loosening(key, f"lets the parts of the layer `{old.name}` use each other")


def _others(before: Terms, after: Terms) -> Iterator[Loosening]:
    for key, said in sorted(before.others.items()):
        if not set(said) <= set(after.others.get(key, ())):
            name = key.replace("_", "-")
            yield Loosening(name, f"changes `{name}` of the configuration")
    if before.contract and before.contract != after.contract:
        yield Loosening("contract", f"the contract is no longer `{before.contract}`")
