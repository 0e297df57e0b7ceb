"""How far sessions have come at one point of a run: what was committed, rolled back, closed, written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.project.flow.remembered import MIXED, Begun, Happened, Openings

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.project.flow.behaviour import Site

Remembered = Callable[[object], object]
"""`site.state` or the `get` of an event's state."""

_NOTHING = "nothing"
_MOST_WITHIN = 2
"""Sessions of one place inside another that are told apart."""

_PHASES = ("commit", "rollback", "close", "flush")


_TIMES = 5
"""How often something may happen at one place before nobody counts."""


class Mark(Happened, frozen=True):
    """That something happened at a place; `again` tells the next time from the last."""

    place: Place
    again: int = 0

    def after(self, before: object) -> Mark:
        """A helper commits at the same place each time."""
        if not isinstance(before, Mark) or before.place != self.place:
            return self
        return replace(self, again=(before.again + self.again + 1) % _TIMES)


class Since(msgspec.Struct, frozen=True):
    """The last commit, rollback, close and flush of a session."""

    commit: Mark | None = None
    rollback: Mark | None = None
    close: Mark | None = None
    flush: object = None
    """A mark too, or `MIXED` where one way had a flush and another had none."""

    openings: object = 0
    """How many times more than once a session of its place had begun: which of them it is."""


def has_flushed(before: Since, now: Since) -> bool:
    """Whether there was surely a flush since."""
    return MIXED not in (before.flush, now.flush) and now.flush != before.flush


class Writing(msgspec.Struct, frozen=True):
    """A change that waits for a commit, and how far its session had come by then."""

    place: Place
    since: Since
    is_told: bool = True
    """Whether the session was told, or an attribute of one object was set.

    What is set on each of many rows may be there to be shown only.
    """


def since(remembered: Remembered, session: Origin) -> Since | None:
    """How far a session has come; None where two ways meet that say different things."""
    found = [remembered((session, phase)) for phase in _PHASES]
    if MIXED in found[:-1]:
        return None
    commit, rollback, close, flush = found
    last_flush = flush if flush is MIXED else _mark(flush)
    return Since(_mark(commit), _mark(rollback), _mark(close), last_flush, openings(remembered, session))


def openings(remembered: Remembered, session: Origin) -> object:
    """How many times more than once a session of one place has begun; `MIXED` where nobody can tell."""
    return remembered(Openings(session)) or 0


def carried(before: Since, there: Remembered, now: Remembered, session: Origin) -> Since | None:
    """What was known in a run on its own, as its caller sees it; None where nobody can tell.

    What the run did not come to, commit or close, is as the caller had it.
    """
    commit, rollback, close, flush = (
        _carried_phase(getattr(before, phase), there((session, phase)), now((session, phase)))
        for phase in _PHASES
    )
    if MIXED in (commit, rollback, close):
        return None
    openings_there = _carried_openings(before, there, now, session)
    return Since(_mark(commit), _mark(rollback), _mark(close), flush, openings_there)


def _carried_phase(known: object, end: object, last: object) -> object:
    """The last mark of one phase; `MIXED` where nobody can tell."""
    if end is MIXED or _mark(end) != known:
        return known
    return last if last is MIXED else _mark(last)


def _mark(found: object) -> Mark | None:
    return found if isinstance(found, Mark) else None


def _carried_openings(before: Since, there: Remembered, now: Remembered, session: Origin) -> object:
    """Which session of its place it is as the caller counts them, who may have known others before."""
    known, end, last = before.openings, openings(there, session), openings(now, session)
    if isinstance(known, int) and isinstance(end, int) and isinstance(last, int):
        return last - (end - known)
    return last if end == known else MIXED


def rolled_back(remembered: Remembered, session: Origin, before: Since) -> Since | None:
    """How far a session has come that was surely rolled back since, whatever it had committed; else None."""
    rollback, close, flush = (remembered((session, phase)) for phase in ("rollback", "close", "flush"))
    if MIXED in (rollback, close, flush) or not isinstance(rollback, Mark) or rollback == before.rollback:
        return None
    return Since(before.commit, rollback, _mark(close), _mark(flush), openings(remembered, session))


def happened(site: Site, session: Origin, phase: str, place: Place) -> None:
    """A commit, rollback, close or flush."""
    mark = Mark(place).after(site.state((session, phase)))
    site.remember((session, phase), mark)
    if phase in ("commit", "rollback"):
        site.remember((session, "flush"), mark)


def written(site: Site, session: Origin, place: Place, *, is_told: bool = True) -> None:
    """Something was changed that waits for a commit."""
    now = since(site.state, session)
    if now is not None:
        writing = Writing(place, now, is_told)
        site.remember((session, "writing"), writing)
        site.remember((session, place), writing)


def beside_others(site: Site, session: Origin) -> Origin:
    """A session that is about to begin where others of its place may be open: one more than those."""
    found = session
    while site.state(Begun(found)) == 1 and found.within < _MOST_WITHIN:
        found = replace(found, within=found.within + 1)
    return found


def opened(site: Site, session: Origin) -> None:
    """A session begins. What an earlier one of the same place had come to is over."""
    number = site.state(Begun(session)) or 0
    if site.state(Begun(session)) is not None:
        before = openings(site.state, session)
        site.remember(Openings(session), before + 1 if isinstance(before, int) else MIXED)
    if not number and waiting(site.state, session) is None:
        site.remember((session, "writing"), _NOTHING)
    site.remember(Begun(session), number + 1 if isinstance(number, int) else MIXED)
    site.remember((session, "status"), "open")
    if isinstance(site.state((session, "close")), Mark):
        site.remember((session, "reopened"), True)
    for fact in (*_PHASES, "transaction"):
        # Said aloud, so that callers forget what they knew.
        site.remember((session, fact), MIXED if number else _NOTHING)


def closed(site: Site, session: Origin, place: Place) -> None:
    """A session ends: which one, where several of one place are open, nobody can tell."""
    number = site.state(Begun(session)) or 0
    if isinstance(number, int) and number and site.state((session, "status")) == "open":
        site.remember(Begun(session), number - 1)
    if number not in (0, 1):
        for fact in (*_PHASES, "status"):
            site.remember((session, fact), MIXED)
        return
    site.remember((session, "status"), "closed")
    site.remember((session, "transaction"), _NOTHING)
    happened(site, session, "close", place)


def waiting(remembered: Remembered, session: Origin) -> Writing | None:
    """The change that is neither committed nor rolled back; None for none, and where nobody knows."""
    writing = remembered((session, "writing"))
    return writing if isinstance(writing, Writing) and waits(remembered, session, writing) else None


def is_never_committed(remembered: Remembered, session: Origin, writing: Writing) -> bool:
    """Whether a change is committed on none of the ways here, though it may be rolled back on some."""
    found = remembered((session, "commit"))
    return found is not MIXED and _mark(found) == writing.since.commit


def waits(remembered: Remembered, session: Origin, writing: Writing) -> bool:
    """Whether a change is surely neither committed nor rolled back."""
    now, before = since(remembered, session), writing.since
    return now is not None and (before.commit, before.rollback) == (now.commit, now.rollback)
