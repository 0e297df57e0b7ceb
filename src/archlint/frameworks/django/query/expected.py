"""Failures that somebody expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.flow.trace import Event, Trace


def is_caught(trace: Trace, event: Event, errors: frozenset[str]) -> bool:
    """Whether a handler is there for one of some errors.

    That a test looks whether it raises, `with self.assertRaises(ValueError)`, is none: what a test shows of
    the code is what is to be said of it.
    """
    if errors.isdisjoint(event.context.caught):
        return False
    return not (event.context.managers and is_test(trace.module.path))
