"""What the versions that a project asks for allow."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"\s*(===|==|~=|<=|>=|!=|<|>|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?")


def are_below(wanted: tuple[str, ...], bound: str) -> bool:
    """Whether one of some requirements allows only versions below a bound: `>=4,<5`, `~=4.0`, `^4.1`."""
    limit = _numbers(bound)
    return any(_is_below(clause, limit) for each in wanted for clause in each.split(","))


def are_from(wanted: tuple[str, ...], bound: str) -> bool:
    """Whether one of some requirements allows only versions from a bound on: `>=2`, `==2.0.3`, `^2.1`."""
    limit = _numbers(bound)
    return any(_is_from(clause, limit) for each in wanted for clause in each.split(","))


def _is_from(clause: str, limit: tuple[int, ...]) -> bool:
    found = _CLAUSE.match(clause)
    return found is not None and found[1] not in ("<", "<=", "!=") and _numbers(found[2]) >= limit


def _is_below(clause: str, limit: tuple[int, ...]) -> bool:
    found = _CLAUSE.match(clause)
    if found is None:
        return False
    sign, version = found[1] or "==", _numbers(found[2])
    if sign == "<":
        return version <= limit
    if sign in ("==", "===", "<="):
        return version < limit
    if sign == "~=":
        kept = found[2].count(".")
        return kept > 0 and _above((*version, *(0,) * kept)[:kept]) <= limit
    return sign in ("^", "~") and _above(version[:1]) <= limit


def _above(version: tuple[int, ...]) -> tuple[int, ...]:
    """The first version that does not begin so."""
    return (*version[:-1], version[-1] + 1)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, zeros at its end left out."""
    numbers = [int(number) for number in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
