"""What Pydantic makes of rows: it reads the names of their columns, never what is in the objects there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """A registry of its own."""


class Product(Base):
    """What the rows hold."""

    __tablename__ = "validated_products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class ProductOut(BaseModel):
    """What is made of it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Product(name="chair"))
        session.commit()
        yield session
    engine.dispose()


def test_row_with_an_object_lacks_its_attributes(session: Session) -> None:
    for row in session.execute(select(Product)):
        with pytest.raises(ValidationError, match="Field required"):
            ProductOut.model_validate(row)


def test_row_and_mapping_lack_what_has_another_name(session: Session) -> None:
    statement = select(Product.id, func.upper(Product.name).label("title"))
    for row in session.execute(statement):
        for value in (row, row._mapping):
            with pytest.raises(ValidationError, match="Field required"):
                ProductOut.model_validate(value)


def test_objects_and_rows_with_the_names_are_fine(session: Session) -> None:
    made = [ProductOut.model_validate(product) for product in session.scalars(select(Product))]
    rows = [ProductOut.model_validate(row) for row in session.execute(select(Product.id, Product.name))]
    assert made == rows
