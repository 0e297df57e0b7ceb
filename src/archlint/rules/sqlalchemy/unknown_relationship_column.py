"""Texts of relationships that speak of columns which are not there.

## Why is this bad?

`order_by`, `primaryjoin`, `secondaryjoin`, `foreign_keys` and `remote_side` may be texts, which SQLAlchemy
evaluates when it configures the mappers: with the first query, whatever that is about. A column that the
class does not have raises `AttributeError` then, a relationship in place of a column
`InvalidRequestError`, and no mapped class of the application works. Nothing but that first query looks into
the text: no import, no type checker, and no tool that renames.

## What to do

Write the column as the class has it. Where import order allows, give the columns themselves, or a `lambda`.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(
        order_by="Order.palced_at.desc()",  # error: [sqlalchemy/unknown-relationship-column] "`palced_at`"
    )


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    placed_at: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(order_by="Order.placed_at.desc()")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    placed_at: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
```

## Source

https://docs.sqlalchemy.org/en/20/orm/relationship_api.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archlint.facts.expressions import Expression, Literal
from archlint.finding import Finding, Severity
from archlint.frameworks.orm import Model
from archlint.frameworks.places.expressions import text_at
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import related
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_EVALUATED: Final = ("foreign_keys", "order_by", "primaryjoin", "remote_side", "secondaryjoin")
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
_SPOKEN_OF: Final = re.compile(r"(?<![\w.])((?:\w+\.)*[A-Z]\w*)\.([a-z]\w*)")
_OF_TABLES: Final = frozenset({"c", "columns"})


class UnknownRelationshipColumn(Rule, frozen=True):
    """Every column that the text of a relationship speaks of, by the name of its class, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look the columns up in the classes that the registry knows by these names."""
        mappings = project.view(Mappings)
        told = set()
        for owner, relationship in mappings.relationships():
            for text in _evaluated(relationship):
                key = (relationship.module.path, text.line, text.column)
                if key not in told:
                    told.add(key)
                    yield from self._in_text(project, mappings, owner, relationship, text)

    def _in_text(
        self,
        project: Project,
        mappings: Mappings,
        owner: MappedClass,
        relationship: Relationship,
        text: Literal,
    ) -> Iterator[Verdict]:
        for name, column in _SPOKEN_OF.findall(_QUOTED.sub("''", str(text.value))):
            found = mappings.registered(owner.registry, name)
            model = mappings.model(found[0].key) if len(found) == 1 else None
            is_known = _is_known(model, found[0], column) if model is not None else None
            if model is None or is_known is None:
                yield Outcome.UNKNOWN
            elif is_known:
                yield Outcome.KEPT
            else:
                yield self._found(project, relationship, text, model, column)

    def _found(
        self, project: Project, relationship: Relationship, text: Literal, model: Model, column: str
    ) -> Finding:
        is_column = column not in model.relations
        return self.finding(
            text_at(project, relationship.module, text),
            f"`{model.name}` has no column `{column}`{'' if is_column else ': it is a relationship'}",
            did_you_mean(column, list(model.fields), f"write a column that `{model.name}` has"),
            related=related(project, model.place, f"`{model.name}` is declared here"),
        )


def _evaluated(relationship: Relationship) -> Iterator[Literal]:
    """The texts of a relationship, and of its `backref`, that SQLAlchemy evaluates."""
    for options in (relationship.options, relationship.backref_options):
        for name in _EVALUATED:
            given: Expression | None = options.get(name)
            if isinstance(given, Literal) and isinstance(given.value, str):
                yield given


def _is_known(model: Model, mapped: MappedClass, column: str) -> bool | None:
    """Whether a class has a column of this name; None where nobody can tell."""
    if column in model.relations:
        return False
    if column in model.fields or column in model.properties or column in mapped.loaded:
        return True
    is_open = model.is_open or mapped.is_open or column in _OF_TABLES or column in model.attributes
    return None if is_open else False
