"""What a rule module must have, checked when it is loaded and not when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator
from types import GenericAlias, ModuleType

from archlint.card import required
from archlint.rule import Rule


def rule_of(module: ModuleType) -> type[Rule]:
    """The one rule of a module. Raises ValueError that names the module and what it lacks."""
    rules: list[type[Rule]] = [each for each in vars(module).values() if _is_rule_of(each, module)]
    if len(rules) != 1:
        names = ", ".join(f"`{rule.__name__}`" for rule in rules) or "none"
        raise ValueError(f"`{module.__name__}` must define exactly one subclass of `Rule`, and has {names}")
    rule = rules[0]
    for lack in _lacks(rule, module):
        raise ValueError(f"rule `{rule.id}` (`{module.__name__}.{rule.__name__}`) {lack}")
    return rule


def _is_rule_of(each: object, module: ModuleType) -> bool:
    if not isinstance(each, type) or isinstance(each, GenericAlias):  # a type on 3.10
        return False
    return each.__module__ == module.__name__ and issubclass(each, Rule)


def _lacks(rule: type[Rule], module: ModuleType) -> Iterator[str]:
    if not (module.__doc__ or "").strip():
        yield "has no page: the docstring of its module"
    if not _declares(rule, "severity"):
        yield "does not say its `severity`"
    if not rule.since:
        yield "does not say in `since` which version brought it"
    for method in _abstract(rule):
        yield f"has no `{method}`: it looks at nothing"
    if rule.recommended and required(rule):
        yield f"is recommended, but option `{required(rule)[0]}` has no default"


def _abstract(rule: type[Rule]) -> Iterator[str]:
    return (name for name in dir(rule) if getattr(getattr(rule, name), "__isabstractmethod__", False))


def _declares(rule: type[Rule], name: str) -> bool:
    return any(name in vars(base) for base in rule.__mro__[: rule.__mro__.index(Rule)])
