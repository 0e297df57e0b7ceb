"""What a mixin cannot make for all classes at once is refused by the real SQLAlchemy."""

from collections.abc import Callable

import pytest
from sqlalchemy import ForeignKey, Integer, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    declared_attr,
    mapped_column,
    relationship,
    synonym,
)

MADE: dict[str, Callable[[], object]] = {
    "relationship": lambda: relationship("MixedInUser"),
    "column_property": lambda: column_property(select(1).scalar_subquery()),
    "synonym": lambda: synonym("id"),
}


class MixedInBase(DeclarativeBase):
    pass


class MixedInUser(MixedInBase):
    __tablename__ = "mixed_in_users"
    id: Mapped[int] = mapped_column(primary_key=True)


def note(name: str, mixin: type) -> type:
    """A class that inherits from a mixin."""
    body = {
        "__tablename__": name,
        "id": mapped_column(Integer, primary_key=True),
        "owner_id": mapped_column(ForeignKey("mixed_in_users.id")),
    }
    return type(name, (mixin, MixedInBase), body)


@pytest.mark.parametrize("made", MADE)
def test_it_is_refused(made: str) -> None:
    with pytest.raises(InvalidRequestError, match="must be declared as @declared_attr"):
        note(f"refused_{made}", type("Owned", (), {"owner": MADE[made]()}))


class Owned:
    @declared_attr
    @classmethod
    def owner(cls) -> Mapped[MixedInUser]:
        return relationship(MixedInUser)


NOTE = note("mixed_in_notes", Owned)


def test_in_a_method_it_is_not() -> None:
    assert NOTE.owner.property.mapper.class_ is MixedInUser  # type: ignore[attr-defined]
