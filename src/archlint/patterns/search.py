"""The places in a file that a pattern of the configuration reports, and those it lets pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.concrete.patterns.compiling import Compiled, Sighting, compiled
from archlint.concrete.patterns.literals import said
from archlint.concrete.patterns.matching import Captures, Matcher
from archlint.concrete.patterns.regular import spells
from archlint.concrete.patterns.specials import SPECIALS
from archlint.concrete.patterns.templates import filled
from archlint.finding import Act, Location, Step
from archlint.patterns.names import names_of
from archlint.patterns.replacing import marked, replacement
from archlint.patterns.sight import Sight
from archlint.project.trees import Trees
from archlint.rule import Outcome

if TYPE_CHECKING:
    from archlint.concrete.tree import Tree
    from archlint.config.model import CodePattern
    from archlint.project import Module, Project


_MOST_WAYS: Final = 100
"""How often a place is looked at anew: with many gaps there may be no end to the ways."""


class Found(msgspec.Struct, frozen=True):
    """A place to report, with what to say of it."""

    location: Location
    message: str
    hint: str
    step: Step | None
    """What mends it."""


def search(project: Project, module: Module, pattern: CodePattern) -> Iterator[Found | Outcome]:
    """Every place that the pattern matches, and the outcome of those that something speaks for."""
    tree = project.view(Trees).of(module)
    if tree is None:
        yield Outcome.UNKNOWN
        return
    seen: set[object] = set()
    for text in pattern.alternatives:
        one = compiled(text)
        sight = Sight(project, module, tree)
        for ways in one.find(tree, names_of(pattern, one.reading), sight):
            found = _first(pattern, one, ways, tree, sight)
            if isinstance(found, Outcome):
                yield found
            elif found is not None and found.location not in seen:
                seen.add(found.location)
                yield found


def _first(
    pattern: CodePattern, one: Compiled, ways: Iterator[Sighting], tree: Tree, sight: Sight
) -> Found | Outcome | None:
    """What is to be said of one place: the first way in which all holds; None where there is no way."""
    sight.unsure = 0
    is_place = False
    for place in islice(ways, _MOST_WAYS):
        is_place = True
        captures = _judged(pattern, one, place, tree, sight)
        if captures is not None:
            return _found(pattern, place, captures, tree)
    if sight.unsure:
        return Outcome.UNKNOWN
    return Outcome.KEPT if is_place else None


def _judged(
    pattern: CodePattern, one: Compiled, place: Sighting, tree: Tree, sight: Sight
) -> Captures | None:
    """What the metavariables stand for, if everything that is asked of the place holds."""
    captures = place.captures
    matcher = Matcher(SPECIALS, names_of(pattern, one.reading), sight)

    def around(texts: Iterable[str], known: Captures) -> Iterator[Captures]:
        for text in texts:
            yield from compiled(text).around(tree, place, known, matcher)

    def inside(groups: Sequence[tuple[str, ...]], known: Captures) -> Iterator[Captures]:
        if not groups:
            yield known
        for each in around(groups[0], known) if groups else ():
            yield from inside(groups[1:], each)

    if not _holds(pattern, captures, captures, tree, sight):
        return None
    instead = (each for text in pattern.unless for each in compiled(text).at(place.first, captures, matcher))
    for each in chain(instead, around(pattern.not_inside, captures)):
        if _holds(pattern, each, each.keys() - captures, tree, sight):
            return None
    found = inside(pattern.inside, captures)
    return next((each for each in found if _holds(pattern, each, each, tree, sight)), None)


def _holds(
    pattern: CodePattern, captures: Captures, names: Collection[str], tree: Tree, sight: Sight
) -> bool:
    """Whether some metavariables are spelled, resolve and are of a type as they have to be."""
    for name, regex in pattern.where.items():
        if name in names and not any(spells(regex, each) for each in _spellings(captures, name, tree)):
            return False
    for name, targets in pattern.resolve.items():
        if name in names and not all(sight.stands_for(node, targets) for node in captures[name]):
            return False
    for name, classes in pattern.types.items():
        if name in names and not all(sight.is_instance(node, classes) for node in captures[name]):
            return False
    return True


def _spellings(captures: Captures, name: str, tree: Tree) -> Iterator[str]:
    """The source of what a metavariable stands for; of a string also what it says."""
    yield _text(captures, name, tree)
    for node in captures[name][:1]:
        text = said(node)
        if isinstance(text, str):
            yield text


def _found(pattern: CodePattern, place: Sighting, captures: Captures, tree: Tree) -> Found:
    texts = {name: _text(captures, name, tree) for name in captures}
    focus = captures.get(pattern.focus) or (place.first, place.last)
    step: Step | None = None
    if pattern.fix:
        text = replacement(marked(pattern.fix, pattern.fix_imports), place, captures, tree)
        step = Step(
            Act.REWRITE, tree.location(place.first, place.last), text, imports=tuple(pattern.fix_imports)
        )
    return Found(
        tree.location(focus[0], focus[-1]),
        filled(pattern.message, texts, has_braces=True),
        filled(pattern.hint, texts, has_braces=True),
        step,
    )


def _text(captures: Captures, name: str, tree: Tree) -> str:
    return tree.code_of(captures[name])
