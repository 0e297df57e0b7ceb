"""Options of a relationship that exclude each other.

## Why is this bad?

Some options cannot be combined, or not on this side:

- `backref` makes the other side, `back_populates` names one that is there;
- `delete-orphan` belongs on the side that is one; on the side of the many it needs `single_parent=True`,
  for otherwise another parent might be left;
- `lazy="dynamic"` and `lazy="write_only"` are for collections;
- `cascade` and `lazy` take only certain words.

SQLAlchemy refuses each when the class is made or when the mappers are configured.

## What to do

Choose one of them, or move the option to the other side.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship(  # error: [sqlalchemy/conflicting-relationship-options] "delete-orphan"
        cascade="all, delete-orphan",
    )
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(cascade="all, delete-orphan", back_populates="user")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship(back_populates="orders")
```

## Source

`relationship()` in the documentation of SQLAlchemy's ORM, and its error message "bbf0".
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_CASCADES = frozenset(
    {"all", "delete", "delete-orphan", "expunge", "merge", "none", "refresh-expire", "save-update"}
)
_LAZY = frozenset(
    {
        "default",
        "dynamic",
        "immediate",
        "joined",
        "noload",
        "raise",
        "raise_on_sql",
        "select",
        "selectin",
        "subquery",
        "write_only",
    }
)
_COLLECTIONS_ONLY = ("dynamic", "write_only")


class ConflictingRelationshipOptions(Rule, frozen=True):
    """Every relationship is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the options of every relationship."""
        mappings = project.view(Mappings)
        for owner, relationship in mappings.relationships():
            model = mappings.model(owner.key)
            relation = model.relations.get(relationship.name) if model is not None else None
            cardinality = relation.cardinality if relation is not None else Cardinality.UNKNOWN
            problem = _problem(relationship, cardinality)
            if problem is None:
                yield Outcome.KEPT
                continue
            yield self.finding(location(project, relationship.place), *problem)


def _problem(relationship: Relationship, cardinality: Cardinality) -> tuple[str, str] | None:
    if relationship.backref and relationship.back_populates:
        return (
            "`backref` and `back_populates` exclude each other",
            "drop `backref`: `back_populates` names the relationship that the other side has",
        )
    lazy = relationship.option_text("lazy")
    if lazy is not None and lazy not in _LAZY:
        return f'`lazy="{lazy}"` is not a loading strategy', f"choose one of {', '.join(sorted(_LAZY))}"
    is_scalar = cardinality in (Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE)
    if lazy in _COLLECTIONS_ONLY and is_scalar:
        return f'`lazy="{lazy}"` is for collections, and this leads to one', "drop `lazy`"
    cascade = relationship.option_text("cascade")
    words = {word.strip() for word in cascade.split(",") if word.strip()} if cascade else set()
    unknown = sorted(words - _CASCADES)
    if unknown:
        return f"`{unknown[0]}` is not a cascade", f"choose from {', '.join(sorted(_CASCADES))}"
    is_many = cardinality in (Cardinality.MANY_TO_ONE, Cardinality.MANY_TO_MANY)
    if "delete-orphan" in words and is_many and "single_parent" not in relationship.options:
        return (
            "`delete-orphan` on the side of the many, without `single_parent=True`",
            "move the cascade to the relationship on the other side",
        )
    return None
