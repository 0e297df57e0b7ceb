"""What changes with a file."""

from __future__ import annotations

import msgspec


class Digests(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What changes with a file, by how closely somebody looks."""

    interface: bytes = b""
    """Changes with all that other files see at a glance: all but lines and the insides of functions."""

    substance: bytes = b""
    """Changes with the code."""

    places: bytes = b""
    """Changes with the lines that the code stands on."""
