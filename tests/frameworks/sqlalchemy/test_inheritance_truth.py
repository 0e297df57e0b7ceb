"""What the rules on inheritance, association proxies and synonyms claim, shown with the real SQLAlchemy."""

import warnings
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer, String, create_engine
from sqlalchemy.exc import (
    AmbiguousForeignKeysError,
    ArgumentError,
    InvalidRequestError,
    NoForeignKeysError,
    SAWarning,
)
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import (
    DeclarativeBase,
    Session,
    configure_mappers,
    declarative_base,
    relationship,
    synonym,
)

KEPT: list[Any] = []
"""Mapped classes that are collected while others are configured make SQLAlchemy raise."""


def _hierarchy(on: str = "type", *heirs: dict[str, Any]) -> Any:
    base: Any = declarative_base()
    body = {
        "__tablename__": "vehicles",
        "id": Column(Integer, primary_key=True),
        "type": Column("kind", String),
        "__mapper_args__": {"polymorphic_on": on, "polymorphic_identity": "vehicle"},
    }
    parent = type("Vehicle", (base,), body)
    KEPT.append((base, parent, [type(f"Heir{i}", (parent,), each) for i, each in enumerate(heirs)]))
    configure_mappers()
    return KEPT[-1]


def _joined(**columns: Any) -> dict[str, Any]:
    options = columns.pop("options", {})
    args = {"polymorphic_identity": "heir", **options}
    return {"__tablename__": "heirs", "__mapper_args__": args, **columns}


@pytest.mark.parametrize("name", ["kind", "nope", "vehicles.kind"])
def test_a_discriminator_is_an_attribute(name: str) -> None:
    with pytest.raises(ArgumentError, match="no attribute is mapped to this name"):
        _hierarchy(name)
    _hierarchy("type")


def test_a_table_of_its_own_is_joined_by_one_foreign_key() -> None:
    with pytest.raises(NoForeignKeysError):
        _hierarchy("type", _joined(id=Column(Integer, primary_key=True)))
    key: Any = Column(ForeignKey("vehicles.id"), primary_key=True)
    with pytest.raises(AmbiguousForeignKeysError):
        _hierarchy("type", _joined(id=key, pulls=Column(ForeignKey("vehicles.id"))))
    _hierarchy("type", _joined(id=Column(ForeignKey("vehicles.id"), primary_key=True)))
    _hierarchy("type", _joined(id=Column(Integer, primary_key=True), options={"concrete": True}))


def test_a_condition_chooses_among_several() -> None:
    class Base(DeclarativeBase):
        pass

    class Vehicle(Base):
        __tablename__ = "vehicles"
        id = Column(Integer, primary_key=True)

    class Trailer(Vehicle):
        __tablename__ = "trailers"
        id: Any = Column(ForeignKey("vehicles.id"), primary_key=True)
        pulled_by: Any = Column(ForeignKey("vehicles.id"))
        __mapper_args__ = {"inherit_condition": id == Vehicle.id}  # noqa: RUF012

    KEPT.append((Base, Vehicle, Trailer))
    configure_mappers()


def test_rows_of_one_class_are_taken_for_those_of_another_with_the_same_identity() -> None:
    with pytest.warns(SAWarning, match="Reassigning polymorphic association"):
        base, parent, (first, _) = _hierarchy(
            "type",
            {"__mapper_args__": {"polymorphic_identity": "truck"}},
            {"__mapper_args__": {"polymorphic_identity": "truck"}},
        )
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with Session(engine) as session, warnings.catch_warnings():
        session.add(first())
        session.commit()
        session.expunge_all()
        assert type(session.query(parent).one()) is not first
        session.expunge_all()
        with pytest.raises(InvalidRequestError, match="can't be loaded into an object"):
            session.query(first).all()


def _proxied(collection: str, attribute: str, other: str = "name") -> Any:
    class Base(DeclarativeBase):
        pass

    class Item(Base):
        __tablename__ = "items"
        id = Column(Integer, primary_key=True)
        order_id: Any = Column(ForeignKey("orders.id"))

        @property
        def text(self) -> str:
            return "text"

    class Order(Base):
        __tablename__ = "orders"
        id = Column(Integer, primary_key=True)
        name = Column(String)
        items = relationship(Item)
        texts = association_proxy(collection, attribute)
        title = synonym(other)

    KEPT.append((Base, Item, Order))
    configure_mappers()
    return Order(name="A", items=[Item()])


def test_a_proxy_leads_through_a_relationship_to_an_attribute() -> None:
    assert list(_proxied("items", "text").texts) == ["text"]
    with pytest.raises(InvalidRequestError, match="has no property 'lines'"):
        _ = _proxied("lines", "text").texts
    with pytest.raises(AttributeError):
        list(_proxied("items", "nope").texts)


def test_a_synonym_stands_for_an_attribute() -> None:
    assert _proxied("items", "text", "name").title == "A"
    with pytest.raises(AttributeError):
        _ = _proxied("items", "text", "nope").title
