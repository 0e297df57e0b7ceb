"""What a run has found out about a project besides its facts, as it crosses process borders."""

from __future__ import annotations

import msgspec

from archlint.project.objects.inferred import Answer


class Noticed(msgspec.Struct, frozen=True, array_like=True):
    """What is to be kept with the verdicts that rest on it."""

    ignored: dict[str, bool]
    """The paths of which somebody has asked whether they are ignored, and whether they are."""

    texts: dict[str, bytes]
    """The digests of all files whose text somebody has asked for, there or not, as they were then."""

    inferred: list[Answer]
    """What inference has answered."""
