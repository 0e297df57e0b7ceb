"""What the pages say of the metaclasses of mapped classes happens in the real SQLAlchemy."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.decl_api import DeclarativeAttributeIntercept


class Asking(DeclarativeAttributeIntercept):
    kind: str

    def __init__(self, name: str, bases: tuple[type, ...], members: dict[str, Any], **options: Any) -> None:
        super().__init__(name, bases, members, **options)
        self.kind = name

    @property
    def q(self) -> Select[Any]:
        return select(self)


class Base(DeclarativeBase, metaclass=Asking):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def test_a_class_has_what_its_metaclass_has_and_its_objects_have_not() -> None:
    assert "FROM orders" in str(Order.q.where(Order.id > 1))
    assert Order.kind == "Order"
    assert not hasattr(Order, "number")
    assert not hasattr(Order(), "q")
    assert type(DeclarativeBase) is DeclarativeAttributeIntercept
