"""What the pages say of classes that inherit from others happens in the real SQLAlchemy."""

import pytest
from sqlalchemy import ForeignKey, select, update
from sqlalchemy.exc import AmbiguousForeignKeysError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Depot(Base):
    __tablename__ = "depots"
    id: Mapped[int] = mapped_column(primary_key=True)


class Trip(Base):
    __tablename__ = "trips"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012


class Tour(Trip):
    __tablename__ = "tours"
    id: Mapped[int] = mapped_column(ForeignKey("trips.id"), primary_key=True)
    last_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))
    __mapper_args__ = {"polymorphic_identity": "tour"}  # noqa: RUF012


class Round(Trip):
    __tablename__ = "rounds"
    id: Mapped[int] = mapped_column(ForeignKey("trips.id"), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))
    last_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))
    __mapper_args__ = {"polymorphic_identity": "round"}  # noqa: RUF012


class Errand(Trip):
    __tablename__ = "errands"
    id: Mapped[int] = mapped_column(ForeignKey("trips.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "errand"}  # noqa: RUF012


def test_the_key_of_an_heirs_own_table_is_taken_first() -> None:
    assert "depots.id = tours.last_id" in str(select(Tour.id).join(Depot))
    assert "depots.id = trips.depot_id" in str(select(Errand.id).join(Depot))


def test_two_keys_of_its_own_and_those_of_an_heir_that_is_joined_are_too_many() -> None:
    for statement in (select(Round.id).join(Depot), select(Depot.id).join(Tour)):
        with pytest.raises(AmbiguousForeignKeysError):
            str(statement)


class Detour(Trip):
    length: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "detour"}  # noqa: RUF012


def test_a_column_of_an_heir_without_a_table_is_written_through_its_parent() -> None:
    assert "SET length=" in str(update(Trip).values(length=9))
