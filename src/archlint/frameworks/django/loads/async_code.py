"""What queries the database from asynchronous code, where Django refuses it.

https://docs.djangoproject.com/en/5.2/topics/async/#async-safety
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Expression
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.django.loads.execution import Asked, Execution
from archlint.frameworks.django.writes.waiting import waits
from archlint.frameworks.places.expressions import place
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Iterated, Trace

if TYPE_CHECKING:
    from archlint.project.project import Project


class AskedInAsync(msgspec.Struct, frozen=True):
    """A query that the event loop would have to wait for."""

    asked: Asked
    trace: Trace
    """The run of the asynchronous function."""

    form: Expression
    """The query, or the call in the asynchronous function that leads to it."""

    is_direct: bool


def asked_in_async(project: Project) -> Iterator[AskedInAsync | None]:
    """Every query that is not asynchronous itself; None for those that no asynchronous code leads to."""
    is_off_in_tests = cache(partial(_is_allowed, project))
    for asked in project.view(Execution).all:
        if asked.is_async or _is_expected(asked):
            continue
        is_doubted = _is_handed_on(asked) or _is_for_callers(project, asked)
        found = () if is_doubted else tuple(_asynchronous(project, asked, is_off_in_tests))
        yield from found or (None,)


def _asynchronous(
    project: Project, asked: Asked, is_off_in_tests: Callable[[], bool]
) -> Iterator[AskedInAsync]:
    """The ways from asynchronous functions to a query."""
    for trace, way in project.view(CallSites).ways_up(asked.trace, waits):
        if trace.function is None or not trace.function.fact.is_async:
            continue
        if is_test(trace.module.path) and is_off_in_tests():
            continue
        yield AskedInAsync(asked, trace, way[-1].event.form if way else asked.form, not way)


def _is_for_callers(project: Project, asked: Asked) -> bool:
    """Whether callers may have prefetched what is asked for: of the object only its annotation is known."""
    owners = [one.of for one in asked.sets]
    function = asked.trace.function
    return (
        asked.is_served_whole
        and function is not None
        and all(owner is not None and owner.how == "given" for owner in owners)
        and project.view(CallSites).is_called(function)
    )


def is_guard_off(project: Project) -> bool:
    """Whether the project's own code switches Django's guard off: what it asks blocks, and does not fail."""
    word = _SWITCH.encode()
    return any(module.speaks_of(word) for module in project.modules if not is_test(module.path))


def _is_allowed(project: Project) -> bool:
    """Whether something that tests read switches Django's guard off; asked only where it matters."""
    paths = (*project.files, *(module.path for module in project.modules))
    return any(_SWITCH in project.text(path).text for path in paths if _OF_TESTS.search(path))


_SWITCH = "DJANGO_ALLOW_ASYNC_UNSAFE"
_OF_TESTS = re.compile(
    r"(?:^|/)(?:conftest\.py|manage\.py|(?:pytest|tox|setup)\.(?:ini|cfg)|pyproject\.toml|[^/]*tests?[^/]*\.py)$"
    r"|settings|/tests?/|\.env|\.github/"
)
"""Files that may set up the tests."""


def _is_expected(asked: Asked) -> bool:
    """Whether a test looks at what fails there."""
    return bool(asked.context.managers) and is_test(asked.trace.module.path)


def _is_handed_on(asked: Asked) -> bool:
    """Whether it only makes an iterator, which asks when somebody goes through it, in a thread perhaps."""
    if asked.how != "iterator":
        return False
    here = place(asked.form)
    return not any(isinstance(one, Iterated) and place(one.form) == here for one in asked.trace.events)
