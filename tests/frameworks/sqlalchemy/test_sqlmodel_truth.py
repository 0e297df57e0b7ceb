"""What rules claim of SQLModel, shown with the real one."""

from typing import Any

import pytest
from pydantic import ConfigDict
from sqlalchemy import Column, String
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Base(SQLModel, registry=registry()):
    """Tables of this module, apart from those of others."""


class Hero(Base, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    town: str = Field(default="", alias="lives_in")


class Loose(Base, table=True):
    model_config = ConfigDict(extra="allow")  # type: ignore[assignment]
    id: int | None = Field(default=None, primary_key=True)


def test_a_constructor_drops_what_there_is_no_attribute_for() -> None:
    given: dict[str, Any] = {"nmae": "Ann", "lives_in": "Ulm"}
    hero = Hero(**given)
    assert (hero.name, hero.town, hasattr(hero, "nmae")) == ("", "Ulm", False)
    assert getattr(Loose(**given), "nmae", None) == "Ann"


def test_an_update_drops_it_too() -> None:
    hero = Hero(name="Ann")
    hero.sqlmodel_update({"nmae": "Bob"})
    assert (hero.name, hasattr(hero, "nmae")) == ("Ann", False)


def test_a_column_is_for_one_table() -> None:
    class Named(Base):
        name: str = Field(sa_column=Column(String(9)))

    class Town(Named, table=True):
        id: int | None = Field(default=None, primary_key=True)

    with pytest.raises(ArgumentError, match="already assigned to Table"):

        class Land(Named, table=True):
            id: int | None = Field(default=None, primary_key=True)
