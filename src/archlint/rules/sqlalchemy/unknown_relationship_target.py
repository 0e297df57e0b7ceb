"""Relationships to a class that is not mapped.

## Why is this bad?

A relationship names its target in text, and SQLAlchemy looks the name up among the classes of the same
registry when the mappers are configured: at the first query, not at import. If no class has that name, or two
have it, every query of the application fails with `InvalidRequestError`, whatever class it is for. A target
that is given as a class must be mapped too; otherwise it is `UnmappedClassError`.

A class is known by its name only once its module has been imported: one that nothing imports is not there.

## What to do

Name the mapped class as it is called. Where two classes share a name, write enough of the module's name in
front: `"billing.models.Account"`.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer = relationship("Client")  # error: [sqlalchemy/unknown-relationship-target] "no mapped class"
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


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer = relationship("Customer")
```

## When not to use it

Classes that code makes by `type(...)`, and registries of a reflected database, are left alone.

## Source

"Late-Evaluation of Relationship Arguments" in the documentation of SQLAlchemy's declarative mapping.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Location, Remedy, Severity
from archlint.frameworks.sqlalchemy.mapping.elided import is_bound
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.startup.meetings import Meetings
from archlint.frameworks.sqlalchemy.startup.unloaded import Unloaded
from archlint.frameworks.sqlalchemy.wording import listed
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.remedies import respell, respelled
from archlint.rule import Outcome, Rule, Verdict


class UnknownRelationshipTarget(Rule, frozen=True):
    """Every relationship is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at the target of every relationship of every mapped class."""
        mappings = project.view(Mappings)
        for owner, relationship in mappings.relationships():
            problem = _problem(project, mappings, owner, relationship)
            if isinstance(problem, Outcome):
                yield problem
                continue
            message, hint = problem
            here = location(project, relationship.place)
            remedy = _remedy(mappings, owner, relationship, here)
            yield self.finding(here, message, hint, remedy=remedy)


def _problem(
    project: Project, mappings: Mappings, owner: MappedClass, relationship: Relationship
) -> tuple[str, str] | Outcome:
    meetings = project.view(Meetings)
    found = mappings.targets(relationship, owner)
    if len(found) == 1:
        return _loaded(project, owner, found[0])
    written = relationship.text or relationship.written
    if len(found) > 1:
        if any(each.is_local for each in found) or not meetings.meet(*(each.cls.module for each in found)):
            return Outcome.UNKNOWN
        return (
            f"{len(found)} mapped classes are called `{written}`: {listed(each.key for each in found)}",
            f'write which: `"{found[0].key}"`',
        )
    if relationship.target is not None:
        return _unmapped(mappings, relationship)
    if not relationship.text or not mappings.is_closed(owner) or not _is_name(written):
        return Outcome.UNKNOWN
    if meetings.may_be_made(written) or meetings.is_brought(written) or _is_undefined(owner, relationship):
        return Outcome.UNKNOWN
    elsewhere = mappings.anywhere(written)
    if elsewhere:
        return (
            f"`{written}` is mapped by another registry than `{owner.cls.fact.name}`",
            f"let `{written}` and `{owner.cls.fact.name}` inherit from the same base",
        )
    return (
        f"no mapped class `{written}` in the registry of `{owner.cls.fact.name}`",
        _meant(mappings, owner, relationship, written),
    )


def _loaded(project: Project, owner: MappedClass, target: MappedClass) -> tuple[str, str] | Outcome:
    """A target is there only if something imports its module, and not for type checkers alone."""
    module, own = target.cls.module, owner.cls.module
    if module is own or project.view(Unloaded).is_unloaded(own):
        return Outcome.KEPT
    if not project.view(Unloaded).is_unloaded(module):
        return Outcome.KEPT
    return (
        f"`{target.cls.fact.name}` is not there at run time: nothing imports `{module.name}`",
        f"import `{module.name}` where the other models are imported",
    )


def _remedy(
    mappings: Mappings, owner: MappedClass, relationship: Relationship, here: Location
) -> Remedy | None:
    written = relationship.text or relationship.written
    if relationship.target or mappings.targets(relationship, owner) or mappings.anywhere(written):
        return None
    near, name = _counterpart(mappings, owner, relationship), written.rpartition(".")[2]
    return respell(here, name, near) if near else respelled(here, name, _known(mappings, owner), nearness=0.7)


def _counterpart(mappings: Mappings, owner: MappedClass, relationship: Relationship) -> str:
    """The class whose relationship leads back: it is surely the one that is meant."""
    for other, back in mappings.relationships():
        is_named = relationship.back_populates in ("", back.name) and back.back_populates == relationship.name
        if is_named and mappings.targets(back, other) == (owner,):
            return other.cls.fact.name
    return ""


def _known(mappings: Mappings, owner: MappedClass) -> list[str]:
    return [name for name in mappings.names_known(owner) if name != owner.cls.fact.name]


def _meant(mappings: Mappings, owner: MappedClass, relationship: Relationship, written: str) -> str:
    near = _counterpart(mappings, owner, relationship)
    if near:
        return f"did you mean `{near}`?"
    otherwise = f"map a class `{written}`, or name the one that is meant"
    return did_you_mean(written.rpartition(".")[2], _known(mappings, owner), otherwise)


def _unmapped(mappings: Mappings, relationship: Relationship) -> tuple[str, str] | Outcome:
    """A target that is given as a class of the project."""
    if relationship.target is None or not mappings.is_surely_unmapped(relationship.target):
        return Outcome.UNKNOWN
    return (
        f"`{relationship.written}` is not mapped, so nothing can be related to it",
        f"map `{relationship.written}`, or name the class that is",
    )


def _is_undefined(owner: MappedClass, relationship: Relationship) -> bool:
    """Whether the target is a bare name of an annotation that nothing binds: Python itself will say so."""
    said = relationship.annotation
    if said is None or said.is_quoted or relationship.arguments or "argument" in relationship.options:
        return False
    return not is_bound(owner.cls, said.target.partition(".")[0])


def _is_name(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))
