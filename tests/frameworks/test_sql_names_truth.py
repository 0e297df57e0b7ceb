"""Which names in a text of SQL are there, by what SQLite says and by what archlint reads."""

import sqlite3

import pytest

from archlint.frameworks.sql.parsing import parsed
from archlint.frameworks.sql.unknown_names import unknown_names

SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT UNIQUE, email TEXT, created TEXT);
CREATE TABLE articles (id INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, author INTEGER);
CREATE TABLE favorites (user_id INTEGER, article_id INTEGER, PRIMARY KEY (user_id, article_id));
"""
TABLES = {
    "users": frozenset({"id", "username", "email", "created"}),
    "articles": frozenset({"id", "slug", "title", "author"}),
    "favorites": frozenset({"user_id", "article_id"}),
}
WRONG = {
    "SELECT name FROM users": "name",
    "SELECT u.name FROM users u": "name",
    "SELECT a.id FROM articles a JOIN users u ON u.id = a.author WHERE fu.username = ?": "fu",
    "SELECT articles.id FROM articles a": "articles",
    "SELECT a.id, EXISTS(SELECT 1 FROM favorites f WHERE f.article_id = x.id) FROM articles a": "x",
    "SELECT id FROM articles WHERE id IN (SELECT slug FROM favorites WHERE liked = 1)": "liked",
    "SELECT t.total FROM (SELECT author, COUNT(*) AS n FROM articles GROUP BY author) t": "total",
    "WITH top AS (SELECT article_id FROM favorites) SELECT 1 FROM users a JOIN top ON top.id = a.id": "id",
    "SELECT title FROM articles ORDER BY created_at DESC": "created_at",
    "SELECT author, COUNT(*) AS n FROM articles GROUP BY author HAVING total > 1": "total",
    "SELECT row_number() OVER (PARTITION BY author ORDER BY created) FROM articles": "created",
    "INSERT INTO articles (slug, user_id) VALUES (?, ?)": "user_id",
    "INSERT INTO users (id) VALUES (?) ON CONFLICT(id) DO UPDATE SET mail = excluded.username": "mail",
    "INSERT INTO users (username) VALUES (?) RETURNING uid": "uid",
    "UPDATE users SET image = ? WHERE id = ?": "image",
    "UPDATE users SET email = ? WHERE uid = ?": "uid",
    "DELETE FROM favorites WHERE slug = ?": "slug",
    "SELECT id FROM users UNION SELECT uid FROM articles": "uid",
}
RIGHT = (
    "SELECT username AS name, COUNT(*) c FROM users GROUP BY name HAVING c > 1 ORDER BY c DESC, rowid",
    "SELECT u.*, a.title FROM users u, articles a WHERE u.id = a.author AND u.created > CURRENT_TIMESTAMP",
    "SELECT * FROM (SELECT * FROM users) WHERE email LIKE '%' || ? || '%'",
    "SELECT strftime('%Y', created) AS y FROM users ORDER BY y COLLATE NOCASE",
    "SELECT name FROM sqlite_master WHERE type = 'table'",
    "SELECT json_extract(value, '$.a') FROM users, json_each(users.email) WHERE 0",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t",
    "WITH t AS (SELECT id AS a FROM users), s AS (SELECT a AS b FROM t) SELECT b FROM s",
    "SELECT id FROM articles WHERE id IN (SELECT article_id FROM favorites WHERE user_id = author)",
    "INSERT INTO favorites SELECT u.id, a.id FROM users u CROSS JOIN articles a WHERE true",
    "INSERT INTO users (id, email) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET email = excluded.email",
    "UPDATE articles SET title = (SELECT username FROM users WHERE users.id = articles.author)",
    "SELECT x.id, main.users.id FROM main.users, users x WHERE x.id = :id",
    "SELECT iif(id > 1, 'a', 'b') AS k FROM users WHERE k = 'a'",
    "SELECT id FROM users UNION SELECT id FROM articles ORDER BY id",
    "REPLACE INTO users (id, username) VALUES (?, ?)",
    "SELECT id FROM users JOIN (SELECT author FROM articles) a ON a.author = users.id",
    "SELECT Users.ID FROM USERS WHERE users.Email IS NULL",
)


def _refusal(sql: str) -> str:
    """What SQLite says to a statement; nothing where it takes it."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    parameters = {"id": 1} if ":id" in sql else ("1",) * sql.count("?")
    try:
        connection.execute(sql, parameters)
    except sqlite3.OperationalError as refusal:
        return str(refusal)
    finally:
        connection.close()
    return ""


@pytest.mark.parametrize("sql", WRONG)
def test_what_is_not_there_is_refused(sql: str) -> None:
    assert WRONG[sql] in _refusal(sql)
    (statement,) = parsed(sql)
    assert [each.name for each in unknown_names(statement, TABLES)] == [WRONG[sql]]


@pytest.mark.parametrize("sql", RIGHT)
def test_what_is_there_is_not(sql: str) -> None:
    assert not _refusal(sql)
    (statement,) = parsed(sql)
    assert unknown_names(statement, TABLES) == []


def test_of_tables_that_nobody_knows_nothing_is_said() -> None:
    for sql in ("SELECT a.x, y FROM orders a", "SELECT u.id, y FROM users u JOIN orders o ON o.u = u.id"):
        (statement,) = parsed(sql)
        assert unknown_names(statement, TABLES) == []


def test_what_cannot_be_read_is_nothing() -> None:
    assert parsed("SELECT FROM WHERE") == ()
