"""What the pages say of tables between two others happens in the real SQLAlchemy."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Host(Base):
    __tablename__ = "hosts"
    id: Mapped[int] = mapped_column(primary_key=True)


class Interface(Base):
    __tablename__ = "interfaces"
    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("hosts.id"))


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    interface_id: Mapped[int] = mapped_column(ForeignKey("interfaces.id"))
    host: Mapped[Host] = relationship(secondary=Interface.__table__, viewonly=True)


def test_a_foreign_key_may_lead_to_the_table_between() -> None:
    configure_mappers()
    joined = str(select(Address.id).join(Address.host))
    assert "id = addresses.interface_id" in joined
    assert "hosts.id = interfaces_1.host_id" in joined
