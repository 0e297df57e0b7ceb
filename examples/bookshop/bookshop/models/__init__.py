"""What the shop keeps."""

from bookshop.models.book import Book
from bookshop.models.order import Order, OrderLine

__all__ = ["Book", "Order", "OrderLine"]
