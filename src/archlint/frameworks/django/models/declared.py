"""What class bodies declare, and models with all they inherit: the records that the steps hand on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression, Keyword
    from archlint.frameworks.orm import Place
    from archlint.project.classes import ProjectClass
    from archlint.project.module import Module

NO_OPTIONS: Mapping[str, Expression] = MappingProxyType({})


class Neither(Enum):
    """What is neither a field nor a manager."""

    NOTHING = "nothing"
    """It is surely no part of the model."""

    UNKNOWN = "unknown"
    """It may be a field."""

    SEVERAL = "several"
    """It adds more to the model than one field: a class of its own `contribute_to_class`."""


class MadeField(msgspec.Struct, frozen=True):
    """A field: its kind, the class of the project that it is of, and what its call is given."""

    kind: str
    cls: ProjectClass | None
    arguments: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    is_plain: bool = True
    """Whether its arguments mean what they mean to Django: no class in between has a say."""


class MadeManager(msgspec.Struct, frozen=True):
    """A manager. The classes are None where the project does not define them."""

    cls: ProjectClass | None
    queryset: ProjectClass | None
    is_known: bool
    is_plain: bool = False
    """Whether its rows hold what the model has and no more, though not all its methods can be seen."""


Made: TypeAlias = "MadeField | MadeManager | Neither"


class Declaration(msgspec.Struct, frozen=True):
    """A field as a class body declares it."""

    name: str
    kind: str
    """Empty where it may be no field at all, or one that nobody can tell more about."""

    arguments: tuple[Expression, ...]
    options: Mapping[str, Expression]
    place: Place | None
    cls: ProjectClass | None = None
    """The field's class, where the project defines it."""

    is_certain: bool = True
    """False where it stands in a condition."""

    is_plain: bool = True
    """Whether its arguments mean what they mean to Django, and all of them are seen."""


class ManagerDeclaration(msgspec.Struct, frozen=True):
    """A manager as a class body declares it."""

    name: str
    made: MadeManager
    place: Place | None


class Body(msgspec.Struct):
    """What one class body declares."""

    fields: dict[str, Declaration] = msgspec.field(default_factory=dict)
    managers: dict[str, ManagerDeclaration] = msgspec.field(default_factory=dict)
    names: frozenset[str] = frozenset()
    """Every name it binds."""

    meta: ProjectClass | None = None
    is_open: bool = False
    """It may declare more than is seen."""


class Option(msgspec.Struct, frozen=True):
    """An option of a model's `Meta`, and the module that sets it."""

    value: Expression
    module: Module


class Held(msgspec.Struct, frozen=True):
    """A declaration in the model that holds it, and the key of the class whose body it stands in."""

    declaration: Declaration
    owner: str


class Blueprint(msgspec.Struct, eq=False):
    """One model or abstract base, before relations meet."""

    key: str
    cls: ProjectClass | None
    name: str
    app_label: str
    is_abstract: bool = False
    is_proxy: bool = False
    is_open: bool = False
    local: dict[str, Held] = msgspec.field(default_factory=dict)
    """What its own table has: declared here or in abstract bases."""

    parents: tuple[str, ...] = ()
    """Keys of the models among its direct bases."""

    ancestors: tuple[str, ...] = ()
    """Keys of all models it inherits from, in the order of attributes."""

    links: dict[str, str] = msgspec.field(default_factory=dict)
    """The field that leads to each concrete parent, by the parent's key."""

    meta: Mapping[str, Option] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    managers: dict[str, ManagerDeclaration] = msgspec.field(default_factory=dict)
    table: str = ""
    """The name of the table of a known model, where it does not go by the label."""

    names: frozenset[str] = frozenset()
    """Every attribute that its classes bind, those of mixins too."""

    def option(self, name: str) -> Expression | None:
        """The value of an option of `Meta`; None where it is not set."""
        option = self.meta.get(name)
        return option.value if option is not None else None

    @property
    def label(self) -> str:
        """`app.Model`."""
        return f"{self.app_label}.{self.name}" if self.app_label else self.name
