"""The names of SQLAlchemy and of what is built on it, and what archlint must know of them beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.project.answer import Answer, External

if TYPE_CHECKING:
    from archlint.project.project import Project

LIBRARIES = frozenset({"sqlalchemy", "sqlmodel", "flask_sqlalchemy"})
"""Each hands out SQLAlchemy's own functions and classes under their own last names."""

_MODULES = frozenset(
    {
        "_dml_constructors",
        "_elements_constructors",
        "_orm_constructors",
        "_selectable_constructors",
        "async_session",
        "asyncio",
        "base",
        "create",
        "declarative",
        "dialects",
        "dml",
        "elements",
        "engine",
        "expression",
        "ext",
        "extension",
        "functions",
        "future",
        "horizontal_shard",
        "main",
        "mariadb",
        "mssql",
        "mysql",
        "oracle",
        "orm",
        "postgresql",
        "query",
        "schema",
        "scoping",
        "selectable",
        "session",
        "sql",
        "sqlite",
        "strategy_options",
        "url",
        "util",
    }
)
"""The modules of the libraries that hold what statements and sessions are made of."""

BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta"})
"""Who inherits from one of these directly has a registry of its own."""

BASE_MAKERS = frozenset({"declarative_base", "generate_base", "automap_base"})
MAPPING_DECORATORS = frozenset({"mapped", "mapped_as_dataclass", "unmapped_dataclass"})
BASE_DECORATORS = frozenset({"as_declarative", "as_declarative_base"})
REFLECTING = frozenset({"automap_base", "AutomapBase", "DeferredReflection"})

COLUMN_MAKERS = frozenset({"Column", "mapped_column"})
FIELD_MAKERS = frozenset(
    {"column_property", "composite", "deferred", "query_expression", "with_expression", "Field"}
)
RELATION_MAKERS = frozenset({"relationship", "relation", "dynamic_loader", "Relationship"})
PROPERTY_MAKERS = frozenset({"hybrid_property", "hybrid_method", "synonym", "association_proxy"})

_DECLARED = frozenset({"metadata", "registry", "__table__", "__mapper__", "__init__"})
_PYDANTIC = frozenset(
    {
        "__fields__",
        "__pydantic_fields_set__",
        "construct",
        "copy",
        "dict",
        "from_orm",
        "json",
        "metadata",
        "model_computed_fields",
        "model_config",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_parametrized_name",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "model_validate_strings",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "schema",
        "schema_json",
        "sqlmodel_update",
        "update_forward_refs",
        "validate",
    }
)
_FLASK = frozenset({"metadata", "query", "query_class"})
_LOGIN = frozenset({"get_id", "is_active", "is_anonymous", "is_authenticated"})

KNOWN_BASES: Mapping[str, frozenset[str]] = {
    "abc.ABC": frozenset(),
    "builtins.object": frozenset(),
    "collections.abc.Hashable": frozenset(),
    "flask_login.UserMixin": _LOGIN,
    "flask_login.mixins.UserMixin": _LOGIN,
    "flask_sqlalchemy.Model": _FLASK,
    "flask_sqlalchemy.model.Model": _FLASK,
    "sqlalchemy.ext.asyncio.AsyncAttrs": frozenset({"awaitable_attrs"}),
    "sqlalchemy.orm.DeclarativeBase": _DECLARED,
    "sqlalchemy.orm.DeclarativeBaseNoMeta": _DECLARED,
    "sqlalchemy.orm.MappedAsDataclass": frozenset(),
    "sqlmodel.SQLModel": _PYDANTIC,
    "sqlmodel.main.SQLModel": _PYDANTIC,
    "typing.Generic": frozenset(),
    "typing.Protocol": frozenset(),
    "typing_extensions.Generic": frozenset(),
    "typing_extensions.Protocol": frozenset(),
}
"""Bases outside the project that bring no columns, with the public attributes that they do bring."""

KNOWN_DECORATORS = frozenset(
    {
        "abc.abstractmethod",
        "dataclasses.dataclass",
        "functools.total_ordering",
        "typing.final",
        "typing.runtime_checkable",
        "typing_extensions.final",
    }
)
"""Decorators of classes that add no columns."""


_FLASK_OWN = frozenset(
    {
        "Model",
        "create_all",
        "drop_all",
        "engine",
        "engines",
        "first_or_404",
        "get_engine",
        "get_or_404",
        "init_app",
        "metadata",
        "metadatas",
        "one_or_404",
        "paginate",
        "reflect",
        "session",
    }
)
"""What Flask-SQLAlchemy's object has of its own; all else it takes from SQLAlchemy."""


def member_of(maker: str, member: str) -> str:
    """The dotted name of a member of an object that the library made."""
    is_flask = maker.startswith("flask_sqlalchemy.") and maker.endswith(".SQLAlchemy")
    if is_flask and member.partition(".")[0] not in _FLASK_OWN:
        return f"sqlalchemy.{member}"
    return f"{maker}.{member}"


_OF_ORM = frozenset(
    {
        *("aliased", "backref", "column_property", "contains_eager", "defer", "deferred", "joinedload"),
        *("lazyload", "load_only", "mapped_column", "noload", "object_session", "raiseload", "relationship"),
        *("selectinload", "subqueryload", "synonym", "undefer", "with_loader_criteria", "with_polymorphic"),
    }
)


def handed_on(name: str) -> str:
    """SQLAlchemy's own name for what Flask-SQLAlchemy's object takes from it; empty for anything else."""
    head, found, member = name.partition(".SQLAlchemy.")
    if not found or not head.startswith("flask_sqlalchemy"):
        return ""
    first = member.partition(".")[0]
    if first in _FLASK_OWN:
        return ""
    return f"sqlalchemy.orm.{member}" if first in _OF_ORM else f"sqlalchemy.{member}"


def is_of_module(name: str) -> bool:
    """Whether a dotted name is one of a module of the libraries, not that of a method of something there."""
    root, *rest = name.split(".")
    return root in LIBRARIES and bool(rest) and _MODULES.issuperset(rest[:-1])


def construct(answer: Answer) -> str:
    """The last name of something of SQLAlchemy, by whatever way it is reached; empty for anything else."""
    if not isinstance(answer, External):
        return ""
    root, _, rest = answer.name.partition(".")
    return rest.rpartition(".")[2] if root in LIBRARIES else ""


def is_used(project: Project) -> bool:
    """Whether any file of the project imports SQLAlchemy or what is built on it."""
    return not LIBRARIES.isdisjoint(project.imported)
