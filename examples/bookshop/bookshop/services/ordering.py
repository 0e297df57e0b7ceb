"""Placing orders."""

from sqlalchemy.ext.asyncio import AsyncSession

from bookshop.api.orders import OrderIn
from bookshop.models import Order, OrderLine
from bookshop.repositories import BookRepository, OrderRepository


class UnknownBook(LookupError):
    """An order asks for a book that the shop does not have."""


async def place(session: AsyncSession, wanted: OrderIn) -> Order:
    """Turn a wish into an order. Raises UnknownBook."""
    books = BookRepository(session)
    order = Order(email=wanted.email)
    for line in wanted.lines:
        book = await books.by_isbn(line.isbn)
        if book is None:
            raise UnknownBook(line.isbn)
        order.lines.append(OrderLine(book=book, copies=line.copies))
    return await OrderRepository(session).add(order)
