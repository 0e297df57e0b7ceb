"""What the rules claim of columns that the database writes with every update, with SQLAlchemy."""

import pytest
from sqlalchemy import create_engine, func
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import DetachedInstanceError


class Base(DeclarativeBase):
    pass


class Lazy(Base):
    __tablename__ = "lazy"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    by_database: Mapped[str] = mapped_column(server_default=func.now(), onupdate=func.now())
    by_python: Mapped[str] = mapped_column(onupdate=lambda: "now", default="")


class Eager(Base):
    __tablename__ = "eager"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    by_database: Mapped[str] = mapped_column(server_default=func.now(), onupdate=func.now())
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012


@pytest.mark.parametrize(("cls", "is_missing"), [(Lazy, True), (Eager, False)])
def test_an_update_leaves_out_what_the_database_writes(cls: type[Lazy | Eager], is_missing: bool) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        row = cls(name="one")
        session.add(row)
        session.commit()
        assert "by_database" in row.__dict__
        row.name = "two"
        session.commit()
        assert ("by_database" in row.__dict__) is not is_missing
    if is_missing:
        with pytest.raises(DetachedInstanceError):
            row.by_database  # noqa: B018
    engine.dispose()


def test_another_session_expires_only_what_is_its_own() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as first:
        first.add(Lazy(id=1, name="one"))
        first.commit()
    with Session(engine) as second:
        row = second.get_one(Lazy, 1)
    row.name = "two"
    with Session(engine) as third:
        merged = third.merge(row)
        third.commit()
    assert row.name == "two"
    with pytest.raises(DetachedInstanceError):
        merged.name  # noqa: B018
    engine.dispose()
