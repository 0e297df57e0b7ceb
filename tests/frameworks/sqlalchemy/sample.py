"""Mapped classes in the styles that SQLAlchemy has: `test_mappings.py` reads them, and imports them."""

# ruff: noqa: N805, RUF012, UP045
# mypy: ignore-errors

from datetime import datetime
from typing import Annotated, Any, Optional

from sqlalchemy import JSON, Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, String, Table, func
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    DynamicMapped,
    Mapped,
    WriteOnlyMapped,
    backref,
    column_property,
    composite,
    declarative_base,
    declared_attr,
    deferred,
    mapped_column,
    registry,
    relationship,
    synonym,
)
from sqlmodel import Field, Relationship, SQLModel

intpk = Annotated[int, mapped_column(primary_key=True)]
name80 = Annotated[str, mapped_column(String(80), nullable=True)]


class Base(DeclarativeBase):
    metadata = MetaData(schema="shop")
    type_annotation_map = {dict[str, Any]: JSON}


class Timed:
    created_at: Mapped[datetime] = mapped_column(default=func.now())

    @declared_attr
    def changed_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("shop.users.id"))


class Named(Base):
    __abstract__ = True

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return f"{cls.__name__.lower()}s"


memberships = Table(
    "memberships",
    Base.metadata,
    Column("user_id", ForeignKey("shop.users.id"), primary_key=True),
    Column("group_id", ForeignKey("shop.groups.id"), primary_key=True),
)


class User(Named):
    id: Mapped[intpk]
    name: Mapped[name80]
    email: Mapped[str] = mapped_column("mail", unique=True)
    settings: Mapped[dict[str, Any]]
    bio: Mapped[Optional[str]] = deferred(mapped_column(String))
    mail = synonym("email")
    groups: Mapped[list["Group"]] = relationship(secondary=memberships, back_populates="members")
    orders: Mapped[list["Order"]] = relationship(back_populates="user", foreign_keys="Order.user_id")
    visits: WriteOnlyMapped["Visit"] = relationship()
    notes: DynamicMapped["Note"] = relationship(back_populates="writer")
    group_names = association_proxy("groups", "title")

    @hybrid_property
    def shout(self):
        return self.name

    @shout.setter
    def shout(self, value):
        self.name = value


class Group(Named):
    id: Mapped[intpk]
    title: Mapped[str]
    members: Mapped[set[User]] = relationship(secondary=memberships, back_populates="groups")


class Order(Timed, Named):
    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    user: Mapped[User] = relationship(back_populates="orders", foreign_keys=[user_id])
    lines: Mapped[list["Line"]] = relationship("Line", cascade="all, delete-orphan", lazy="selectin")
    invoice: Mapped["Invoice | None"] = relationship(back_populates="order")


class Line(Base):
    __tablename__ = "lines"
    order_id: Mapped[int] = mapped_column(ForeignKey("shop.orders.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


class Part(Base):
    __tablename__ = "parts"
    __table_args__ = (
        ForeignKeyConstraint(["order_id", "number"], ["shop.lines.order_id", "shop.lines.number"]),
    )
    id: Mapped[intpk]
    order_id: Mapped[int]
    number: Mapped[int]
    line = relationship(Line, backref=backref("parts", lazy="joined"))


class Invoice(Named):
    id: Mapped[intpk]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop.orders.id"))
    order: Mapped[Order] = relationship(back_populates="invoice")


class Visit(Named):
    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("shop.users.id"))


class Note(Named):
    id: Mapped[intpk]
    kind: Mapped[str]
    writer_id: Mapped[int] = mapped_column(ForeignKey("shop.users.id"))
    writer: Mapped[User] = relationship(back_populates="notes")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("shop.notes.id"))
    parent: Mapped["Note | None"] = relationship(remote_side="Note.id", back_populates="replies")
    replies: Mapped[list["Note"]] = relationship(back_populates="parent")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "note"}


class Alert(Note):
    __tablename__ = None
    level: Mapped[int] = mapped_column(nullable=True)
    __mapper_args__ = {"polymorphic_identity": "warning"}


class Report(Note):
    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(ForeignKey("shop.notes.id"), primary_key=True)
    size: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "report"}


User.order_count = column_property(func.length(User.name))
User.last_orders = relationship(Order, viewonly=True, foreign_keys=Order.user_id)

Old = declarative_base()


class Author(Old):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    full_name = Column("name", String(40), key="author_name", nullable=False)
    books = relationship("Book", backref="author", lazy="dynamic")


class Book(Old):
    __table__ = Table(
        "books",
        Old.metadata,
        Column("id", Integer, primary_key=True),
        Column("author_id", ForeignKey("authors.id")),
    )


mapper_registry = registry()


@mapper_registry.mapped
class Planet:
    __tablename__ = "planets"
    id = Column(Integer, primary_key=True)
    moons = relationship("Moon", back_populates="planet")


class Moon:
    pass


moons = Table(
    "moons",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("planet_id", ForeignKey("planets.id")),
)
mapper_registry.map_imperatively(
    Moon, moons, properties={"planet": relationship(Planet, back_populates="moons")}
)


def numbered(name, *columns, **options):
    return Table(name, mapper_registry.metadata, Column("id", Integer, primary_key=True), *columns, **options)


def belongs_to(name, **options):
    return Column(f"{name}_id", ForeignKey(f"{name}s.id"), **options)


class Located:
    def where(self):
        return self.spot.x


class Spot:
    def __init__(self, x, y):
        self.x, self.y = x, y


class Probe(Located):
    pass


class Signal:
    pass


probes = numbered("probes", Column("x", Integer), Column("y", Integer), belongs_to("planet"), comment="sent")
signals = numbered("signals", Column("said", String(9)), belongs_to("probe", nullable=False))
signal_mapper = mapper_registry.map_imperatively(Signal, signals, properties={"text": signals.c.said})
mapper_registry.map_imperatively(
    Probe,
    probes,
    properties={
        "spot": composite(Spot, probes.c.x, probes.c.y),
        "east": synonym("x"),
        "sum": column_property(probes.c.x + probes.c.y),
        "signals": relationship(signal_mapper),
    },
)


class Being(SQLModel):
    id: int | None = Field(default=None, primary_key=True)
    name: str


class Team(Being, table=True):
    heroes: list["Hero"] = Relationship(back_populates="team")


class Hero(Being, table=True):
    age: Optional[int] = None
    team_id: int | None = Field(default=None, foreign_key="team.id")
    team: Optional[Team] = Relationship(back_populates="heroes")
