"""What modules put on a base that is a value: `db.Model.fetch = classmethod(fetch)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute
from archlint.facts.statements import Assign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.frameworks.sqlalchemy.mappings import Mappings
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.module import Module


class AddedToBases:
    """The names that every mapped class of a registry has, since its base is given them from outside."""

    def __init__(self, mappings: Mappings) -> None:
        self._mappings = mappings
        self._names: set[tuple[str, str]] = set()
        for module in mappings.candidates.reaching:
            self._names.update(self._added_in(module))

    def has(self, entity: Entity, name: str) -> bool:
        """Whether a mapped class has a name from there."""
        registry = entity.mapped.registry
        return registry is not None and (registry.name, name) in self._names

    def _added_in(self, module: Module) -> Iterator[tuple[str, str]]:
        for statement in module.body:
            for target in statement.targets if isinstance(statement, Assign) else ():
                if not isinstance(target, Attribute):
                    continue
                base = self._mappings.names.origin(module, "", target.value)
                registry = self._mappings.lineage.registry_of_value(base)
                if registry is not None:
                    yield registry.name, target.attr
