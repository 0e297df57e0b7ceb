"""Where queries live."""

from .books import BookRepository
from .orders import OrderRepository

__all__ = ["BookRepository", "OrderRepository"]
