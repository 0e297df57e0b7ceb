"""Applications whose tables nothing creates when they start.

## Why is this bad?

Mapped classes describe tables; they do not make them. Where neither migrations nor `create_all` run before
the first request, every query fails with `no such table` or `relation does not exist`. Often the function
that calls `create_all` is there, but nobody calls it, or only `if __name__ == "__main__":`, which a server
that imports the application never comes to.

## What to do

Call `create_all` where the application starts: in its factory, its startup hook or its lifespan; or keep
migrations with Alembic.

## Bad

`shop/models.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///shop.db")


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def prepare() -> None:
    Base.metadata.create_all(engine)  # warning: [sqlalchemy/schema-not-created] "nothing calls `prepare`"
```

`shop/main.py`:

```python
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, engine

app = Flask(__name__)


@app.get("/orders")
def orders() -> list[int]:
    with Session(engine) as session:
        return list(session.scalars(select(Order.id)))
```

## Good

`shop/models.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///shop.db")


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


def prepare() -> None:
    Base.metadata.create_all(engine)
```

`shop/main.py`:

```python
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, engine, prepare

app = Flask(__name__)
prepare()


@app.get("/orders")
def orders() -> list[int]:
    with Session(engine) as session:
        return list(session.scalars(select(Order.id)))
```

## When not to use it

Projects with migrations, with SQL files or with `CREATE TABLE` in their code are left alone. Those without
any `create_all` are, too, unless they fill a database of SQLite: of others, somebody else may be the owner.

## Source

`MetaData.create_all()` in the documentation of SQLAlchemy Core.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.startup.created import Startup
from archlint.frameworks.sqlalchemy.startup.embedded import embedded_database
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class SchemaNotCreated(Rule, frozen=True):
    """Every `create_all` is a place."""

    severity = Severity.WARNING
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look whether any `create_all` is come to."""
        startup = project.view(Startup)
        sites = startup.sites()
        if startup.is_open:
            yield Outcome.UNKNOWN
            return
        if not sites:
            yield self._never(project)
            return
        if any(startup.is_reached(site) for site in sites):
            yield Outcome.KEPT
            return
        hint = "create the tables at startup, or keep migrations"
        for site in sites:
            name = site.function.fact.name if site.function is not None else ""
            message = f"the tables are never created: nothing calls `{name}` when the application starts"
            tried = startup.tried_at(site)
            if tried is not None:
                called = name or "create_all"
                message = (
                    f"a server that imports the application never comes to `{called}`: there are no tables"
                )
            yield self.finding(location(project, tried or site.place), message, hint)

    def _never(self, project: Project) -> Verdict:
        """Nothing creates tables: that is wrong where nobody else can."""
        place = embedded_database(project)
        if place is None:
            return Outcome.UNKNOWN
        message = "nothing creates the tables in this database: the first query finds none"
        return self.finding(location(project, place), message, "call `create_all` at startup")
