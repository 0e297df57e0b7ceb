"""What the rule on rows that are deleted twice claims, with SQLAlchemy."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy
from sqlalchemy import Column, Engine, ForeignKey, Table, create_engine, delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
from sqlalchemy.orm.exc import StaleDataError


class Base(DeclarativeBase):
    pass


crew = Table(
    "crew",
    Base.metadata,
    Column("ship_id", ForeignKey("ships.id"), primary_key=True),
    Column("sailor_id", ForeignKey("sailors.id"), primary_key=True),
)
UNMAN = delete(crew).where(crew.c.ship_id == 1)


class Sailor(Base):
    __tablename__ = "sailors"
    id: Mapped[int] = mapped_column(primary_key=True)


class Ship(Base):
    __tablename__ = "ships"
    id: Mapped[int] = mapped_column(primary_key=True)
    sailors: Mapped[list[Sailor]] = relationship(secondary=crew)


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:  # type: ignore[no-untyped-def]
    engine = create_engine(f"sqlite:///{tmp_path}/sea.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Ship(id=1, sailors=[Sailor(), Sailor()]))
        session.commit()
    yield engine
    engine.dispose()


def read_before(session: Session) -> None:
    ship = session.get_one(Ship, 1)
    assert len(ship.sailors) == 2
    session.execute(UNMAN)
    session.delete(ship)


def loaded_with_its_row(session: Session) -> None:
    ship = session.scalars(select(Ship).options(selectinload(Ship.sailors))).one()
    session.execute(UNMAN)
    session.delete(ship)


def cleared_behind(session: Session) -> None:
    ship = session.get_one(Ship, 1)
    assert len(ship.sailors) == 2
    session.execute(UNMAN)
    ship.sailors.clear()


def never_loaded(session: Session) -> None:
    ship = session.get_one(Ship, 1)
    session.execute(UNMAN)
    session.delete(ship)


def expired(session: Session) -> None:
    ship = session.get_one(Ship, 1)
    assert len(ship.sailors) == 2
    session.execute(UNMAN)
    session.expire(ship)
    session.delete(ship)


def deleted_before(session: Session) -> None:
    ship = session.get_one(Ship, 1)
    assert len(ship.sailors) == 2
    session.delete(ship)
    session.execute(UNMAN)


@pytest.mark.parametrize("deleting", [read_before, loaded_with_its_row, cleared_behind])
def test_rows_that_are_loaded_are_missed(engine: Engine, deleting: Callable[[Session], None]) -> None:
    with Session(engine) as session:
        deleting(session)
        with pytest.raises(StaleDataError):
            session.commit()


@pytest.mark.parametrize("deleting", [never_loaded, expired])
def test_rows_that_are_not_loaded_are_not_missed(engine: Engine, deleting: Callable[[Session], None]) -> None:
    with Session(engine) as session:
        deleting(session)
        session.commit()
        assert session.execute(select(crew)).all() == []


def test_what_was_deleted_before_goes_first_since_2_1(engine: Engine) -> None:
    """2.0 flushes nothing before a statement that names no mapped class; the rule is silent for both."""
    is_flushed_first = sqlalchemy.__version__ >= "2.1"
    with Session(engine) as session:
        deleted_before(session)
        if is_flushed_first:
            session.commit()
            assert session.execute(select(crew)).all() == []
        else:
            with pytest.raises(StaleDataError):
                session.commit()
