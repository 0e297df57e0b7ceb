"""What the rule on properties in queries claims, shown with the real SQLAlchemy."""

from typing import Any

import pytest
from sqlalchemy import create_engine, desc, select
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.hybrid import hybrid_property
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

    @hybrid_property
    def greeting(self) -> str:
        return f"Dear {self.first}"

    @hybrid_property
    def signature(self) -> str:
        return "%s." % (self.first,)  # noqa: UP031

    @hybrid_property
    def address(self) -> str:
        return "To {}".format(self.first)  # noqa: UP032


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


@pytest.mark.parametrize("name", ["greeting", "signature", "address"])
def test_a_hybrid_that_makes_a_text_is_no_column(name: str) -> None:
    hybrid = getattr(PERSON, name)
    assert "WHERE false" in str(select(Person).where(hybrid == "Dear Ann"))
    assert "Ann" in getattr(Person(first="Ann"), name)
    with pytest.raises(InvalidRequestError, match="expected __clause_element__"):
        select(hybrid)
    with pytest.raises(InvalidRequestError, match="expected __clause_element__"):
        select(Person).order_by(hybrid)
    with pytest.raises(AttributeError):
        hybrid.like("Dear %")
