"""Association proxies and synonyms of attributes that are not there.

## Why is this bad?

`association_proxy("items", "product")` names a relationship of its class, and an attribute of the class
that it leads to; `synonym("number")` another attribute of its own. SQLAlchemy looks for them when they are
read for the first time, in whatever request that is: `InvalidRequestError` or `AttributeError`. No import
and no test that leaves the attribute alone tells of it.

## What to do

Write the names as the classes have them.

## Bad

```python
from sqlalchemy import ForeignKey
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, synonym


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    items: Mapped[list["Item"]] = relationship()
    products = association_proxy("lines", "product")  # error: [sqlalchemy/unknown-proxied-attribute] "lines"
    amounts = association_proxy("items", "amuont")  # error: [sqlalchemy/unknown-proxied-attribute] "amuont"
    code = synonym("nubmer")  # error: [sqlalchemy/unknown-proxied-attribute] "`nubmer`"


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    product: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
```

## Good

```python
from sqlalchemy import ForeignKey
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, synonym


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    items: Mapped[list["Item"]] = relationship()
    products = association_proxy("items", "product")
    code = synonym("number")


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    product: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
```

## Source

https://docs.sqlalchemy.org/en/20/orm/extensions/associationproxy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.orm import Model, Property
from archlint.frameworks.sqlalchemy.mapping.elided import is_cut
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import items_of
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location, related
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownProxiedAttribute(Rule, frozen=True):
    """Every association proxy and every synonym is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look up what they stand for."""
        mappings = project.view(Mappings)
        told = set()
        for mapped in mappings.classes():
            model = mappings.model(mapped.key)
            for known in mapped.properties.values() if model is not None and not mapped.is_abstract else ():
                if not known.leads_to or known.place is None or known.place in told:
                    continue
                told.add(known.place)
                missed = _missed(mappings, mapped, known)
                if isinstance(missed, Outcome):
                    yield missed
                    continue
                of, kind, name = missed
                if of.cls is None or is_cut(project, of.cls):
                    yield Outcome.UNKNOWN
                    continue
                choice = of.relations if kind == "relationship" else (*of.fields, *of.relations)
                yield self.finding(
                    location(project, known.place),
                    f"`{of.name}` has no {kind} `{name}` for `{mapped.cls.fact.name}.{known.name}`",
                    did_you_mean(name, list(choice), f"name what `{of.name}` has"),
                    related=related(project, of.place, f"`{of.name}` is declared here"),
                )


def _missed(mappings: Mappings, mapped: MappedClass, known: Property) -> tuple[Model, str, str] | Outcome:
    """The class that lacks something, and what that is."""
    first, _, second = known.leads_to.partition(".")
    model = mappings.model(mapped.key)
    if model is None:
        return Outcome.UNKNOWN
    relation = model.relations.get(first)
    if not second:
        return _looked_up(model, "attribute", first)
    if relation is None:
        return _looked_up(model, "relationship", first)
    target = mappings.model(relation.target) if relation.target else None
    if target is None or _may_be_of_heirs(mappings, target, second):
        return Outcome.UNKNOWN
    return _looked_up(target, "attribute", second)


def _may_be_of_heirs(mappings: Mappings, model: Model, name: str) -> bool:
    """Whether all its rows may be of heirs that have an attribute, or that a function makes."""
    if any(given == "polymorphic_on" for given, _ in items_of(model.meta.get("__mapper_args__"))):
        return not _has(model, name)
    return any(model.key in each.parents and _has(each, name) for each in mappings)


def _has(model: Model, name: str) -> bool:
    members = (*model.fields, *model.relations, *model.properties, *model.attributes)
    return name in members


def _looked_up(model: Model, kind: str, name: str) -> tuple[Model, str, str] | Outcome:
    if name in model.fields or name in model.relations or name in model.properties:
        return Outcome.KEPT
    if name in model.attributes:
        return Outcome.KEPT if kind == "attribute" else Outcome.UNKNOWN
    return Outcome.UNKNOWN if model.is_open or name.startswith("_") else (model, kind, name)
