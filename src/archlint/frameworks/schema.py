"""The models of the whole project, whatever the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.orm import Model

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass


class Schema:
    """Models by key, by class and by label. Each adapter makes one; keys never clash, labels may."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._by_key = {model.key: model for model in models}
        self._by_class = {model.cls: model for model in self._by_key.values() if model.cls is not None}
        self._by_label: dict[str, list[Model]] = {}
        for model in self._by_key.values():
            self._by_label.setdefault(model.label, []).append(model)

    def __iter__(self) -> Iterator[Model]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def model(self, key: str) -> Model | None:
        """The model of this key."""
        return self._by_key.get(key)

    def of_class(self, cls: ProjectClass) -> Model | None:
        """The model that a class of the project is."""
        return self._by_class.get(cls)

    def labelled(self, label: str) -> tuple[Model, ...]:
        """The models that a text may mean."""
        return tuple(self._by_label.get(label, ()))

    def declared(self) -> Iterator[Model]:
        """The models that the project defines."""
        return (model for model in self._by_key.values() if model.cls is not None)
