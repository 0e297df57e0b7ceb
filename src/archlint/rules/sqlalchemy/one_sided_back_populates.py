"""A `back_populates` that the other side does not give back.

## Why is this bad?

Only the side that says `back_populates` keeps the other in step. Where `Seat.room` names nobody, setting it
leaves `room.seats` unchanged until it is loaded again.

## What to do

Give the other side its `back_populates`, too.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    seats: Mapped[list["Seat"]] = relationship(back_populates="room")


class Seat(Base):
    __tablename__ = "seats"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    room: Mapped[Room] = relationship()  # warning: [sqlalchemy/one-sided-back-populates] "`Room.seats`"
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    seats: Mapped[list["Seat"]] = relationship(back_populates="room")


class Seat(Base):
    __tablename__ = "seats"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    room: Mapped[Room] = relationship(back_populates="seats")
```

## Source

Verified with SQLAlchemy 2.0 and 2.1; "Using the legacy 'backref' relationship parameter" in the
documentation of its ORM says that both sides name each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Remedy, Severity
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.remedies import argument
from archlint.rule import Outcome, Rule, Verdict

_OPPOSITE = (
    {Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_MANY},
    {Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE},
    {Cardinality.MANY_TO_MANY},
)
"""What two sides of one relation are to each other."""

_NAMING = frozenset({"back_populates", "backref", "viewonly", "sync_backref", "overlaps"})


class OneSidedBackPopulates(Rule, frozen=True):
    """Every relationship that names one on the other side is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether the one that is named names it, too."""
        mappings = project.view(Mappings)
        for owner, relationship in mappings.relationships():
            if not relationship.back_populates:
                continue
            targets = mappings.targets(relationship, owner)
            other = targets[0].relationships.get(relationship.back_populates) if len(targets) == 1 else None
            if other is None or not relationship.is_whole or not other.is_whole:
                yield Outcome.UNKNOWN
                continue
            leads_back = mappings.targets(other, targets[0]) == (owner,)
            if not leads_back or not _NAMING.isdisjoint(other.options) or "viewonly" in relationship.options:
                yield Outcome.KEPT
                continue
            if len(_claims(mappings, relationship, targets[0])) > 1:
                yield Outcome.UNKNOWN  # it can name only one of them
                continue
            one = f"`{owner.cls.fact.name}.{relationship.name}`"
            yield self.finding(
                location(project, other.place),
                f"{one} names `{other.name}` as its other side, which does not name it back",
                f'add `back_populates="{relationship.name}"` to `{other.name}`',
                remedy=_named_back(project, mappings, owner, relationship, targets[0]),
                related=(Related(location(project, relationship.place), f"{one} is declared here"),),
            )


def _named_back(
    project: Project, mappings: Mappings, owner: MappedClass, relationship: Relationship, target: MappedClass
) -> Remedy | None:
    """The name for the other side, where both lead in opposite directions."""
    other = target.relationships[relationship.back_populates]
    is_own = other.owner == target.key and "()" not in other.scope
    if other.call is None or not is_own:
        return None
    if {_cardinality(mappings, owner, relationship), _cardinality(mappings, target, other)} not in _OPPOSITE:
        return None
    return argument(location(project, other.place), f'back_populates="{relationship.name}"')


def _claims(mappings: Mappings, relationship: Relationship, target: MappedClass) -> list[Relationship]:
    """The relationships that name the same one as their other side."""
    return [
        each
        for one, each in mappings.relationships()
        if each.back_populates == relationship.back_populates and mappings.targets(each, one) == (target,)
    ]


def _cardinality(mappings: Mappings, owner: MappedClass, relationship: Relationship) -> Cardinality:
    model = mappings.model(owner.key)
    relation = model.relations.get(relationship.name) if model is not None else None
    return relation.cardinality if relation is not None else Cardinality.UNKNOWN
