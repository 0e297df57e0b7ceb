"""What two configurations say together, the second over the first.

Tables merge key by key; scalars and arrays are replaced. Two things differ: the layers are one drawing
and replaced as a whole, and arrays of rule tables and of patterns are added to those already there.
"""

from __future__ import annotations

from collections.abc import Callable

from archlint.config.severities import OFF
from archlint.config.sourced import Sourced, merged


def combined(base: Sourced, over: Sourced) -> Sourced:
    """A whole configuration over another."""
    table = dict(base.value)
    for name, node in over.value.items():
        if name == "rules":
            table[name] = _rules(table[name], node) if name in table else node
        elif name == "patterns" and name in table:
            table[name] = _patterns(table[name], node)
        elif name == "layers" or name not in table:
            table[name] = node
        else:
            table[name] = merged(table[name], node)
    return Sourced(table, over.origin)


def _patterns(base: Sourced, over: Sourced) -> Sourced:
    """Patterns are added to those that are there; one of the same id takes its place."""
    ids = {_id(each) for each in over.value or ()}
    kept = (each for each in base.value or () if _id(each) not in ids)
    return Sourced((*kept, *(over.value or ())), over.origin)


def _id(pattern: Sourced) -> object:
    return pattern.value["id"].value if pattern.value and "id" in pattern.value else None


def _rules(base: Sourced, over: Sourced) -> Sourced:
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    table = dict(base.value)
    for name, node in over.value.items():
        table[name] = _rule(table[name], node) if name in table else node
    return Sourced(table, over.origin)


def _rule(base: Sourced, over: Sourced) -> Sourced:
    """A severity alone is a table with only a severity, for every instance already there."""
    if not isinstance(over.value, (dict, tuple)):
        return _at_severity(base, over)
    if not isinstance(base.value, (dict, tuple)):
        return _with_severity(over, base)
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        return _table(base, over)
    return Sourced((*instances(base), *instances(over)), over.origin)


def instances(rule: Sourced) -> tuple[Sourced, ...]:
    """The tables of a rule, whether it was written as one table or as an array of them."""
    if isinstance(rule.value, tuple):
        return rule.value
    return (rule,) if isinstance(rule.value, dict) else ()


def _at_severity(base: Sourced, severity: Sourced) -> Sourced:
    if severity.value == OFF or not isinstance(base.value, (dict, tuple)):
        return severity
    return _mapped(base, lambda table: {**table, "severity": severity})


def _with_severity(rule: Sourced, severity: Sourced) -> Sourced:
    # Who configures a rule wants it to run, also where a preset had turned it off.
    if severity.value == OFF:
        return rule
    return _mapped(rule, lambda table: {"severity": severity, **table})


def _table(base: Sourced, over: Sourced) -> Sourced:
    inherited = dict(base.value)
    if "severity" in inherited and inherited["severity"].value == OFF:
        del inherited["severity"]
    return merged(Sourced(inherited, base.origin), over)


def _mapped(rule: Sourced, change: Callable[[dict[str, Sourced]], dict[str, Sourced]]) -> Sourced:
    if isinstance(rule.value, dict):
        return Sourced(change(rule.value), rule.origin)
    return Sourced(tuple(_mapped(each, change) for each in instances(rule)), rule.origin)
