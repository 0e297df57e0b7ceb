"""Two sides of a relationship that do not name each other.

## Why is this bad?

`back_populates` names the attribute on the other side that is to be kept in step. If that class has no such
attribute, or it is no relationship, or one that leads to another class, the mappers cannot be configured:
`InvalidRequestError` or `ArgumentError` at the first query of any class.

## What to do

Give both sides a `relationship`, each with the name of the other in `back_populates`.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list["Order"]] = relationship(  # error: [sqlalchemy/asymmetric-back-populates] "`owner`"
        back_populates="owner",
    )


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped["User"] = relationship(back_populates="orders")
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
    orders: Mapped[list["Order"]] = relationship(back_populates="user")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped["User"] = relationship(back_populates="orders")
```

## Source

"Using the legacy 'backref' relationship parameter" and `relationship.back_populates` in the
documentation of SQLAlchemy's ORM.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.facts.expressions import Literal
from archlint.finding import Finding, Related, Severity
from archlint.frameworks.orm import Model, Place
from archlint.frameworks.places.expressions import text_at
from archlint.frameworks.sqlalchemy.mapping.body import place_of
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.other_sides import other_side
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.remedies import respell
from archlint.rule import Outcome, Rule, Verdict


class AsymmetricBackPopulates(Rule, frozen=True):
    """Every `back_populates` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look for the other side of every relationship that names one."""
        mappings = project.view(Mappings)
        sides = list(_sides(mappings))
        right = {side.relationship.place for side in sides if side.problem is Outcome.KEPT}
        told: set[Place] = set()
        for side in sides:
            if isinstance(side.problem, Outcome):
                yield side.problem
            elif not side.is_made_for_heirs or side.relationship.place in right:
                yield self._found(project, side, is_of_heir=side.is_made_for_heirs)
            elif side.relationship.place not in told:
                told.add(side.relationship.place)
                yield self._found(project, side)

    def _found(self, project: Project, side: _Side, *, is_of_heir: bool = False) -> Finding:
        """`is_of_heir`: the name follows from the class that inherits, and is right for its sisters."""
        assert not isinstance(side.problem, Outcome)
        message, hint, place, meant = side.problem
        owner, relationship, target = side.owner, side.relationship, side.target
        declared = f"`{target.cls.fact.name}` is declared here"
        related: tuple[Related, ...] = (Related(location(project, place), declared),)
        here = location(project, relationship.place)
        if is_of_heir:
            related = (Related(here, "its relationship comes from here"), *related)
            here = location(project, place_of(owner.cls))
        remedy = None
        written = relationship.options.get("back_populates")
        if meant and isinstance(written, Literal):
            said = text_at(project, relationship.module, written)
            remedy = respell(said, relationship.back_populates, meant)
        elif hint.startswith("add "):
            remedy = other_side(project, owner, relationship, target)
        return self.finding(here, message, hint, related=related, remedy=remedy)


class _Side(msgspec.Struct, frozen=True):
    """A relationship of one class, and what is wrong with its other side."""

    owner: MappedClass
    relationship: Relationship
    target: MappedClass
    problem: tuple[str, str, Place, str] | Outcome

    @property
    def is_made_for_heirs(self) -> bool:
        """Whether the name is reckoned anew for each class that inherits it: `cls.__tablename__`."""
        written = self.relationship.options.get("back_populates")
        return self.relationship.owner != self.owner.key and not isinstance(written, Literal)


def _sides(mappings: Mappings) -> Iterator[_Side]:
    """Every relationship that names one on the other side."""
    for owner, relationship in mappings.relationships():
        if not relationship.back_populates:
            continue
        targets = mappings.targets(relationship, owner)
        target = targets[0] if len(targets) == 1 else owner
        model = mappings.model(target.key) if len(targets) == 1 else None
        problem = Outcome.UNKNOWN if model is None else _problem(mappings, owner, relationship, model)
        yield _Side(owner, relationship, target, problem)


def _problem(
    mappings: Mappings, owner: MappedClass, relationship: Relationship, target: Model
) -> tuple[str, str, Place, str] | Outcome:
    wanted = relationship.back_populates
    place = target.place or relationship.place
    other = target.relations.get(wanted)
    if other is not None:
        if not other.target or mappings.are_related(other.target, owner.key):
            return Outcome.KEPT
        leads_to = other.target.rpartition(".")[2]
        return (
            f"`{target.name}.{wanted}` leads to `{leads_to}`, not back to `{owner.cls.fact.name}`",
            f"name the relationship of `{target.name}` that leads to `{owner.cls.fact.name}`",
            other.place or place,
            "",
        )
    if target.is_open:
        return Outcome.UNKNOWN
    back = [name for name, each in target.relations.items() if each.target == owner.key]
    hint = f"did you mean `{back[0]}`?" if len(back) == 1 else ""
    if wanted in target.fields or wanted in target.properties:
        member = target.fields.get(wanted)
        return (
            f"`{target.name}.{wanted}` is not a relationship",
            hint or f"give `{target.name}` a relationship to `{owner.cls.fact.name}`, and name that",
            (member.place if member is not None else None) or place,
            back[0] if len(back) == 1 else "",
        )
    otherwise = f'add `{wanted} = relationship(back_populates="{relationship.name}")` to `{target.name}`'
    return (
        f"`{target.name}` has no attribute `{wanted}` for `{owner.cls.fact.name}.{relationship.name}`",
        hint or did_you_mean(wanted, target.relations, otherwise),
        place,
        back[0] if len(back) == 1 else "",
    )
