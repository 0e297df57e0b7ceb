"""What is known of the bases and mixins of Advanced Alchemy is what the real ones bring."""

from typing import Any

import pytest
from advanced_alchemy import base, mixins
from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from archlint.frameworks.sqlalchemy.mapping.brought import Brought, brought_by

KINDS = ("BigInt", "Identity", "NanoID", "UUID", "UUIDv6", "UUIDv7")
BASES = ("DefaultBase", *(f"{kind}{rest}" for kind in KINDS for rest in ("Base", "AuditBase")))
MIXINS = ("AuditColumns", "SlugKey", *(f"{kind}PrimaryKey" for kind in KINDS))


class Apart(DeclarativeBase):
    pass


def heir(parent: type, *others: type) -> Any:
    body: dict[str, object] = {"__module__": __name__, "__annotations__": {}}
    if not any("id" in vars(each) for each in parent.__mro__):
        body |= {"own": mapped_column(primary_key=True), "__annotations__": {"own": Mapped[int]}}
    if others:
        body["__tablename__"] = f"of_{parent.__name__.lower()}"
    return type(f"HeirOf{parent.__name__}", (parent, *others), body)


HEIRS = {
    **{name: heir(getattr(base, name)) for name in BASES},
    **{name: heir(getattr(mixins, name), Apart) for name in MIXINS},
}


def known(package: str, name: str) -> Brought:
    found = brought_by(f"{package}.{name}")
    assert found is not None
    return found


@pytest.mark.parametrize("name", HEIRS)
def test_the_columns_are_those_of_the_real_ones(name: str) -> None:
    found = known("advanced_alchemy.base", name)
    table = inspect(HEIRS[name]).local_table
    columns = {column.key for column in table.columns} - {"own", "sa_orm_sentinel"}
    assert columns == {*found.keys, *found.columns}
    assert {column.key for column in table.primary_key} - {"own"} == set(found.keys)


@pytest.mark.parametrize("name", BASES)
def test_bases_share_a_registry_in_which_tables_are_named_by_their_classes(name: str) -> None:
    assert known("litestar.plugins.sqlalchemy.base", name).is_base
    assert HEIRS[name].registry is base.orm_registry
    assert HEIRS[name].metadata is getattr(base, name).metadata
    assert HEIRS[name].__tablename__.startswith("heir_of_")


@pytest.mark.parametrize("name", [*HEIRS, "UniqueMixin"])
def test_they_have_the_attributes(name: str) -> None:
    cls = HEIRS.get(name) or mixins.UniqueMixin
    assert all(hasattr(cls, each) for each in known("advanced_alchemy.mixins", name).attributes)
