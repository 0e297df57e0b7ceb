"""Which module a URL makes SQLAlchemy import, and Django an engine, although no code of a project does."""

import importlib
import sys

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine


@pytest.mark.parametrize(
    ("url", "module", "make"),
    [
        ("sqlite+aiosqlite:///shop.db", "aiosqlite", create_async_engine),
        ("postgresql+asyncpg://localhost/shop", "asyncpg", create_async_engine),
        ("postgresql+psycopg2://localhost/shop", "psycopg2", create_engine),
        ("mysql+pymysql://localhost/shop", "pymysql", create_engine),
        ("mysql://localhost/shop", "MySQLdb", create_engine),
    ],
)
def test_a_url_asks_for_its_driver(url, module, make, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=module):
        make(url)


def test_a_url_without_a_driver_means_one_of_postgresql(monkeypatch):
    assert make_url("postgresql://localhost/shop").get_driver_name() in ("psycopg", "psycopg2")


def test_an_engine_of_django_asks_for_its_driver(monkeypatch):
    from django.core.exceptions import ImproperlyConfigured

    for name in ("psycopg", "psycopg2"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "django.db.backends.postgresql.base", raising=False)
    monkeypatch.delitem(sys.modules, "django.db.backends.postgresql.psycopg_any", raising=False)
    with pytest.raises(ImproperlyConfigured, match="psycopg2 or psycopg"):
        importlib.import_module("django.db.backends.postgresql.base")
