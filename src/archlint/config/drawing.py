"""The kind of value that a drawing is: layers by name, from top to bottom."""

from __future__ import annotations

from archlint.config.containers import Array, Either, Table
from archlint.config.patterns import layer_pattern
from archlint.config.records import Key, Record
from archlint.config.scalars import FLAG, PathText

_PATTERNS = Array(PathText(rebase=layer_pattern), "patterns", least=1)

_LAYER = Record(
    "key",
    {
        "modules": Key(_PATTERNS, "What the layer holds, as paths or dotted names.", is_required=True),
        "except": Key(Array(PathText(rebase=layer_pattern), "patterns"), "What it holds not, all the same."),
        "optional": Key(FLAG, "Whether the patterns may match nothing.", default=False),
        "independent": Key(
            FLAG, "Whether the parts that the patterns name may not use one another.", default=False
        ),
    },
)

DRAWING = Table(Either((_PATTERNS, _LAYER)))
"""Each layer as an array of patterns, or as a table that says more of it."""
