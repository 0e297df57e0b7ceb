"""What a project is compared with, and what was found there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from archlint.changes.state import State
from archlint.changes.terms import Terms


class Earlier(msgspec.Struct, frozen=True):
    """An earlier state, as files."""

    root: Path
    """The project's root among them."""

    label: str
    """What it is called: `main (1a2b3c4)`."""


class Found(msgspec.Struct, frozen=True, array_like=True):
    """What was found in an earlier state."""

    state: State = State()
    terms: Terms | None = None
    """None where its configuration cannot be read."""

    packs: tuple[str, ...] = ()
    """Those that ran."""

    notices: tuple[str, ...] = ()
    is_whole: bool = True
    """Whether everything ran to its end, so that the next run may have this again."""

    is_told: bool = True
    """Whether anything could be found out, so that there is something to compare with."""


class Base(msgspec.Struct, frozen=True):
    """What to compare with; its files are only asked for where nothing is remembered of it."""

    label: str
    """What it is called: `main (1a2b3c4)`."""

    content: str
    """Changes with its files; empty where nothing may be remembered."""

    files: Callable[[], AbstractContextManager[Earlier]]
    notices: tuple[str, ...] = ()
    is_sparse: bool = False
    """Whether files are left out of it that the work tree, by a sparse checkout, does not have either."""
