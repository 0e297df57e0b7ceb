"""Columns and tables in text of SQL that are not there.

## Why is this bad?

Nobody looks into a text before the database does. A column that the table does not have, or an alias that no
`FROM` and no `JOIN` gives, raises `OperationalError` or `ProgrammingError` when the statement runs, and only
then.

## What to do

Write the column as the table has it, and give each table the alias by which the statement calls it.

The tables are those that the project makes itself, by `CREATE TABLE` or by models of SQLAlchemy. A statement
that is put together is looked at with all that its branches add, where each part can be seen.

## Bad

```python
import sqlite3

ARTICLES = "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, author INTEGER)"
USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT)"


def names(connection: sqlite3.Connection) -> list[tuple[str]]:
    sql = "SELECT name FROM users"  # error: [python/unknown-sql-name] "has a column `name`"
    return connection.execute(sql).fetchall()


def titles(connection: sqlite3.Connection, name: str) -> list[tuple[str]]:
    rows = connection.execute(
        "SELECT a.title FROM articles a"  # error: [python/unknown-sql-name] "the statement has no table `w`"
        " JOIN users u ON u.id = a.author WHERE w.username = ?",
        (name,),
    )
    return rows.fetchall()
```

## Good

```python
import sqlite3

ARTICLES = "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, author INTEGER)"
USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT)"


def names(connection: sqlite3.Connection) -> list[tuple[str]]:
    sql = "SELECT username FROM users"
    return connection.execute(sql).fetchall()


def titles(connection: sqlite3.Connection, name: str) -> list[tuple[str]]:
    rows = connection.execute(
        "SELECT a.title FROM articles a"
        " JOIN users w ON w.id = a.author WHERE w.username = ?",
        (name,),
    )
    return rows.fetchall()
```

## Source

https://www.sqlite.org/lang_select.html
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sql.declared_tables import DeclaredTables
from archlint.frameworks.sql.parsing import parsed
from archlint.frameworks.sql.unknown_names import UnknownName, unknown_names
from archlint.frameworks.sql.whole_texts import WholeText, whole_texts
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class UnknownSqlName(Rule, frozen=True):
    """Every text of SQL that is run as it is written is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look its names up in the tables of the project."""
        tables = project.view(DeclaredTables)
        if not tables:
            return
        told: set[object] = set()
        for whole in whole_texts(project):
            if whole in told:
                continue
            told.add(whole)
            statements = parsed(whole.text)
            if not statements:
                yield Outcome.UNKNOWN
                continue
            found = [name for each in statements for name in unknown_names(each, tables.columns)]
            if not found:
                yield Outcome.KEPT
            for name in found:
                if (whole.piece_with(name.name), name.name) not in told:
                    told.add((whole.piece_with(name.name), name.name))
                    yield self._found(project, whole, name)

    def _found(self, project: Project, whole: WholeText, unknown: UnknownName) -> Finding:
        if unknown.is_table:
            message = f"the statement has no table `{unknown.name}`"
            otherwise = f"give a table this alias: `… AS {unknown.name}`"
        elif unknown.of:
            message, otherwise = (
                f"`{unknown.of}` has no column `{unknown.name}`",
                "write a column that it has",
            )
        else:
            message = f"no table of the statement has a column `{unknown.name}`"
            otherwise = "write a column that one of them has"
        piece = whole.piece_with(unknown.name)
        place = project.location(piece.module, piece.line, piece.column)
        hint = did_you_mean(unknown.name, unknown.near, otherwise)
        run = spot(project, whole.module, whole.call)
        related = (
            () if run.path == place.path and run.line == place.line else (Related(run, "it is run here"),)
        )
        return self.finding(place, message, hint, related=related)
