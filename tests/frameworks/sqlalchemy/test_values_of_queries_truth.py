"""What the pages say of `Query.values` and of hybrid methods happens in the real SQLAlchemy."""

import pytest
from sqlalchemy import ForeignKey, Select, create_engine, select
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Membership(Base):
    __tablename__ = "memberships"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    level: Mapped[int]


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    memberships: Mapped[list[Membership]] = relationship()

    @hybrid_method
    def active(self, level: int = 0) -> list[Membership]:
        return [each for each in self.memberships if each.level > level]

    @active.expression  # type: ignore[no-redef]
    def active(cls, level: int = 0) -> Select:  # noqa: N805
        return select(Membership).where(Membership.level > level)


def test_an_object_has_the_first_of_the_two_bodies_of_a_hybrid() -> None:
    user = User(memberships=[Membership(level=1), Membership(level=5)])
    assert [each.level for each in user.active(3)] == [5]
    assert isinstance(User.active(3), Select)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_values_gives_rows_of_the_columns_that_it_is_given() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(User(name="Anna"))
        session.flush()
        assert [(key, name) for key, name in session.query(User).values(User.id, User.name)] == [(1, "Anna")]
        for row in session.query(User).values(User.name):
            assert not hasattr(row, "lower")
            assert row.name == "Anna"
    engine.dispose()
