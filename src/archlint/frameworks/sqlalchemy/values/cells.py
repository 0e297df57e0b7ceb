"""Plain values that a column of a mapped class gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import Value

_PYTHON: Final[Mapping[str, type]] = MappingProxyType(
    {
        **dict.fromkeys(("BigInteger", "Integer", "SmallInteger"), int),
        **dict.fromkeys(("String", "Text", "Unicode", "UnicodeText"), str),
        "Boolean": bool,
        "Date": date,
        "DateTime": datetime,
        "Float": float,
    }
)
_SAID: Final[Mapping[str, type]] = MappingProxyType(
    {
        **{f"builtins.{each.__name__}": each for each in (bool, float, int, str)},
        **{f"datetime.{each.__name__}": each for each in (date, datetime)},
    }
)
"""What an annotation says: `Mapped[int]`."""


class Cell(Behaviour, frozen=True):
    """What is in one column of one row: text, a number."""

    column: Attr
    type: str
    """The name of its class in Python."""

    def has(self, name: str) -> bool:
        """Whether values of its class have an attribute."""
        return hasattr(CLASSES[self.type], name)


def cell_of(column: Value) -> Value:
    """The value of a plain column; UNKNOWN where nobody can tell of what class it is."""
    if not isinstance(column, Attr) or column.origin.entity is None:
        return UNKNOWN
    found = column.origin.entity.mapped.columns.get(column.name)
    if found is None:
        return UNKNOWN
    package, _, name = found.type.rpartition(".")
    python = _PYTHON.get(name) if package.startswith("sqlalchemy") else _SAID.get(found.type)
    return Cell(column, python.__name__) if python is not None else UNKNOWN


CLASSES: Final[Mapping[str, type]] = MappingProxyType(
    {each.__name__: each for each in (*_PYTHON.values(), *_SAID.values())}
)
