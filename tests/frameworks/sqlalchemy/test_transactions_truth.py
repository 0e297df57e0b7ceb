"""What the rules on transactions that are begun twice or over claim, with SQLAlchemy."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import DetachedInstanceError

Step = Callable[[Session], object]


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]


ASKING: dict[str, Step] = {
    "add": lambda session: session.add(Account(owner="Ben")),
    "begin_nested": lambda session: session.begin_nested(),
    "bulk_insert_mappings": lambda session: session.bulk_insert_mappings(Account, []),
    "execute": lambda session: session.execute(select(Account)),
    "get": lambda session: session.get(Account, 1),
    "query": lambda session: session.query(Account).all(),
    "scalar": lambda session: session.scalar(select(Account)),
    "scalars": lambda session: session.scalars(select(Account)),
}
LEAVING: dict[str, Step] = {
    "add_all": lambda session: session.add_all([]),
    "flush": lambda session: session.flush(),
    "query": lambda session: session.query(Account),
}


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/bank.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Account(id=1, owner="Anna"))
        session.commit()
    yield engine
    engine.dispose()


@pytest.mark.parametrize("name", ASKING)
def test_what_is_asked_of_a_session_begins_its_transaction(engine: Engine, name: str) -> None:
    with Session(engine) as session:
        ASKING[name](session)
        with pytest.raises(InvalidRequestError, match="already begun"):
            session.begin()


@pytest.mark.parametrize("name", LEAVING)
def test_what_asks_the_database_for_nothing_begins_none(engine: Engine, name: str) -> None:
    with Session(engine) as session:
        LEAVING[name](session)
        session.begin()


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_may_begin_where_the_last_is_over(engine: Engine, end: str) -> None:
    with Session(engine) as session:
        session.execute(select(Account))
        getattr(session, end)()
        session.begin()


def test_an_object_that_is_kept_beyond_a_commit_is_not_asked_for(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        account = session.get(Account, 1)
        session.commit()
        assert session.get(Account, 1) is account
        session.begin()


@pytest.mark.parametrize("end", ["commit", "rollback"])
@pytest.mark.parametrize("name", [*ASKING, "begin", "commit"])
def test_a_with_statement_holds_a_transaction_that_is_over(engine: Engine, end: str, name: str) -> None:
    ask = ASKING.get(name, lambda session: getattr(session, name)())
    with Session(engine) as session, session.begin():
        getattr(session, end)()
        with pytest.raises(InvalidRequestError, match="closed transaction"):
            ask(session)


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_the_end_of_the_with_statement_may_follow(engine: Engine, end: str) -> None:
    with Session(engine) as session:
        with session.begin():
            session.add(Account(owner="Ben"))
            getattr(session, end)()
        with session.begin():
            session.execute(select(Account))


async def _begin_twice(url: str) -> None:
    engine = create_async_engine(url)
    async with AsyncSession(engine) as session:
        await session.execute(select(Account))
        try:
            async with session.begin():
                pass
        finally:
            await engine.dispose()


def test_async_sessions_refuse_the_same(engine: Engine) -> None:
    import asyncio

    url = str(engine.url).replace("sqlite", "sqlite+aiosqlite")
    with pytest.raises(InvalidRequestError, match="already begun"):
        asyncio.run(_begin_twice(url))


@pytest.mark.parametrize("begins", [False, True], ids=["idle", "begun"])
def test_a_rollback_expires_only_where_something_has_begun_since_the_commit(
    engine: Engine, begins: bool
) -> None:
    with Session(engine, expire_on_commit=False) as session:
        account = session.get_one(Account, 1)
        session.commit()
        if begins:
            session.scalar(select(Account.owner))
        session.rollback()
    if not begins:
        assert account.owner == "Anna"
        return
    with pytest.raises(DetachedInstanceError):
        _ = account.owner
