"""What repositories and services of Advanced Alchemy take by name is what the real ones do."""

import asyncio
import inspect
from collections.abc import Iterator

import pytest
from advanced_alchemy.base import BigIntBase
from advanced_alchemy.exceptions import RepositoryError
from advanced_alchemy.repository import SQLAlchemyAsyncRepository, SQLAlchemySyncRepository
from advanced_alchemy.service import SQLAlchemyAsyncRepositoryService, SQLAlchemySyncRepositoryService
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Mapped, Session

from archlint.frameworks.sqlalchemy.sessions.repositories import ASKING, OWN_KEYWORDS

CLASSES = (
    SQLAlchemyAsyncRepository,
    SQLAlchemySyncRepository,
    SQLAlchemyAsyncRepositoryService,
    SQLAlchemySyncRepositoryService,
)


class RepositoryOrder(BigIntBase):
    __tablename__ = "repository_orders"
    number: Mapped[str]


class Orders(SQLAlchemySyncRepository[RepositoryOrder]):
    model_type = RepositoryOrder


class AsyncOrders(SQLAlchemyAsyncRepository[RepositoryOrder]):
    model_type = RepositoryOrder


def taking_any(cls: type) -> Iterator[tuple[str, set[str]]]:
    """The methods that take any keyword, with those that they have names for."""
    for name, method in inspect.getmembers(cls, inspect.isfunction):
        parameters = inspect.signature(method).parameters if not name.startswith("_") else {}
        kinds = {each.kind for each in parameters.values()}
        if inspect.Parameter.VAR_KEYWORD in kinds:
            named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
            yield name, {each.name for each in parameters.values() if each.kind in named} - {"self"}


@pytest.mark.parametrize("cls", CLASSES)
def test_these_methods_take_attributes_and_these_keywords_are_their_own(cls: type) -> None:
    found = dict(taking_any(cls))
    assert found.keys() <= ASKING
    assert set().union(*found.values()) <= OWN_KEYWORDS


@pytest.mark.parametrize("name", ["count", "delete_where", "exists", "get_one", "get_one_or_none", "list"])
def test_they_refuse_what_the_model_lacks(name: str) -> None:
    engine = create_engine("sqlite://")
    RepositoryOrder.__table__.create(engine)  # type: ignore[attr-defined]
    with Session(engine) as session:
        session.add(RepositoryOrder(number="1"))
        repository = Orders(session=session)
        getattr(repository, name)(number="1")
        with pytest.raises(RepositoryError):
            getattr(repository, name)(no="1")


def test_so_do_the_asynchronous_ones() -> None:
    async def ask() -> None:
        async with AsyncSession(create_async_engine("sqlite+aiosqlite://")) as session:
            await AsyncOrders(session=session).get_one_or_none(no="1")

    with pytest.raises(RepositoryError):
        asyncio.run(ask())
