"""Columns in the metadata of dataclass fields: `field(metadata={"sa": Column(…)})`."""

from __future__ import annotations

from archlint.facts.expressions import Call, Expression, Lambda, Mapping, dotted

METADATA_KEY = "__sa_dataclass_metadata_key__"
"""Names the key in the metadata; the columns of such a class are there."""


def in_field(value: Expression | None) -> Expression | None:
    """What a dataclass field brings for SQLAlchemy, itself or from a function; else the value as it is."""
    if not isinstance(value, Call) or dotted(value.function).rpartition(".")[2] != "field":
        return value
    metadata = next((each.value for each in value.keywords if each.name == "metadata"), None)
    found = metadata.values if isinstance(metadata, Mapping) else ()
    if len(found) != 1:
        return value
    brought = found[0].body if isinstance(found[0], Lambda) else found[0]
    return brought if isinstance(brought, Call) else value
