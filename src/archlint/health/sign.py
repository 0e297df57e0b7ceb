"""What an examination consists of."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import msgspec


class State(Enum):
    """What a sign means for the user."""

    GOOD = "good"
    ADVICE = "advice"
    """It could be better, and nothing is wrong."""

    AMISS = "amiss"
    """Findings may be missing, or mean nothing, until it is mended."""


class Sign(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    text: str
    state: State = State.GOOD
    hint: str = ""
    """What to do about it; never empty but where all is well."""


class Section(msgspec.Struct, frozen=True):
    """Signs that belong together."""

    title: str
    signs: tuple[Sign, ...]


class Examination(msgspec.Struct, frozen=True):
    """All that was looked at."""

    sections: tuple[Section, ...]

    def having(self, state: State) -> Iterator[Sign]:
        """The signs of one state."""
        return (sign for section in self.sections for sign in section.signs if sign.state is state)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is amiss."""
        return not any(self.having(State.AMISS))
