"""What a rule asks of whoever writes code, in words: told before, and checked after."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Demand(msgspec.Struct, frozen=True):
    """One thing to keep to."""

    text: str
    """A sentence in the imperative, as Markdown, without its full stop."""

    inside: tuple[str, ...] = ()
    """Where it is to be kept: layers by name, paths or dotted modules. Empty: everywhere."""

    free: tuple[str, ...] = ()
    """Where it need not be kept: there it says what may be done, and nowhere else."""

    is_of_whole: bool = False
    """Whether it speaks of the project as a whole, and of no single place."""


def named(names: Iterable[str], word: str = "and") -> str:
    """Some names as code, in a list: `a`, `b` and `c`. Those with one parent stand together: `a.{b, c}`."""
    shown = [f"`{each}`" for each in _grouped(names)]
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def below(patterns: Iterable[str]) -> tuple[str, ...]:
    """Patterns of modules, each with all that lies inside what it names."""
    return tuple(
        each if each.endswith("**") else f"{each}{'/' if '/' in each else '.'}**" for each in patterns
    )


def _grouped(names: Iterable[str]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for each in names:
        parent, dot, last = each.rpartition(".")
        is_alone = "/" in each or not dot or last.startswith("*") or last in ("py", "pyi", "toml", "md")
        groups.setdefault(each if is_alone else parent, []).append("" if is_alone else last)
    told = []
    for parent, lasts in groups.items():
        more = sorted(filter(None, lasts))
        if len(more) < len(lasts):
            told.append(parent)
        if more:
            told.append(f"{parent}.{more[0]}" if len(more) == 1 else f"{parent}.{{{', '.join(more)}}}")
    return told
