"""A bar on a terminal for what takes longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    # In click up to 8.1 the class is not generic where it runs, only where it is checked.
    from click._termui_impl import ProgressBar

PATIENCE: Final = 1.0
"""Seconds before the bar appears."""


class Bar:
    """Told how many of how many files are done; draws once that takes long."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._bar: ProgressBar[int] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show that so many files are done."""
        if self._bar is None:
            if self._clock() - self._start < PATIENCE or done == total:
                return
            import click

            self._bar = click.progressbar(length=total, label="Reading files", file=self._stream)
        self._bar.update(done - self._bar.pos)
        if done == total:
            self.close()

    def close(self) -> None:
        """End the line of the bar, also one that is cut short. The next project starts a new one."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
        self._start = self._clock()


@contextmanager
def bar(stream: TextIO | None, is_wanted: bool) -> Iterator[Bar | None]:
    """A bar on a terminal, None in a pipe."""
    if stream is None or not is_wanted or not stream.isatty():
        yield None
        return
    shown = Bar(stream)
    try:
        yield shown
    finally:
        shown.close()
