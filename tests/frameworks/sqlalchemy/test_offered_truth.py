"""What archlint says that sessions and statements have is at least what the installed ones have."""

from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.query import Query as FlaskQuery
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, literal, select, text, union, update
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session
from sqlalchemy.orm import Query, Session, scoped_session, sessionmaker
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel import Session as ModelSession
from sqlmodel.ext.asyncio.session import AsyncSession as AsyncModelSession
from sqlmodel.sql.expression import SelectOfScalar

from archlint.frameworks.sqlalchemy.asked.offered import SESSION, STATEMENT

SESSIONS = (
    Session,
    AsyncSession,
    scoped_session,
    async_scoped_session,
    FlaskSession,
    ModelSession,
    AsyncModelSession,
)
ONE = select(literal(1))
STATEMENTS: tuple[Any, ...] = (ONE, Query([literal(1)]), union(ONE, ONE), text("select 1"))
KINDS = (insert, update, delete)
CLASSES = (postgresql.Insert, mysql.Insert, sqlite.Insert, TextualSelect, FlaskQuery, SelectOfScalar)


@pytest.mark.parametrize("cls", SESSIONS)
def test_sessions(cls):
    assert _public(cls) <= SESSION


def test_objects():
    assert _public(Session()) | _public(scoped_session(sessionmaker())) <= SESSION


@pytest.mark.parametrize(
    "statement", [*STATEMENTS, *CLASSES], ids=lambda each: getattr(each, "__name__", type(each).__name__)
)
def test_statements(statement):
    assert _public(statement) <= STATEMENT


@pytest.mark.parametrize("make", KINDS)
def test_changes(make):
    assert _public(make(Table("orders", MetaData(), Column("id", Integer)))) <= STATEMENT


def test_others_fail():
    with pytest.raises(AttributeError):
        Session().comit()  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        ONE.wehre(literal(1) == 1)  # type: ignore[attr-defined]


def test_the_registry_of_a_scoped_session_is_none_itself():
    scoped = scoped_session(sessionmaker())
    assert scoped.registry.has() is False
    assert isinstance(scoped.registry(), Session)


def test_what_a_base_is_given_its_classes_have():
    assert Kept.fetch(1) == ("Kept", 1)
    assert Kept(id=1).save() == "saved"


def _public(of):
    return {name for name in dir(of) if not name.startswith("_")}


class Saving:
    def save(self):
        return "saved"


db = SQLAlchemy()
db.Model.fetch = classmethod(lambda cls, number: (cls.__name__, number))  # type: ignore[attr-defined]


class Kept(db.Model, Saving):  # type: ignore[misc, name-defined]
    id = db.Column(db.Integer, primary_key=True)
