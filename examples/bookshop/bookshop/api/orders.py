"""Orders over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, EmailStr, PositiveInt
from sqlalchemy.ext.asyncio import AsyncSession

from bookshop.database import get_session

router = APIRouter(prefix="/orders")


class LineIn(BaseModel):
    """So many copies of a book."""

    isbn: str
    copies: PositiveInt = 1


class OrderIn(BaseModel):
    """What a customer sends."""

    email: EmailStr
    lines: list[LineIn]


@router.post("", status_code=201)
async def place(wanted: OrderIn, session: Annotated[AsyncSession, Depends(get_session)]) -> dict[str, int]:
    """Place an order."""
    from bookshop.services import ordering  # here, because it imports this module

    try:
        order = await ordering.place(session, wanted)
    except ordering.UnknownBook as unknown:
        raise HTTPException(404, f"there is no book {unknown}") from unknown
    return {"order": order.id}
