"""Books over HTTP."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from bookshop.database import get_session
from bookshop.services.catalogue import search_title

router = APIRouter(prefix="/books")


class BookOut(BaseModel):
    """A book as the shop shows it."""

    model_config = ConfigDict(from_attributes=True)

    isbn: str
    title: str
    price: Decimal


@router.get("")
async def find(words: str, session: Annotated[AsyncSession, Depends(get_session)]) -> list[BookOut]:
    """Books with these words in their titles."""
    return [BookOut.model_validate(book) for book in await search_title(session, words)]
