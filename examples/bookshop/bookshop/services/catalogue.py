"""Finding books."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bookshop.models import Book
from bookshop.repositories import BookRepository


async def search_titles(session: AsyncSession, words: str) -> Sequence[Book]:
    """Books with these words in their titles."""
    return await BookRepository(session).titled(words.strip())
