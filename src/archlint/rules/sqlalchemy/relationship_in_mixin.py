"""Relationships that a mixin makes for all classes at once.

## Why is this bad?

SQLAlchemy copies the columns of a mixin, or of an abstract base, to each class that inherits them. A
`relationship()` it cannot copy, nor a `column_property()` or a `synonym()`: as soon as a class inherits one,
importing its module fails with `InvalidRequestError`: "Mapper properties must be declared as @declared_attr
callables on declarative mixin classes".

## What to do

Make it in a method with `@declared_attr`, which is called for each class.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Owned:
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner: Mapped[User] = relationship()  # error: [sqlalchemy/relationship-in-mixin] "`Owned.owner`"


class Note(Owned, Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Owned:
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    @declared_attr
    def owner(cls) -> Mapped[User]:
        return relationship()


class Note(Owned, Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
```

## Source

"Mixing in Relationships" in the documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Related, Severity
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.mapping.body import place_of
from archlint.frameworks.sqlalchemy.mapping.mixed_in import properties_mixed_in
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class RelationshipInMixin(Rule, frozen=True):
    """Every mapped class with what its mixins give it is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at what each mapped class inherits from classes that are not mapped."""
        mappings, told = project.view(Mappings), set[Place]()
        for mapped in mappings.classes():
            found = list(properties_mixed_in(mappings, mapped))
            if not found:
                yield Outcome.KEPT
            for each in found:
                if each.place in told:
                    continue
                told.add(each.place)
                heir = mapped.cls.fact.name
                yield self.finding(
                    location(project, each.place),
                    f"`{each.mixin}.{each.name}` is made once, and cannot be copied to `{heir}`",
                    f"make it in a method: `@declared_attr def {each.name}(cls): return {each.made}(…)`",
                    related=(Related(location(project, place_of(mapped.cls)), f"`{heir}` inherits it"),),
                )
