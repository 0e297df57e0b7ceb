"""What drivers of databases call what they give, and how they differ."""

from __future__ import annotations

from typing import Final

import msgspec


class Driver(msgspec.Struct, frozen=True):
    """A driver as far as code can tell it from others."""

    name: str
    is_async: bool = False
    has_server: bool = True
    """SQLite's have none: many connections are made once, for one process, and wait for themselves."""

    closes: bool = True
    """Whether the end of a `with` closes its connection; with others it only ends the transaction."""

    rows: str = ""
    """What its rows are by default: `tuple`, `record`, `sqlite`; empty where that differs."""


AIOSQLITE: Final = Driver("aiosqlite", is_async=True, has_server=False, rows="sqlite")
ASYNCPG: Final = Driver("asyncpg", is_async=True, rows="record")
PSYCOPG: Final = Driver("psycopg", rows="tuple")
PSYCOPG_ASYNC: Final = Driver("psycopg", is_async=True, rows="tuple")
PSYCOPG2: Final = Driver("psycopg2", closes=False, rows="tuple")
SQLITE: Final = Driver("sqlite3", has_server=False, closes=False, rows="sqlite")
DJANGO: Final = Driver("django", has_server=False, closes=False, rows="tuple")

CONNECTING: Final = {
    "MySQLdb.connect": Driver("MySQLdb"),
    "aiomysql.connect": Driver("aiomysql", is_async=True),
    "aiopg.connect": Driver("aiopg", is_async=True),
    "aiosqlite.connect": AIOSQLITE,
    "asyncmy.connect": Driver("asyncmy", is_async=True),
    "asyncpg.connect": ASYNCPG,
    "mysql.connector.connect": Driver("mysql"),
    "oracledb.connect": Driver("oracledb"),
    "oracledb.connect_async": Driver("oracledb", is_async=True),
    "psycopg.AsyncConnection.connect": PSYCOPG_ASYNC,
    "psycopg.Connection.connect": PSYCOPG,
    "psycopg.connect": PSYCOPG,
    "psycopg2.connect": PSYCOPG2,
    "pymysql.connect": Driver("pymysql"),
    "sqlite3.connect": SQLITE,
}
"""What makes a connection."""

POOLING: Final = {
    "asyncpg.create_pool": ASYNCPG,
    "asyncpg.pool.create_pool": ASYNCPG,
    "psycopg_pool.AsyncConnectionPool": PSYCOPG_ASYNC,
    "psycopg_pool.ConnectionPool": PSYCOPG,
}
"""What makes a pool of connections."""

CONNECTIONS: Final = {
    "aiosqlite.Connection": AIOSQLITE,
    "asyncpg.Connection": ASYNCPG,
    "asyncpg.connection.Connection": ASYNCPG,
    "psycopg.AsyncConnection": PSYCOPG_ASYNC,
    "psycopg.Connection": PSYCOPG,
    "psycopg2.extensions.connection": PSYCOPG2,
    "sqlite3.Connection": SQLITE,
}
"""The classes of connections, in annotations."""

POOLS: Final = {
    **{name: driver for name, driver in POOLING.items() if name.startswith("psycopg_pool.")},
    "asyncpg.Pool": ASYNCPG,
    "asyncpg.pool.Pool": ASYNCPG,
}
"""The classes of pools, likewise."""

DRIVERS: Final = frozenset(name.partition(".")[0] for name in (*CONNECTING, *POOLING))
"""The packages."""

ROW_FACTORIES: Final = {
    "psycopg.rows.dict_row": "dict",
    "psycopg.rows.tuple_row": "tuple",
    "psycopg2.extras.RealDictCursor": "dict",
}
"""What rows are that something makes which is passed for it."""
