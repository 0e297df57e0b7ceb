"""By which foreign keys two mapped classes are joined, and how many that makes on either side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Collection, Lambda, Literal, Name
from archlint.frameworks.orm import Cardinality

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.sqlalchemy.mapping.classes import Classes
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
    from archlint.frameworks.sqlalchemy.tables.catalog import Catalog
    from archlint.frameworks.sqlalchemy.tables.words import ForeignKey, Table
    from archlint.frameworks.sqlalchemy.texts import Texts


_SAID = frozenset({"foreign_keys", "link_model", "primaryjoin", "secondary"})


class Paths(msgspec.Struct, frozen=True):
    """The foreign keys between the tables of two classes."""

    there: tuple[ForeignKey, ...]
    """From the first to the second."""

    back: tuple[ForeignKey, ...]
    """From the second to the first."""

    is_known: bool
    """Whether all keys of both are known."""


def is_joined_by_keys(relationship: Relationship) -> bool:
    """Whether a relationship leaves it to the foreign keys of both tables how it joins."""
    return relationship.is_whole and not _SAID & set(relationship.options)


def _referring(
    relationship: Relationship, owner: MappedClass, target: MappedClass | None
) -> MappedClass | None:
    """The class whose columns `foreign_keys` names; None where it names none, or nobody can tell."""
    given = relationship.options.get("foreign_keys")
    names = set(_named(given)) if given is not None else set()
    if not names or target is None:
        return None
    sides = [side for side in (owner, target) if names <= side.columns.keys()]
    return sides[0] if len(sides) == 1 else None


def _named(form: Expression) -> Iterator[str]:
    """The last names of the columns that an expression or a text speaks of."""
    if isinstance(form, Lambda):
        yield from _named(form.body)
    elif isinstance(form, Collection):
        for item in form.items:
            yield from _named(item)
    elif isinstance(form, Attribute):
        yield form.attr
    elif isinstance(form, Name):
        yield form.id
    elif isinstance(form, Literal) and isinstance(form.value, str):
        yield from (word.rpartition(".")[2] for word in form.value.strip("[]() ").replace(" ", "").split(","))


class Joins:
    """Answers how classes are joined."""

    def __init__(self, catalog: Catalog, classes: Classes, texts: Texts) -> None:
        self._catalog = catalog
        self._classes = classes
        self._texts = texts

    def tables(self, of: MappedClass) -> tuple[Table, ...]:
        """The tables of a class, its own first, then those of its parents."""
        found: list[Table] = []
        each: MappedClass | None = of
        while each is not None:
            table = self._catalog.owned(each.key)
            if table is not None:
                found.append(table)
            each = self._classes.of(each.parent) if each.parent is not None else None
        return tuple(found)

    def paths(self, first: MappedClass, second: MappedClass) -> Paths:
        """The foreign keys between two classes."""
        one, other = self.tables(first), self.tables(second)
        is_known = not (first.is_open or second.is_open)
        there, known_there = self.between(one, other)
        back, known_back = self.between(other, one)
        return Paths(there, back, is_known and known_there and known_back)

    def candidates(self, first: MappedClass, second: MappedClass) -> tuple[ForeignKey, ...]:
        """The foreign keys that a relationship between two classes has to choose from.

        Those of its own table go before those of its parents'; keys of the same columns count once, and
        those that join a table to its parent's not at all.
        """
        parents = set(map(id, self.tables(first)[1:]))
        others = tuple(table for table in self.tables(second) if id(table) not in parents)
        for own in (self.tables(first)[:1], self.tables(first)):
            there, _ = self.between(own, others)
            back, _ = self.between(others, own) if first.key != second.key else ((), True)
            found = {(each.columns, each.references[0].text): each for each in (*there, *back)}
            if found:
                return tuple(found.values())
        return ()

    def between(
        self, sources: tuple[Table, ...], targets: tuple[Table, ...]
    ) -> tuple[tuple[ForeignKey, ...], bool]:
        """The foreign keys from some tables to others, and whether these are surely all."""
        found: list[ForeignKey] = []
        is_known = bool(sources and targets)
        for table in sources:
            is_known &= not table.is_open
            for key in table.foreign_keys:
                target = self._catalog.target(key.references[0], table.metadata)
                if target is None:
                    is_known = False
                elif any(target is each for each in targets):
                    found.append(key)
        return tuple(found), is_known

    def secondary(self, relationship: Relationship, owner: MappedClass) -> tuple[str, Table | None]:
        """The name that a relationship gives to its association table, and the table."""
        given = relationship.options.get("secondary", relationship.options.get("link_model"))
        if given is None:
            return "", None
        if isinstance(given, Lambda):
            given = given.body
        text = self._texts.of(relationship.module, relationship.scope, given)
        if text is not None:
            metadata = owner.table.metadata if owner.table is not None else ""
            found = self._catalog.named(metadata, text)
            return text, found[0] if len(found) == 1 else None
        if not isinstance(given, (Name, Attribute)):
            return "?", None
        table = self._catalog.of_value(relationship.module, relationship.scope, given)
        return (table.key or table.owner if table is not None else "?"), table

    def _among_shared(self, owner: MappedClass, target: MappedClass | None) -> tuple[ForeignKey, ...]:
        """The foreign keys from the tables that two classes share: no others lead from heir to parent."""
        if target is None:
            return ()
        theirs = self.tables(target)
        shared = tuple(one for one in self.tables(owner) if any(one is each for each in theirs))
        return self.between(shared, theirs)[0]

    def cardinality(
        self, relationship: Relationship, owner: MappedClass, target: MappedClass | None
    ) -> Cardinality:
        """How many there are on both sides of a relationship."""
        uselist = relationship.uselist
        if relationship.options.get("secondary") or relationship.options.get("link_model"):
            return Cardinality.MANY_TO_ONE if uselist is False else Cardinality.MANY_TO_MANY
        paths = self.paths(owner, target) if target is not None else Paths((), (), False)
        is_own = target is not None and set(map(id, self.tables(owner))) & set(map(id, self.tables(target)))
        remote = relationship.options.get("remote_side")
        if remote is not None and is_own:
            referring = {name for key in self._among_shared(owner, target) for name in key.columns}
            is_many = uselist or (uselist is None and not referring.isdisjoint(_named(remote)))
            return Cardinality.ONE_TO_MANY if is_many else Cardinality.MANY_TO_ONE
        side = None if is_own else _referring(relationship, owner, target)
        if side is not None:
            many = Cardinality.ONE_TO_ONE if uselist is False else Cardinality.ONE_TO_MANY
            return Cardinality.MANY_TO_ONE if side is owner else many
        if not paths.is_known and _SAID & set(relationship.options):
            return Cardinality.ONE_TO_MANY if uselist else Cardinality.UNKNOWN
        if paths.there and not paths.back:
            return Cardinality.MANY_TO_ONE  # a list annotation does not change it
        if paths.back and not paths.there:
            return Cardinality.ONE_TO_ONE if uselist is False else Cardinality.ONE_TO_MANY
        if paths.back and is_own:
            return Cardinality.ONE_TO_ONE if uselist is False else Cardinality.ONE_TO_MANY
        return Cardinality.ONE_TO_MANY if uselist else Cardinality.UNKNOWN
