"""What every web framework has in common: routes, their parameters, and what answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.classes import ProjectClass
    from archlint.project.functions import ProjectFunction


class Parameter(msgspec.Struct, frozen=True):
    """A part of a path that is passed to the handler."""

    name: str
    """Empty for one that is passed by its position."""

    converter: str = ""
    """What it has to look like: `int`, `slug`, a regular expression; empty where nothing is said."""

    is_optional: bool = False
    """The path matches without it too, and then nothing is passed."""


class Handler(msgspec.Struct, frozen=True):
    """What answers a request: a function, or a class whose methods do."""

    name: str
    """Its dotted name."""

    function: ProjectFunction | None = None
    cls: ProjectClass | None = None
    actions: tuple[tuple[str, str], ...] | None = None
    """HTTP methods in lower case with the methods of the class that answer them, where a route says so."""

    is_plain: bool = True
    """Whether it is called with what the route passes: no decorator of the project is in between."""


class Route(msgspec.Struct, frozen=True):
    """A path with what answers it."""

    path: str
    """As it is written, prefixes included; a part that cannot be seen is `…`."""

    methods: frozenset[str] | None
    """In capitals; None for all that the handler answers, or where nobody can tell."""

    parameters: tuple[Parameter, ...]
    """Of all parts of the path, in order."""

    handler: Handler | None
    """None where nobody can tell."""

    name: str
    """By which other code refers to it; empty where it has none."""

    place: Place | None
    given: frozenset[str] = frozenset()
    """Names that are passed to the handler besides the parameters."""

    is_whole: bool = True
    """Whether all that is passed to the handler is known."""

    is_certain: bool = True
    """Whether it is there whatever the settings are."""
