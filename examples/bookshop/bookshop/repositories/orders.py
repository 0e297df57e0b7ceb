"""Queries for orders."""

from sqlalchemy.ext.asyncio import AsyncSession

from bookshop.models import Order


class OrderRepository:
    """The orders in the database."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, order: Order) -> Order:
        """Keep an order, and give it its number."""
        self.session.add(order)
        await self.session.commit()
        return order
