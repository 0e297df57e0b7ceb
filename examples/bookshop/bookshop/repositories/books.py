"""Queries for books."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bookshop.models import Book


class BookRepository:
    """The books in the database."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def by_isbn(self, isbn: str) -> Book | None:
        """The book with this number."""
        return await self.session.scalar(select(Book).where(Book.isbn == isbn))

    async def titled(self, words: str) -> Sequence[Book]:
        """Books with these words in their titles."""
        found = await self.session.scalars(select(Book).where(Book.title.icontains(words)).order_by(Book.title))
        return found.all()
