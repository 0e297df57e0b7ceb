"""How much of an architecture is prescribed, in steps that build on each other."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """What a rule holds the code to. Each level asks for all that those below it ask for.

    A pack says which of its rules belong where by `LEVELS` in its `__init__.py`: names of rules, or `*`
    for the rest, with their levels. Rules of which nothing is said are taken to be about architecture.
    """

    NONE = 0
    """Nothing is prescribed: the code has to work with its framework."""

    ARCHITECTURE = 1
    """Where things live, and who may use whom."""

    DATABASE = 2
    """Which database there is, and what it can do."""

    ORM = 3
    """Which ORM reaches it, and how that wants to be used."""
