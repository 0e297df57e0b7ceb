"""What the code keeps to besides the order of its layers: rules that hold today, each tried out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from msgspec.structs import replace

from archlint.adoption.draft import Entry, Value
from archlint.adoption.proposal.reach import reached
from archlint.adoption.proposal.trials import Trials
from archlint.adoption.proposal.vocabulary import RANKS, WIRING
from archlint.frameworks.borders import (
    ENTITIES,
    QUERIES,
    REQUEST_TYPES,
    REQUESTS,
    STAND_ON,
    STATEMENTS,
    TRANSACTIONS,
)
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.project import Project
from archlint.registry import Registry

_TOLD: Final = (
    "The code keeps to all that follows already. Take out what is not meant, and add `because` to the rest."
)
_USE: Final = "layers/restricted-use"
_MODELS: Final = RANKS["models"]
_GUARDING: Final = (RANKS["services"], RANKS["repositories"])
"""Layers that are there to be gone through."""


def habits(project: Project, layers: Mapping[str, Value], upward: int, registry: Registry) -> Iterator[Entry]:
    """The rules, the first with a word on all of them. `upward`: how many imports break the order now."""
    trials = Trials(project, layers, registry)
    inner = [name for name in layers if name not in WIRING]
    found = (
        *_on_objects(trials, upward),
        *_closed(trials, project, layers, inner),
        *_about_data(trials, project, inner),
        *_about_requests(trials, project, inner),
    )
    for at, entry in enumerate(found):
        yield replace(entry, comments=() if at else (_TOLD,))


def _on_objects(trials: Trials, upward: int) -> Iterator[Entry]:
    entry = Entry("layers/upward-import", {"uses": True})
    if trials.findings(entry) <= upward:
        yield entry


def _closed(
    trials: Trials, project: Project, layers: Mapping[str, Value], inner: Sequence[str]
) -> Iterator[Entry]:
    """The layers that nobody above goes round, and what is reached through them alone."""
    pairs = reached(project, layers)
    own = {} if len(inner) == len(layers) else {"layers": {name: layers[name] for name in inner}}
    closed: dict[tuple[str, ...], tuple[str, ...]] = {}
    for at, name in enumerate(inner):
        above, below = inner[:at], inner[at + 1 :]
        if RANKS[name] not in _GUARDING or not any((upper, name) in pairs for upper in above):
            continue
        open_to_all = tuple(low for low in below if any((upper, low) in pairs for upper in above))
        if any((name, low) in pairs for low in below if low not in open_to_all):
            closed[open_to_all] = (*closed.get(open_to_all, ()), name)
    for open_to_all, names in closed.items():
        options: dict[str, Value] = {"closed": names, "from-above": open_to_all, **own}
        entry = Entry("layers/skipped-layer", {key: each for key, each in options.items() if each})
        if trials.holds(entry):
            yield entry


def _about_data(trials: Trials, project: Project, inner: Sequence[str]) -> Iterator[Entry]:
    for package in _imported(project, QUERIES):
        groups: dict[tuple[str, ...], tuple[str, ...]] = {}
        asking = _users(trials, QUERIES[package], inner)
        for table in (QUERIES, STATEMENTS, TRANSACTIONS):
            symbols = table.get(package, ())
            users = _users(trials, symbols, inner)
            if table is STATEMENTS and users:
                users = [name for name in inner if name in (*asking, *users)]
            if table is TRANSACTIONS and symbols and asking and not users:
                users = _from_first_guarding(inner)  # what is around all layers ends them
            if users:
                groups[tuple(users)] = (*groups.get(tuple(users), ()), *symbols)
        for those, symbols in groups.items():
            yield from _kept(trials, symbols, those, inner)
        above = tuple(name for name in _others(asking, inner) if package in ENTITIES)
        whole = Entry("layers/leaked-type", {"types": ENTITIES.get(package, ()), "into": above})
        into = tuple(name for name in above if name not in trials.found_in(whole)) if above else ()
        entry = replace(whole, options={**whole.options, "into": into})
        if into and trials.holds(entry):
            yield entry


def _from_first_guarding(inner: Sequence[str]) -> list[str]:
    first = next((at for at, name in enumerate(inner) if RANKS[name] in _GUARDING), len(inner))
    return list(inner[first:])


def _users(trials: Trials, symbols: tuple[str, ...], inner: Sequence[str]) -> list[str]:
    """The layers that use some symbols; each is asked while another one may."""
    if not symbols or len(inner) < 2:
        return []
    *upper, last = inner
    found: set[str] = set()
    for allowed, within in ((last, tuple(upper)), (inner[0], (last,))):
        options: dict[str, Value] = {"symbols": symbols, "allowed-in": (allowed,), "within": within}
        found |= trials.found_in(Entry(_USE, options))
    return [name for name in inner if name in found]


def _others(users: Sequence[str], inner: Sequence[str]) -> list[str]:
    """The layers above the last of some that are none of these; none where the first is at the top."""
    if not users or users[0] == inner[0]:
        return []
    return [name for name in inner[: inner.index(users[-1])] if name not in users]


def _kept(
    trials: Trials, symbols: tuple[str, ...], users: Sequence[str], inner: Sequence[str]
) -> Iterator[Entry]:
    """That the others leave some symbols to their users: models for their callers only, if that holds."""
    if not _others(users, inner):
        return
    within = tuple(name for name in inner if name not in users)
    offering = tuple(name for name in users if RANKS[name] == _MODELS) if len(users) > 1 else ()
    for helpers, through in product(dict.fromkeys((offering, ())), (True, False)):
        options: dict[str, Value] = {
            "symbols": symbols,
            "allowed-in": tuple(name for name in users if name not in helpers),
            "within": within,
        }
        if helpers:
            options["helpers"] = helpers
        if through:
            options["through-helpers"] = True
        entry = Entry(_USE, options)
        if options["allowed-in"] and trials.holds(entry):
            yield entry
            return


def _about_requests(trials: Trials, project: Project, inner: Sequence[str]) -> Iterator[Entry]:
    """That what answers requests stays above those layers that know nothing of it."""
    packages = tuple(_imported(project, REQUESTS))
    modules = tuple(dict.fromkeys(name for package in packages for name in REQUESTS[package]))
    if not modules or not inner:
        return
    users = trials.found_in(Entry("imports/forbidden", {"from-modules": tuple(inner), "to": modules}))
    first = next((at for at, name in enumerate(inner) if name in users), len(inner))
    below = tuple(name for name in inner[first:] if name not in users)
    if not below:
        return
    yield Entry("imports/forbidden", {"from-modules": below, "to": modules})
    types = tuple(dict.fromkeys(name for package in packages for name in REQUEST_TYPES.get(package, ())))
    for through in (True, False):
        options: dict[str, Value] = {"types": types, "into": below, "through-helpers": through}
        entry = Entry("layers/leaked-type", {key: each for key, each in options.items() if each})
        if types and trials.holds(entry):
            yield entry
            return


def _imported(project: Project, packages: Collection[str]) -> Iterator[str]:
    """Those of some packages that the project imports."""
    graph = project.view(ImportGraph)
    names = {f"{edge.name}." for module in project.modules for edge in graph.external_of(module)}
    names |= {f"{inside}." for top, inside in STAND_ON.items() if any(n.startswith(f"{top}.") for n in names)}
    yield from (package for package in packages if any(name.startswith(f"{package}.") for name in names))
