"""Divides the rules among processes.

A process that is forked knows all that has been found out before it, and only what it says has to come
back. Most of the time goes into one view that cannot be divided and that many rules rest on. So there are
two rounds: in the first, this process makes the view, while another asks the rules that get along without
it; in the second, all have it. Who is done takes the next rule, and what another process leaves
unanswered, for whatever reason, is asked here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from archlint.checking.asking import Asking, Said
from archlint.depth import deeply
from archlint.errors import ArchlintError
from archlint.project.project import Withheld
from archlint.verdicts import Verdicts

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_FIRST = 20
_SECOND = 4
"""Rules from which starting processes pays, before the dear view is there and after."""

_HELPERS = 3
"""More of them would wait for the longest rule, and each makes some views anew."""

_WIDTH = 4
_MOST = 1024
"""Rules of a round, each with as many bytes: a pipe holds so many even where memory for pipes is short."""


class Sharing(msgspec.Struct, frozen=True):
    """Among how many processes the rules are divided, and what one of them makes for all."""

    processes: int = 1
    dear: type | None = None
    """The view that takes longest."""


ALONE = Sharing()

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(int | Said).decode


def shared(asking: Asking, numbers: Sequence[int], sharing: Sharing) -> dict[int, Verdicts]:
    """What the rules of these numbers say of the project. Raises ArchlintError as the first of them does."""
    answers: dict[int, Verdicts] = {}
    try:
        if sharing.processes > 1 and _can_fork():
            if len(numbers) >= _FIRST:
                withheld = frozenset((sharing.dear,) if sharing.dear else ())
                _round(asking, numbers, answers, helpers=1, withheld=withheld)
            rest = [number for number in numbers if number not in answers]
            if len(rest) >= _SECOND and len(numbers) >= _FIRST:
                _round(asking, rest, answers, helpers=min(sharing.processes - 1, _HELPERS))
    except ArchlintError:
        pass  # asked again below, so that it is always the first in order that is raised
    rest = [number for number in numbers if number not in answers]
    return {**answers, **deeply(lambda: {number: asking.whole(number) for number in rest})}


def _can_fork() -> bool:
    """Elsewhere, what a process has open may not outlive a fork; beside threads, nowhere."""
    return sys.platform == "linux" and threading.active_count() == 1


def _round(
    asking: Asking,
    numbers: Sequence[int],
    answers: dict[int, Verdicts],
    *,
    helpers: int,
    withheld: frozenset[type] = frozenset(),
) -> None:
    """Ask what this process and its helpers, who go without what is withheld, get done together.

    Raises ArchlintError as rules do.
    """
    import multiprocessing

    context = multiprocessing.get_context("fork")
    turns = _Turns(numbers)
    team: list[tuple[BaseProcess, Connection]] = []
    try:
        for _ in range(helpers):
            ours, theirs = context.Pipe(duplex=False)
            helper: BaseProcess = context.Process(
                target=_help, args=(asking, turns, theirs, withheld), daemon=True
            )
            helper.start()
            theirs.close()
            team.append((helper, ours))
        deeply(partial(_lead, asking, turns, [ours for _, ours in team], answers))
    finally:
        for helper, ours in team:
            helper.terminate()
            helper.join()
            ours.close()
        turns.close()


class _Turns:
    """Gives each number to one of the processes that read from one pipe; a lock might die with its owner."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._reader, writer = os.pipe()
        os.write(writer, b"".join(number.to_bytes(_WIDTH, "little") for number in numbers[:_MOST]))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        turn = os.read(self._reader, _WIDTH)
        if not turn:
            raise StopIteration
        return int.from_bytes(turn, "little")

    def close(self) -> None:
        """Give up the pipe."""
        os.close(self._reader)


def _lead(asking: Asking, turns: _Turns, team: list[Connection], answers: dict[int, Verdicts]) -> None:
    """Ask until all helpers are done, what they have put off before anything else.

    One of that is asked even if they are done by then, so that the view they wait for is made before the next
    round.
    """
    put_off: list[int] = []
    while team:
        for heard in _heard(team):
            if isinstance(heard, Said):
                answers.update(asking.heard(heard))
            else:
                put_off.append(heard)
        number = put_off.pop() if put_off else next(turns, None)
        if number is not None:
            answers[number] = asking.whole(number)
        elif team:
            team[0].poll(None)


def _heard(team: list[Connection]) -> Iterator[int | Said]:
    """What the helpers have said so far; those that have ended, however, leave the team."""
    for ours in [*team]:
        while ours.poll():
            try:
                yield _decode(ours.recv_bytes())
            except EOFError:
                team.remove(ours)
                break


def _help(asking: Asking, turns: _Turns, theirs: Connection, withheld: frozenset[type]) -> None:
    """Ask for as long as there is something to ask, and say at the end what was answered."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that leads ends us; two tracebacks help nobody
    asking.project.withheld = withheld
    answers: dict[int, Verdicts] = {}

    def ask_all() -> None:
        for number in turns:
            try:
                answers[number] = asking.whole(number)
            except (Withheld, ArchlintError):
                theirs.send_bytes(_encode(number))

    deeply(ask_all)
    theirs.send_bytes(_encode(asking.said(answers)))
    theirs.close()
