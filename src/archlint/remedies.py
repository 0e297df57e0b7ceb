"""Remedies as rules name them: what to do to the source, without its tree."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from archlint.finding import Act, Location, Remedy, Step

_SIMILAR = 0.8
_CLEARLY = 0.05
"""By how much the best name has to be nearer than the next one, for nobody to mean that."""


def respelled(at: Location, name: str, names: Iterable[str], *, nearness: float = 0.6) -> Remedy | None:
    """The name that was perhaps meant; safe where it differs in a slip of the hand, and no other does."""
    from difflib import SequenceMatcher, get_close_matches  # only where something is wrong

    known = sorted(set(names) - {name})
    near = get_close_matches(name, known, 2, nearness)
    if not near:
        # `code` for `course_code`, where nothing else ends so
        longer = [each for each in known if each.endswith(f"_{name}")]
        return respell(at, name, longer[0], safe=False) if len(longer) == 1 else None
    best, *others = (SequenceMatcher(None, each, name).ratio() for each in near)
    is_safe = best >= _SIMILAR and all(best - other >= _CLEARLY for other in others)
    return respell(at, name, near[0], safe=is_safe)


def respell(at: Location, old: str, new: str, *, safe: bool = True) -> Remedy:
    """Another name, in code or in a text."""
    return Remedy((Step(Act.RESPELL, at, new, old),), safe)


def replaced(at: Location, text: str, *imports: str, safe: bool = True) -> Remedy:
    """Another expression; `{0}` is the first of the imported names."""
    return Remedy((Step(Act.REPLACE, at, text, imports=imports),), safe)


def argument(at: Location, text: str, *imports: str, safe: bool = True) -> Remedy:
    """One more argument for the call that ends there, or that the statement there assigns."""
    return Remedy((Step(Act.ARGUMENT, at, text, imports=imports),), safe)


def awaited(at: Location) -> Remedy:
    """`await` before the call that ends there."""
    return Remedy((Step(Act.AWAIT, at),))


def awaited_as(at: Location, old: str, new: str) -> Remedy:
    """`await` before a call, and the name of the method that can be awaited."""
    return Remedy((Step(Act.RESPELL, at, new, old), Step(Act.AWAIT, at)))


def chained(at: Location, method: str, arguments: str = "", *, safe: bool = True) -> Remedy:
    """`.method(arguments)` after the call that ends there."""
    return Remedy((Step(Act.CHAIN, at, arguments, method),), safe)


def uncalled(at: Location, *, safe: bool = True) -> Remedy:
    """The function itself instead of its call."""
    return Remedy((Step(Act.UNCALL, at),), safe)


def stepped(
    act: Act, at: Location, text: str = "", old: str = "", *imports: str, safe: bool = True
) -> Remedy:
    """A remedy of one step."""
    return Remedy((Step(act, at, text, old, imports),), safe)


def moved(at: Location, to: Location) -> Remedy:
    """An item before another one; what was decided by their order is decided otherwise."""
    return Remedy((Step(Act.MOVE, at, to=to),), safe=False)


def decorated(at: Location, text: str, *imports: str) -> Remedy:
    """A decorator for the function around a location."""
    return Remedy((Step(Act.DECORATE, at, text, imports=imports),), safe=False)


def omitted(at: Location, keyword: str) -> Remedy:
    """A call without one of its keywords."""
    return Remedy((Step(Act.OMIT, at, old=keyword),), safe=False)


def spoken_of(at: Location, name: str, names: Iterable[str]) -> Remedy:
    """That one of some names which the code beside it speaks of, if there is one."""
    return Remedy((Step(Act.SUGGEST, at, " ".join(sorted(names)), name),), safe=False)


def first_of(*remedies: Remedy | None) -> Remedy | None:
    """The first remedy that the source bears."""
    found: Remedy | None = None
    for remedy in reversed(remedies):
        if remedy is not None:
            found = replace(remedy, otherwise=found)
    return found
