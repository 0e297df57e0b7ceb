"""What mapped classes take by name that have a constructor of their own: `def __init__(self, **options)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.asked.constructors import is_mapped_as_dataclass
from archlint.frameworks.taken_keywords import Taken, taken_by

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass


def taken_by_name(lineage: Lineage, mapped: MappedClass) -> Taken | None:
    """What a class takes by name; None where nobody can tell."""
    if mapped.is_open or mapped.is_imperative or "__init__" in mapped.given_later:
        return None
    return None if is_mapped_as_dataclass(lineage, mapped.cls) else taken_by(lineage.order(mapped.cls))
