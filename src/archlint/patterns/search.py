"""The places in a file that a pattern of the configuration reports, and those it lets pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.concrete.patterns.compiling import Compiled, Sighting, compiled
from archlint.concrete.patterns.literals import said
from archlint.concrete.patterns.matching import Captures, Matcher
from archlint.concrete.patterns.specials import SPECIALS
from archlint.concrete.patterns.templates import filled
from archlint.finding import Edit, Location
from archlint.patterns.names import resolved_chains
from archlint.patterns.replacing import replacement
from archlint.patterns.sight import Sight
from archlint.patterns.trees import Trees
from archlint.rule import Outcome

if TYPE_CHECKING:
    from archlint.concrete.tree import Tree
    from archlint.config.model import CodePattern
    from archlint.project import Module, Project


@dataclass(frozen=True, slots=True)
class Found:
    """A place to report, with what to say of it."""

    location: Location
    message: str
    hint: str
    edits: tuple[Edit, ...]


def search(project: Project, module: Module, pattern: CodePattern) -> Iterator[Found | Outcome]:
    """Every place that the pattern matches, and the outcome of those that something speaks for."""
    tree = project.view(Trees).of(module)
    if tree is None:
        yield Outcome.UNKNOWN
        return
    seen: set[tuple[object, object]] = set()
    for text in pattern.alternatives:
        one = compiled(text)
        sight = Sight(project, module, tree)
        resolved = resolved_chains(pattern, one.reading)
        unsure = 0
        for place in one.find(tree, resolved, sight):
            if (place.first, place.last) in seen:
                continue
            seen.add((place.first, place.last))
            unsure = sight.unsure
            captures = _judged(pattern, one, place, tree, sight)
            if captures is None:
                yield Outcome.UNKNOWN if sight.unsure > unsure else Outcome.KEPT
            else:
                yield _found(pattern, place, captures, tree)
            sight.unsure = unsure
        yield from (Outcome.UNKNOWN for _ in range(sight.unsure))


def _judged(
    pattern: CodePattern, one: Compiled, place: Sighting, tree: Tree, sight: Sight
) -> Captures | None:
    """What the metavariables stand for, if everything that is asked of the place holds."""
    captures = place.captures
    matcher = Matcher(SPECIALS, resolved_chains(pattern, one.reading), sight)
    if any(True for each in pattern.unless for _ in compiled(each).at(place.first, captures, matcher)):
        return None
    if any(True for e in pattern.not_inside for _ in compiled(e).around(tree, place, captures, matcher)):
        return None
    around = (each for e in pattern.inside for each in compiled(e).around(tree, place, captures, matcher))
    for known in around if pattern.inside else (captures,):
        if _holds(pattern, known, tree, sight):
            return known
    return None


def _holds(pattern: CodePattern, captures: Captures, tree: Tree, sight: Sight) -> bool:
    """Whether each metavariable is spelled, resolves and is of a type as it has to be."""
    for name, regex in pattern.where.items():
        if name in captures and not any(_spells(regex, each) for each in _spellings(captures, name, tree)):
            return False
    for name, targets in pattern.resolve.items():
        if name in captures and not all(sight.stands_for(node, targets) for node in captures[name]):
            return False
    for name, classes in pattern.types.items():
        if name in captures and not all(sight.is_instance(node, classes) for node in captures[name]):
            return False
    return True


def _spells(regex: str, text: str) -> bool:
    return re.fullmatch(regex, text, re.DOTALL) is not None


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
    edits: tuple[Edit, ...] = ()
    if pattern.fix:
        edits = (
            Edit(tree.location(place.first, place.last), replacement(pattern.fix, place, captures, tree)),
        )
    return Found(
        tree.location(focus[0], focus[-1]),
        filled(pattern.message, texts, has_braces=True),
        filled(pattern.hint, texts, has_braces=True),
        edits,
    )


def _text(captures: Captures, name: str, tree: Tree) -> str:
    return tree.code_of(captures[name])
