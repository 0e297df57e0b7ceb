"""Bases and mixins of other libraries, and the columns, names and tables that they bring.

https://docs.advanced-alchemy.litestar.dev/latest/reference/base.html
https://fastapi-users.github.io/fastapi-users/latest/configuration/databases/sqlalchemy/
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from archlint.frameworks.sqlalchemy.tables.words import Column, Reference

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place


class Brought(msgspec.Struct, frozen=True):
    """What one class of a library gives those that inherit from it."""

    keys: tuple[str, ...] = ()
    """Columns that are the primary key."""

    columns: tuple[str, ...] = ()
    references: Mapping[str, str] = MappingProxyType({})
    """What columns refer to, by their names."""

    attributes: frozenset[str] = frozenset()
    """Public attributes that are not mapped."""

    table: str = ""
    """The name of the table, where the class itself gives it one."""

    is_base: bool = False
    """It has the library's own registry, in which tables are named by their classes."""

    def attributed(self, place: Place) -> dict[str, Column]:
        """Its columns, as if they were declared at a place; of their types nothing is known."""
        return {name: self._column(name, place) for name in (*self.keys, *self.columns)}

    def _column(self, name: str, place: Place) -> Column:
        target = self.references.get(name)
        references = (Reference(place, target),) if target is not None else ()
        is_key = name in self.keys
        return Column(name, name, "", place, None, "", is_key, has_default=True, references=references)


def brought_by(name: str) -> Brought | None:
    """What a class brings, by its dotted name; None for one that is not known here."""
    root, _, rest = name.partition(".")
    known = _LIBRARIES.get(root)
    return known.get(rest.rpartition(".")[2]) if known is not None else None


_USER = Brought(
    keys=("id",),
    columns=("email", "hashed_password", "is_active", "is_superuser", "is_verified"),
    table="user",
)
_ACCOUNT = Brought(
    keys=("id",),
    columns=(
        *("user_id", "oauth_name", "access_token", "expires_at", "refresh_token"),
        *("account_id", "account_email"),
    ),
    table="oauth_account",
)
_TOKEN = Brought(keys=("token",), columns=("created_at", "user_id"), table="accesstoken")
_OF_USER: Mapping[str, str] = MappingProxyType({"user_id": "user.id"})

_FASTAPI_USERS: Final = {
    "SQLAlchemyBaseAccessTokenTable": _TOKEN,
    "SQLAlchemyBaseAccessTokenTableUUID": replace(_TOKEN, references=_OF_USER),
    "SQLAlchemyBaseOAuthAccountTable": _ACCOUNT,
    "SQLAlchemyBaseOAuthAccountTableUUID": replace(_ACCOUNT, references=_OF_USER),
    "SQLAlchemyBaseUserTable": _USER,
    "SQLAlchemyBaseUserTableUUID": _USER,
}
"""Of those without `UUID` the first versions bring keys, too, which later ones leave to their heirs."""

_AUDITED = ("created_at", "updated_at")
_OF_BASE = frozenset({"awaitable_attrs", "metadata", "registry", "to_dict"})
_OF_AUDIT = frozenset({"validate_tz_info"})
_KINDS = ("BigInt", "Identity", "NanoID", "UUID", "UUIDv6", "UUIDv7")

_ADVANCED_ALCHEMY: Final = {
    **{f"{kind}PrimaryKey": Brought(keys=("id",)) for kind in _KINDS},
    **{f"{kind}Base": Brought(keys=("id",), attributes=_OF_BASE, is_base=True) for kind in _KINDS},
    **{
        f"{kind}AuditBase": Brought(("id",), _AUDITED, attributes=_OF_BASE | _OF_AUDIT, is_base=True)
        for kind in _KINDS
    },
    "AuditColumns": Brought(columns=_AUDITED, attributes=_OF_AUDIT),
    "DefaultBase": Brought(attributes=_OF_BASE, is_base=True),
    "SlugKey": Brought(columns=("slug",)),
    "UniqueMixin": Brought(
        attributes=frozenset({"as_unique_async", "as_unique_sync", "unique_filter", "unique_hash"})
    ),
}

_LIBRARIES: Final = {
    "advanced_alchemy": _ADVANCED_ALCHEMY,
    "fastapi_users": _FASTAPI_USERS,
    "fastapi_users_db_sqlalchemy": _FASTAPI_USERS,
    "litestar": _ADVANCED_ALCHEMY,
}
"""By the topmost name of the package that hands them out."""
