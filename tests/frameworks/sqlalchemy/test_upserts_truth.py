"""What the rules claim of upserts by columns that nothing makes unique, with SQLAlchemy and SQLite."""

import pytest
from sqlalchemy import Index, UniqueConstraint, create_engine
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Level(Base):
    __tablename__ = "levels"
    __table_args__ = (
        Index("ix_plain", "warehouse", "shelf"),
        Index("ix_unique", "warehouse", "box", unique=True),
        UniqueConstraint("warehouse", "sku"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    warehouse: Mapped[str] = mapped_column(default="", index=True)
    sku: Mapped[str] = mapped_column(default="")
    shelf: Mapped[str] = mapped_column(default="")
    box: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="", unique=True)


def runs(*columns: str) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.execute(insert(Level).values(code="a").on_conflict_do_nothing(index_elements=columns))
    engine.dispose()


@pytest.mark.parametrize(
    "columns", [("warehouse",), ("warehouse", "shelf"), ("sku",), ("id", "code"), ("warehouse", "sku", "id")]
)
def test_a_plain_index_or_a_part_of_a_key_is_refused(columns: tuple[str, ...]) -> None:
    with pytest.raises(OperationalError, match="does not match any PRIMARY KEY or UNIQUE constraint"):
        runs(*columns)


@pytest.mark.parametrize(
    "columns", [("id",), ("code",), ("sku", "warehouse"), ("warehouse", "sku"), ("warehouse", "box")]
)
def test_a_key_and_whatever_is_unique_will_do(columns: tuple[str, ...]) -> None:
    runs(*columns)
