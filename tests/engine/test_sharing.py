"""Rules divided among processes: each is asked once, and all of them say what they say in one process.

Nothing is forked beside threads, of which pytest may have some; so everything here runs in a fresh process.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest

from archlint.checking.asking import Asking
from archlint.checking.sharing import Sharing, shared
from archlint.config.model import Config
from archlint.errors import ArchlintError
from archlint.project import Project
from archlint.project.reads import Look
from archlint.verdicts import Verdicts

from .test_incremental_data import differing

T = TypeVar("T")
NUMBERS = range(40)
SHARED = 2 if sys.platform == "linux" else 1
"""The processes that take part where there are two."""


class Dear:
    """A view that takes long, and says where it was made."""

    def __init__(self) -> None:
        self.made_in = os.getpid()

    @classmethod
    def build(cls, project: Project) -> Dear:
        time.sleep(0.3)
        return cls()


class Rules(Asking):
    """Forty rules. Each tells its number, its process, and the one that made the dear view if it needs it."""

    needing: frozenset[int] = frozenset()
    refusing: frozenset[int] = frozenset()
    deadly: frozenset[int] = frozenset()
    leader: int = 0

    def whole(self, number: int) -> Verdicts:
        time.sleep(0.005)
        if number in self.deadly and os.getpid() != self.leader:
            os._exit(1)
        if number in self.refusing:
            raise ArchlintError(f"{number} is refused")
        made_in = self.project.view(Dear).made_in if number in self.needing else 0
        with self.project.reads.noted() as noted:
            self.project.reads.add((Look.TEXT, f"{os.getpid()}/{number}"))
        return Verdicts((), ((number, os.getpid(), made_in, 0),), self._numbers(noted.looks))


def ask(**kinds: frozenset[int]) -> tuple[Rules, dict[int, Verdicts]]:
    rules = Rules(Project(Config(root=Path()), ()), {}, leader=os.getpid())
    for name, numbers in kinds.items():
        setattr(rules, name, numbers)
    return rules, shared(rules, NUMBERS, Sharing(2, Dear))


@pytest.fixture(scope="module")
def apart() -> Iterator[Callable[..., T]]:
    """Calls a function in a process that has one thread."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield lambda function, *arguments: pool.submit(function, *arguments).result()


def plain() -> tuple[list[int], int, bool]:
    rules, answers = ask()
    looks = list(rules.looks)
    own = all(
        [looks[look][1] for look in verdicts.looks] == [f"{pid}/{number}"]
        for verdicts in answers.values()
        for number, pid, _, _ in verdicts.outcomes
    )
    return sorted(answers), len({verdicts.outcomes[0][1] for verdicts in answers.values()}), own


def test_each_rule_is_asked_by_one_of_two_processes_and_keeps_what_it_has_read(apart):
    assert apart(plain) == (list(NUMBERS), SHARED, True)


def with_needy() -> tuple[list[int], bool, set[bool]]:
    _, answers = ask(needing=frozenset(NUMBERS[::2]))
    said = [verdicts.outcomes[0] for verdicts in answers.values()]
    made_in = {each[2] for each in said} - {0}
    are_shared = len({each[1] for each in said}) >= SHARED
    return sorted(answers), are_shared, {pid == os.getpid() for pid in made_in}


def test_the_dear_view_is_made_once_for_all(apart):
    assert apart(with_needy) == (list(NUMBERS), True, {True})


def with_refused() -> str:
    try:
        ask(refusing=frozenset({31, 7, 12}))
    except ArchlintError as problem:
        return str(problem)
    return ""


def test_of_several_rules_that_refuse_the_first_is_told_of(apart):
    assert {apart(with_refused) for _ in range(5)} == {"7 is refused"}


def with_deadly() -> tuple[list[int], bool]:
    _, answers = ask(deadly=frozenset(NUMBERS))
    return sorted(answers), all(verdicts.outcomes[0][1] == os.getpid() for verdicts in answers.values())


def test_what_a_process_that_dies_leaves_is_asked_again(apart):
    assert apart(with_deadly) == (list(NUMBERS), True)


def beside_a_thread() -> int:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    _, answers = ask()
    over.set()
    thread.join()
    return len({verdicts.outcomes[0][1] for verdicts in answers.values()})


def test_nothing_is_forked_beside_a_thread(apart):
    assert apart(beside_a_thread) == 1


@pytest.mark.parametrize("orm", ["django", "sqlalchemy"])
def test_after_any_edit_two_processes_with_a_cache_say_what_one_says_without(apart, tmp_path, orm):
    different, found = apart(differing, tmp_path, orm, 5, 2)
    assert different == []
    assert found
