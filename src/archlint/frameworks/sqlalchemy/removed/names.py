"""What SQLAlchemy had before version 2, and has no more: methods, names, keywords.

Each with what to write instead, as a hint says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

Refused: TypeAlias = tuple[str, str]
"""What is refused, and what to write instead."""

_CONNECT: Final = "run it on a connection: `with engine.connect() as connection:`"
_RUN: Final = "give it to `connection.execute(…)` or `session.execute(…)`"
_INSPECT: Final = "ask `sqlalchemy.inspect(engine)`"

ENGINE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "execute": _CONNECT,
        "has_table": _INSPECT,
        "run_callable": _CONNECT,
        "scalar": _CONNECT,
        "table_names": _INSPECT,
        "transaction": "use `with engine.begin() as connection:`",
    }
)
CONNECTION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "run_callable": "call the function with the connection",
        "transaction": "use `with connection.begin():`",
    }
)
QUERY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "from_self": "select from a subquery: `aliased(Order, statement.subquery())`",
        "select_entity_from": "select from a subquery: `aliased(Order, statement.subquery())`",
        "with_lockmode": "use `with_for_update()`",
        "with_polymorphic": "use `sqlalchemy.orm.with_polymorphic`",
    }
)
STATEMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "append_column": "use `add_columns(…)`, which returns a new statement",
        "append_from": "use `select_from(…)`, which returns a new statement",
        "append_order_by": "use `order_by(…)`, which returns a new statement",
        "append_whereclause": "use `where(…)`, which returns a new statement",
        "apply_labels": "use `set_label_style(…)`",
        "execute": _RUN,
        "scalar": _RUN,
    }
)
TABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "count": "use `select(func.count()).select_from(table)`",
        "exists": _INSPECT,
    }
)

_ONE_BY_ONE: Final = "chain the options, one for each relationship"
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sqlalchemy.ThreadLocalMetaData": "use `MetaData()`, and give the engine where it is needed",
        "sqlalchemy.engine.RowProxy": "use `sqlalchemy.Row`",
        "sqlalchemy.engine.result.RowProxy": "use `sqlalchemy.Row`",
        "sqlalchemy.interfaces": "use `sqlalchemy.event`",
        "sqlalchemy.orm.MapperExtension": "use `sqlalchemy.event`",
        "sqlalchemy.orm.SessionExtension": "use `sqlalchemy.event`",
        "sqlalchemy.orm.comparable_property": "use a `hybrid_property`",
        "sqlalchemy.orm.eagerload": "use `joinedload`",
        "sqlalchemy.orm.eagerload_all": _ONE_BY_ONE,
        "sqlalchemy.orm.joinedload_all": _ONE_BY_ONE,
        "sqlalchemy.orm.relation": "use `relationship`",
        "sqlalchemy.orm.subqueryload_all": _ONE_BY_ONE,
    }
)
"""By dotted name."""

MAPPERS: Final = frozenset({"sqlalchemy.orm.mapper", "sqlalchemy.orm.mapperlib.mapper"})
"""They are still there, and raise when they are called."""

KEYWORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "begin": {"subtransactions": "use `begin_nested()`, or one transaction around all"},
        "create_engine": {
            "assert_unicode": "leave it out",
            "case_sensitive": "leave it out",
            "convert_unicode": "leave it out",
            "encoding": "leave it out",
            "listeners": "use `sqlalchemy.event`",
            "pool_threadlocal": "leave it out",
            "use_native_unicode": "leave it out",
        },
        "join": {
            "aliased": "join an `aliased(Order)`",
            "from_joinpoint": "join by the attribute: `join(Order.items)`",
        },
        "outerjoin": {
            "aliased": "join an `aliased(Order)`",
            "from_joinpoint": "join by the attribute: `outerjoin(Order.items)`",
        },
        "with_for_update": {"mode": "use `read`, `nowait` or `skip_locked`"},
    }
)
"""By the name of what is called: keywords that it takes no more."""
