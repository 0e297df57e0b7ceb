"""What queries give besides objects: rows of columns, numbers, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN, Answer
from archlint.project.flow.behaviour import Behaviour

if TYPE_CHECKING:
    from archlint.frameworks.django.query.sets.query_set import QuerySet


class Row(Behaviour, frozen=True):
    """One of what `values()`, `values_list()` or `aggregate()` gives; the shape is that of its query set."""

    source: QuerySet

    @property
    def kind(self) -> object:
        """Rows of one shape are alike."""
        return (self.source.model, self.source.shape)

    @property
    def parts(self) -> tuple[Answer, ...] | None:
        """The columns of a tuple, of which nothing but their number is known."""
        source = self.source
        if source.is_open or source.takes_all or source.shape not in ("tuples", "named"):
            return None
        return (UNKNOWN,) * len(source.columns)


class Key(Behaviour, frozen=True):
    """The key of an object of a model: `order.pk`, `line.order_id`."""

    model: str

    @property
    def kind(self) -> object:
        """Keys of one model are alike."""
        return ("key", self.model)


class Plain(Behaviour, frozen=True):
    """An object of a class of Python's own, which a method gives that queries the database."""

    of: str
    """The name of the class: `int`, `bool`, `tuple`."""

    by: str
    """The name of the method."""

    @property
    def kind(self) -> object:
        """Numbers are alike."""
        return self.of


BY_METHOD = {
    "count": "int",
    "exists": "bool",
    "contains": "bool",
    "update": "int",
    "bulk_update": "int",
    "delete": "tuple",
}
"""The class of what a method gives."""
