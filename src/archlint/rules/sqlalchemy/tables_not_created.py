"""Tables that `create_all` does not know of.

## Why is this bad?

`create_all` creates the tables that the metadata has by then: those of the modules that have been imported.
A model whose module is imported only later, inside a function that uses it, gets no table, and the first
query on it fails with `no such table` or `relation does not exist`.

## What to do

Import the module of every model before `create_all` is called: in the package of the models, or in the
function that calls it.

## Bad

`shop/db.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase

engine = create_engine("sqlite://")


class Base(DeclarativeBase):
    pass
```

`shop/refunds.py`:

```python
from sqlalchemy.orm import Mapped, mapped_column

from shop.db import Base


class Refund(Base):  # error: [sqlalchemy/tables-not-created] "`refunds` is not created"
    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
```

`shop/main.py`:

```python
from sqlalchemy.orm import Session

from shop.db import Base, engine


def prepare():
    Base.metadata.create_all(engine)


def refund():
    from shop.refunds import Refund

    with Session(engine) as session:
        session.add(Refund())
        session.commit()
```

## Good

`shop/db.py`:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase

engine = create_engine("sqlite://")


class Base(DeclarativeBase):
    pass
```

`shop/refunds.py`:

```python
from sqlalchemy.orm import Mapped, mapped_column

from shop.db import Base


class Refund(Base):
    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
```

`shop/main.py`:

```python
from sqlalchemy.orm import Session

from shop.db import Base, engine
from shop.refunds import Refund


def prepare():
    Base.metadata.create_all(engine)


def refund():
    with Session(engine) as session:
        session.add(Refund())
        session.commit()
```

## When not to use it

Projects with migrations (Alembic, Flask-Migrate), and those that import modules by name, are left alone.

## Source

`MetaData.create_all()` in the documentation of SQLAlchemy Core; the models must be imported first.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Act, Location, Related, Remedy, Severity, Step
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.database import Database
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.frameworks.sqlalchemy.startup.created import Startup
from archlint.frameworks.sqlalchemy.startup.creation import Creation, Site
from archlint.frameworks.sqlalchemy.tables.words import Table
from archlint.frameworks.sqlalchemy.wording import listed
from archlint.project import Module, Project
from archlint.project.files.test_code import is_test
from archlint.rule import Outcome, Rule, Verdict


class TablesNotCreated(Rule, frozen=True):
    """Every table that `create_all` is to create is a place. Those of one module are told of at once."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what is loaded when `create_all` runs with the modules of the tables."""
        mappings = project.view(Mappings)
        if not len(mappings):
            return
        creation = project.view(Creation)
        by_metadata: dict[str, list[Site]] = {}
        for site in creation.sites:
            by_metadata.setdefault(site.metadata, []).append(site)
        is_open = "" in by_metadata or (bool(by_metadata) and creation.is_migrated)
        for metadata, sites in by_metadata.items():
            tables = [table for table in mappings.catalog if table.metadata == metadata and _counts(table)]
            if is_open or not metadata:
                yield from (Outcome.UNKNOWN for _ in tables)
                continue
            yield from self._look(project, creation, tables, sites)
        if len(by_metadata) == 1 and not is_open:
            yield from self._of_others(project, creation, next(iter(by_metadata.values())))

    def _of_others(self, project: Project, creation: Creation, sites: list[Site]) -> Iterator[Verdict]:
        """Tables of a metadata that nothing creates, beside another that something does."""
        if project.view(Startup).is_open or project.view(Database).engines != 1:
            return  # the other database may be somebody else's
        loaded = frozenset[Module]().union(*(creation.loaded(site) for site in sites))
        for table in project.view(Mappings).catalog:
            is_other = table.metadata not in ("", sites[0].metadata)
            if is_other and _counts(table) and table.place.module in loaded:
                what = f"nothing calls `create_all` of `{table.metadata}`"
                hint = "let its class inherit from the base whose tables are created, or create these, too"
                yield self._found(project, [table], sites[0], what, hint)

    def _look(
        self, project: Project, creation: Creation, tables: list[Table], sites: list[Site]
    ) -> Iterator[Verdict]:
        loaded = frozenset[Module]().union(*(creation.loaded(site) for site in sites))
        if any(table.place.module not in loaded for table in tables):
            each = [creation.loaded_by_functions(site) for site in sites]
            if None in each:
                yield from (Outcome.UNKNOWN for _ in tables)
                return
            loaded = loaded.union(*(modules for modules in each if modules is not None))
        later = creation.later(loaded) | frozenset(module for site in sites for module in (site.module,))
        late: dict[Module, list[Table]] = {}
        for table in tables:
            module = table.place.module
            if module in loaded and not _is_behind(table, sites):
                yield Outcome.KEPT
            elif module not in later and not any(site.function is None for site in sites):
                yield Outcome.UNKNOWN  # nobody may ever use it
            else:
                late.setdefault(module, []).append(table)
        for missed in late.values():
            yield self._told(
                project, missed, sites[0], _loaded_earlier(creation, missed[0], sites[0], loaded)
            )

    def _told(self, project: Project, tables: list[Table], site: Site, remedy: Step | None) -> Verdict:
        name = tables[0].place.module.name
        what, hint = (
            f"`{name}` is imported only after `create_all`",
            f"import `{name}` before `create_all` is called",
        )
        return self._found(project, tables, site, what, hint, remedy)

    def _found(
        self,
        project: Project,
        tables: list[Table],
        site: Site,
        what: str,
        hint: str,
        remedy: Step | None = None,
    ) -> Verdict:
        table = tables[0]
        mapped = project.view(Mappings).mapped(table.owner)
        fact = mapped.cls.fact if mapped is not None else None
        place = Place(table.place.module, fact.line, fact.column) if fact is not None else table.place
        return self.finding(
            location(project, place),
            f"{_named(tables)} not created: {what}",
            hint,
            related=(Related(location(project, site.place), "the tables are created here"),),
            remedy=Remedy((remedy,), safe=False) if remedy is not None else None,
        )


def _named(tables: list[Table]) -> str:
    """The tables as the subject of a sentence, with its verb."""
    names = [table.key or table.owner for table in tables]
    return f"table {listed(names)} is" if len(names) == 1 else f"tables {listed(names)} are"


def _loaded_earlier(creation: Creation, table: Table, site: Site, loaded: frozenset[Module]) -> Step | None:
    """The import of the table's module: in its package if that has the others, else beside `create_all`."""
    module = table.place.module
    package = module.name.rpartition(".")[0]
    needed = creation.needed(module)
    for each in loaded:
        if not each.is_package or each.name != package or not package:
            continue
        has_others = any(fact.module.startswith(f"{package}.") for fact in each.facts.imports)
        takes_from_it = any(fact.module == package for fact in module.facts.imports)
        if has_others and not takes_from_it and table.owner.startswith(f"{module.name}."):
            return Step(Act.BRING_IN, Location(each.path, 1, 1, 1, 1), imports=(table.owner,))
    if site.module in needed or not package:
        return None
    return Step(
        Act.BRING_IN, Location(site.module.path, 1, 1, 1, 1), "  # noqa: F401", imports=(module.name,)
    )


def _counts(table: Table) -> bool:
    """Whether a table is one that the application needs: neither a test's nor made inside a function."""
    return not is_test(table.place.module.path) and "()" not in table.owner and ":" not in table.owner


def _is_behind(table: Table, sites: list[Site]) -> bool:
    """Whether a table is declared in the module of every site, behind it."""
    return all(
        site.function is None and site.module is table.place.module and site.place.line < table.place.line
        for site in sites
    )
