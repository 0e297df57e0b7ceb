"""Repositories and services of Advanced Alchemy: what their methods bring from the database.

https://docs.advanced-alchemy.litestar.dev/latest/usage/repositories.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.statements import select_of
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import NONE, Arguments, Items, Many, Object, Pending, Value, joined

if TYPE_CHECKING:
    from archlint.project.project import Project

_PACKAGES = ("advanced_alchemy.", "litestar.plugins.sqlalchemy.", "litestar.contrib.sqlalchemy.")
_LOADING = ("load", "default_load_options", "loader_options")
"""What tells a repository to load more with every row."""

_ONE = frozenset({"get", "get_by_slug", "get_one"})
_MANY = frozenset({"get_many", "list"})
_COUNTED = frozenset({"get_many_and_count", "list_and_count"})
_UNTOLD = frozenset({"count", "delete_where", "exists", "get_and_update", "get_or_upsert"})
"""Those of whose results nothing is known."""

_BY_KEY = frozenset({"get", "get_by_slug"})
ASKING = (_ONE | _MANY | _COUNTED | _UNTOLD | {"get_one_or_none"}) - _BY_KEY
"""Those that compare attributes of the model with what they are given by name."""

OWN_KEYWORDS = frozenset(
    {
        *("attribute_names", "auto_commit", "auto_expunge", "auto_refresh", "bind_group", "chunk_size"),
        *("count_with_window_function", "error_messages", "execution_options", "force_basic_query_mode"),
        *("id_attribute", "item_id", "load", "match_fields", "order_by", "sanity_check"),
        *("schema_dump_config", "statement", "uniquify", "upsert", "use_cache", "with_for_update"),
    }
)


class RepositoryMethod(Behaviour, frozen=True):
    """`orders.get`, `orders.list`."""

    of: ModelClass
    name: str
    is_async: bool
    loads_more: bool
    """Whether the repository may be told to load relationships with each row."""

    def names_attribute(self, keyword: str) -> bool:
        """Whether a keyword is compared with an attribute of the model: `orders.list(number=…)`."""
        return self.name in ASKING and keyword not in OWN_KEYWORDS

    def call(self, arguments: Arguments, site: Site) -> Value:
        """Rows, of a session that others open."""
        if self.name in _UNTOLD:
            return Pending(UNKNOWN) if self.is_async else UNKNOWN
        owner = Owner(Origin("promised", here(site)), self.is_async, None, False)
        more = self.loads_more or arguments.is_open or arguments.get("load") is not None
        is_many = self.name in _MANY or self.name in _COUNTED
        found = select_of("select", here(site), (self.of,)).changed(loads_more=more)
        row = found.first_column(site, owner, is_many=is_many)
        value = self._shaped(row)
        return Pending(value) if self.is_async else value

    def _shaped(self, row: Value) -> Value:
        if self.name in _ONE:
            return row
        if self.name in _COUNTED:
            return Items("tuple", (Many(row), UNKNOWN))
        return Many(row) if self.name in _MANY else joined(row, NONE)


def repository_method(of: Object, base: str, name: str, site: Site) -> Value | None:
    """What a class has from Advanced Alchemy; None for what is none of it, or asks for no rows."""
    if not base.startswith(_PACKAGES) or not isinstance(of.of, ProjectClass):
        return None
    if name not in ASKING | _BY_KEY:
        return None
    model = _model(of.of, site)
    if model is None:
        return None
    return RepositoryMethod(model, name, "Async" in base, _may_load(site.project, of.of))


def _model(cls: ProjectClass, site: Site) -> ModelClass | None:
    """The model of a repository, or of the repository of a service."""
    inner = site.own_of_class(cls, "repository_type")
    if isinstance(inner, Definition):
        cls = ProjectClass(inner.module, inner.index)
    model = site.own_of_class(cls, "model_type")
    return model if isinstance(model, ModelClass) else None


def _may_load(project: Project, cls: ProjectClass) -> bool:
    """Whether the class says what is loaded with each row, or whoever makes its objects may."""
    if any(member.name in _LOADING or member.name == "__init__" for member in cls.fact.members):
        return True
    name = cls.fact.name
    return any(
        module.mentions(fact, name) and module.mentions(fact, *_LOADING)
        for module in project.modules
        for fact in module.functions
    )
