"""Classes that the discriminator of their table cannot tell apart.

## Why is this bad?

Each row says by its discriminator which class it is for. Where two classes give the same
`polymorphic_identity`, the one that is mapped last gets the rows of both. SQLAlchemy only warns; then a
query for objects of the one class meets rows that are for the other, and fails with `InvalidRequestError`,
or a query for their parent gives objects of the wrong class.

## What to do

Give each class an identity of its own.

## Bad

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "vehicle"}


class Truck(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "truck"}


class Bus(Vehicle):
    __mapper_args__ = {
        "polymorphic_identity": "truck",  # error: [sqlalchemy/shared-polymorphic-identity] "of `Truck`"
    }
```

## Good

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Vehicle(Base):
    __tablename__ = "vehicles"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "vehicle"}


class Truck(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "truck"}


class Bus(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "bus"}
```

## Source

https://docs.sqlalchemy.org/en/20/orm/inheritance.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Expression, Literal, dotted
from archlint.finding import Severity
from archlint.frameworks.orm import Place
from archlint.frameworks.places.expressions import text_at
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import own_arguments
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location, place_of, related
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class SharedPolymorphicIdentity(Rule, frozen=True):
    """Every `polymorphic_identity` is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the identities of the classes of each module that have the same root."""
        mappings = project.view(Mappings)
        taken: dict[tuple[str, str, object], MappedClass] = {}
        for mapped in mappings.classes():
            given = own_arguments(mappings.body(mapped.cls)).get("polymorphic_identity")
            said = _said(given) if given is not None else None
            if given is None or mapped.is_abstract:
                continue
            if said is None or mapped.is_local:
                yield Outcome.UNKNOWN
                continue
            line = _line(mappings, mapped)
            other = taken.setdefault((line[-1], mapped.cls.module.path, said), mapped)
            if other.key in line or mapped.key in _line(mappings, other):
                yield Outcome.KEPT
                continue
            module, name = mapped.cls.module, other.cls.fact.name
            yield self.finding(
                text_at(project, module, given)
                if isinstance(given, Literal)
                else location(project, place_of(module, given)),
                f"`{mapped.cls.fact.name}` has the identity of `{name}`: rows of one are taken for the other",
                "give each class an identity of its own",
                related=related(project, Place(module, other.cls.fact.line, 0), f"`{name}` is declared here"),
            )


def _said(given: Expression) -> object | None:
    """An identity that can be compared: a literal, or the member of an enumeration; None for all else."""
    if isinstance(given, Literal):
        return (type(given.value).__name__, given.value) if given.value is not None else None
    return dotted(given) or None if isinstance(given, Attribute) else None


def _line(mappings: Mappings, mapped: MappedClass) -> tuple[str, ...]:
    """A class and those that it inherits from, up to the one that the hierarchy begins with."""
    found = [mapped.key]
    while mapped.parent is not None:
        above = mappings.mapped(mapped.parent.name)
        if above is None:
            break
        mapped = above
        found.append(mapped.key)
    return tuple(found)
