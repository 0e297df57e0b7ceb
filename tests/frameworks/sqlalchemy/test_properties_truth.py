"""What the rule on properties in queries claims, shown with the real SQLAlchemy."""

from typing import Any

import pytest
from sqlalchemy import create_engine, desc, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, load_only, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]

    @property
    def name(self) -> str:
        return self.first.title()


PERSON: Any = Person


def test_a_comparison_is_the_same_for_every_row() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Person(first="ann"))
        session.flush()
        assert session.scalars(select(Person).where(PERSON.name == "Ann")).all() == []
        assert len(session.scalars(select(Person).where(PERSON.name != "Ann")).all()) == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda: select(Person).order_by(PERSON.name),
        lambda: select(Person).order_by(desc(PERSON.name)),
        lambda: select(PERSON.id, PERSON.name),
        lambda: select(Person).where(PERSON.name),
        lambda: select(Person).where(PERSON.name.in_(["Ann"])),
        lambda: select(Person).where(PERSON.name > "Ann"),
        lambda: str(select(Person).options(load_only(PERSON.name))),
    ],
)
def test_all_else_raises(use: Any) -> None:
    with pytest.raises((ArgumentError, AttributeError, TypeError)):
        use()
