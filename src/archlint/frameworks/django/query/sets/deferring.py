"""Which fields of its rows a query set leaves out: `only` and `defer`.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#defer
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.django.models.field_kinds import WITH_COLUMN

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.frameworks.django.query.objects.model_object import ModelObject


class Deferring(msgspec.Struct, frozen=True):
    """What was told last. The names add up as in `Query.add_deferred_loading` of Django."""

    names: tuple[str, ...] = ()
    is_only: bool = False
    """The names are those that come; otherwise those that do not."""

    def without(self, names: tuple[str, ...]) -> Deferring:
        """After `defer(…)`."""
        if not self.is_only:
            return Deferring((*self.names, *names))
        kept = tuple(name for name in self.names if name not in names)
        if kept:
            return Deferring(kept, True)
        return Deferring(tuple(name for name in names if name not in self.names))

    def just(self, names: tuple[str, ...]) -> Deferring:
        """After `only(…)`, which forgets what it was given before, but not what was deferred."""
        if self.is_only:
            return Deferring(names, True)
        return Deferring(tuple(name for name in names if name not in self.names), True)

    def leaves_out(self, way: tuple[str, ...], names: frozenset[str]) -> bool:
        """Whether a field, by any of its names, does not come with the row that `way` leads to."""
        lead = "".join(f"{name}__" for name in way)
        here = {path[len(lead) :] for path in self.names if path.startswith(lead)} - {""}
        if not self.is_only:
            return not names.isdisjoint(here)
        return bool(here) and names.isdisjoint(path.partition("__")[0] for path in here)


def is_deferred(of: ModelObject, model: DjangoModel, name: str) -> bool:
    """Whether reading a plain field of an object queries the database, as its query set left it out."""
    source = of.source
    if source is None or source.deferring is None or of.how not in ("row", "one"):
        return False
    if source.is_combined or model.is_open:
        return False
    if of.way and "__".join(of.way) not in _joined(source.selected):
        return False  # what is loaded by a query of its own is loaded whole
    names = _names(model, name)
    return bool(names) and source.deferring.leaves_out(of.way, names)


def _joined(paths: tuple[str, ...]) -> set[str]:
    """The paths of `select_related` with all that lead to them."""
    found = set()
    for path in paths:
        parts = path.split("__")
        found |= {"__".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return found


def _names(model: DjangoModel, name: str) -> frozenset[str]:
    """The names of a column that can be left out; none for keys and what a parent holds."""
    if name in model.fields:
        is_own = name in model.local and not model.fields[name].primary_key
        return frozenset({name}) if is_own else frozenset()
    for relation in model.relations.values():
        if relation.attribute == name and relation.kind in WITH_COLUMN and relation.name in model.local:
            is_key = "primary_key" in relation.options or "parent_link" in relation.options
            return frozenset() if is_key else frozenset({name, relation.name})
    return frozenset()
