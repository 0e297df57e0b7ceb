"""What Flask-SQLAlchemy's object hands on is SQLAlchemy's, under the name that archlint has for it."""

from importlib import import_module

import pytest
from flask_sqlalchemy import SQLAlchemy

from archlint.frameworks.sqlalchemy.names import handed_on

DB = SQLAlchemy()


@pytest.mark.parametrize(
    "name", ["select", "insert", "update", "text", "joinedload", "aliased", "object_session"]
)
def test_handed_on(name):
    module, _, last = handed_on(f"flask_sqlalchemy.SQLAlchemy.{name}").rpartition(".")
    assert getattr(DB, name) is getattr(import_module(module), last)


def test_functions_behind_a_name():
    assert handed_on("flask_sqlalchemy.SQLAlchemy.func.count") == "sqlalchemy.func.count"


@pytest.mark.parametrize("name", ["Model", "session.execute", "paginate", "init_app"])
def test_its_own(name):
    assert not handed_on(f"flask_sqlalchemy.SQLAlchemy.{name}")


def test_of_others():
    assert not handed_on("sqlalchemy.select")
