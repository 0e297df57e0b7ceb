"""What the rule on moments with a time zone claims, as far as it can be shown without a server."""

from datetime import datetime, timezone

import pytest
from sqlalchemy import DateTime, create_mock_engine
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable


class Base(DeclarativeBase):
    pass


class Visit(Base):
    __tablename__ = "visits"
    id: Mapped[int] = mapped_column(primary_key=True)
    began: Mapped[datetime]
    ended: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def test_a_column_has_no_time_zone_unless_it_says_so() -> None:
    engine = create_mock_engine("postgresql+psycopg2://", lambda *_: None)
    written = str(CreateTable(Visit.__table__).compile(dialect=engine.dialect))  # type: ignore[arg-type]
    assert "began TIMESTAMP WITHOUT TIME ZONE" in written
    assert "ended TIMESTAMP WITH TIME ZONE" in written


def test_sqlalchemy_gives_asyncpg_the_moment_as_it_is() -> None:
    asyncpg = dialect()  # type: ignore[no-untyped-call]
    assert DateTime().dialect_impl(asyncpg).bind_processor(asyncpg) is None


def test_what_asyncpg_does_with_it_raises() -> None:
    """It stores how long a moment is after the year 2000, which it counts without a zone."""
    with pytest.raises(TypeError, match="can't subtract offset-naive and offset-aware datetimes"):
        datetime.now(timezone.utc) - datetime(2000, 1, 1)
