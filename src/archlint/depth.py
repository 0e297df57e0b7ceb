"""Room for what goes deeper than Python's stack usually allows."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_CALLS = 50_000
_STACK = 512 * 1024 * 1024
"""Ten kilobytes a call, which is more than any takes. Only what is used is ever there."""


def deeply(task: Callable[[], T]) -> T:
    """Do something on a stack large enough for 50,000 calls; on the usual one where that cannot be had.

    Raises what the task raises; KeyboardInterrupt at once, without waiting for the task.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def attempt() -> None:
        try:
            done.append(task())
        except BaseException as error:
            failed.append(error)

    calls, stack = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(max(calls, _CALLS))
    try:
        # Nobody waits for it at exit, so that Ctrl-C ends the program whatever it is doing.
        thread = threading.Thread(target=attempt, daemon=True)
        thread.start()
        thread.join()
    except (RuntimeError, MemoryError):
        sys.setrecursionlimit(calls)
        return task()
    finally:
        threading.stack_size(stack)
        sys.setrecursionlimit(calls)
    if failed:
        raise failed[0]
    return done[0]
