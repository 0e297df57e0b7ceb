"""What the rules on mapped dataclasses claim, shown with the real SQLAlchemy."""

from typing import Any

import pytest
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Stamped(MappedAsDataclass):
    created: Mapped[int] = mapped_column(default=1)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    number: Mapped[str]
    note: Mapped[str | None]
    size: Mapped[int] = mapped_column(insert_default=1)
    paid: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(kw_only=True)


MADE: Any = Order
GIVEN = {"number": "A", "note": None, "size": 2, "place": "Ulm"}


def test_attributes_without_a_default_are_wanted() -> None:
    assert MADE("A", None, 2, place="Ulm").paid is False
    for name in GIVEN:
        with pytest.raises(TypeError, match=name):
            MADE(**{key: value for key, value in GIVEN.items() if key != name})


def test_those_without_a_default_stand_in_front() -> None:
    with pytest.raises(InvalidRequestError, match="non-default argument"):

        class Misordered(Base):
            __tablename__ = "misordered"
            id: Mapped[int] = mapped_column(primary_key=True, init=False)
            paid: Mapped[bool] = mapped_column(default=False)
            number: Mapped[str]  # type: ignore[misc]


def test_those_of_bases_come_first() -> None:
    with pytest.raises(InvalidRequestError, match="non-default argument"):

        class Heir(Stamped, Base):
            __tablename__ = "heirs"
            id: Mapped[int] = mapped_column(primary_key=True, init=False)
            number: Mapped[str]  # type: ignore[misc]


def test_keywords_have_no_order() -> None:
    class Named(MappedAsDataclass, DeclarativeBase, kw_only=True):
        pass

    class Box(Named):
        __tablename__ = "boxes"
        id: Mapped[int] = mapped_column(primary_key=True, init=False)
        size: Mapped[int] = mapped_column(default=1)
        name: Mapped[str]  # type: ignore[misc]

    assert Box(name="A").size == 1
