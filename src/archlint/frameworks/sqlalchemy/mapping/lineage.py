"""The ancestors of a class, through bases that a call makes; and the registry and metadata it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.frameworks.sqlalchemy.made import Made
from archlint.frameworks.sqlalchemy.mapping.body import assigned
from archlint.frameworks.sqlalchemy.mapping.brought import brought_by
from archlint.frameworks.sqlalchemy.names import (
    BASE_DECORATORS,
    BASE_MAKERS,
    BASES,
    MAPPING_DECORATORS,
    REFLECTING,
    construct,
)
from archlint.project.answer import UNKNOWN, Answer, Definition, External, Unresolved
from archlint.project.classes import Ancestor, ProjectClass, merged

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.classes import ClassHierarchy
    from archlint.project.module import Module


class Registry(msgspec.Struct, frozen=True):
    """A set of mapped classes that know each other by name."""

    name: str
    """Dotted name of the base class or of the value it comes from."""

    metadata: str
    """Dotted name of its collection of tables; empty where nobody can tell."""

    naming: str = ""
    """How tables are named that have no name: `snake` (Flask-SQLAlchemy), `lower` (SQLModel)."""

    is_open: bool = False
    """It may have classes or tables that nobody sees: those of a reflected database."""


SQLMODEL = Registry("sqlmodel.SQLModel", "sqlmodel.SQLModel.metadata", "lower")
ADVANCED = Registry(
    "advanced_alchemy.base.orm_registry", "advanced_alchemy.base.orm_registry.metadata", "snake"
)
_SQLMODEL_NAMES = frozenset({"sqlmodel.SQLModel", "sqlmodel.main.SQLModel"})


class Lineage:
    """Answers what a class inherits from, as SQLAlchemy sees it."""

    def __init__(self, names: Names, texts: Texts, hierarchy: ClassHierarchy) -> None:
        self._texts = texts
        self._names = names
        self._hierarchy = hierarchy
        self._orders: dict[ProjectClass, tuple[Ancestor, ...]] = {}
        self._roots: dict[ProjectClass, Registry | None] = {}
        self._metadata_calls: dict[str, Made] = {}
        self._schemas: dict[str, str | None] = {}
        self._made: dict[str, Made] = {}
        """The calls that make bases, by the names these have in an order."""

    def order(self, of: ProjectClass) -> tuple[Ancestor, ...]:
        """The method resolution order. A base that a call makes is External, by the name of its value."""
        if of not in self._orders:
            self._orders[of] = (of, UNKNOWN)  # what a class that inherits from itself gets
            bases = self._bases(of)
            self._orders[of] = (of, *merged([*map(self._order_of, bases), bases]))
        return self._orders[of]

    def registry(self, of: ProjectClass) -> Registry | None:
        """The registry of a class, of its base where it is one; None for classes without."""
        for ancestor in self.order(of):
            found = None
            if isinstance(ancestor, ProjectClass):
                found = self.root(ancestor)
            elif isinstance(ancestor, External):
                found = self._of_external(ancestor.name)
            if found is not None:
                return found
        return None

    def root(self, of: ProjectClass) -> Registry | None:
        """The registry that a class begins: it inherits from `DeclarativeBase`, or is made a base."""
        if of not in self._roots:
            self._roots[of] = None
            self._roots[of] = self._root(of)
        return self._roots[of]

    def mapping_decorator(self, of: ProjectClass) -> Registry | None:
        """The registry whose `mapped` a class is decorated with."""
        for decorator in of.fact.decorators:
            found = self._decorating(of, decorator, MAPPING_DECORATORS)
            if found is not None:
                return found
        return None

    def registry_of_value(self, answer: Answer) -> Registry | None:
        """The registry that a value stands for: a `registry()`, a base, a class, `db` or `db.Model`."""
        if isinstance(answer, External):
            return self._of_external(answer.name)
        if not isinstance(answer, Definition):
            return None
        cls = self._hierarchy.of(answer)
        if cls is not None:
            return self.registry(cls)
        if answer.kind is Kind.CLASS and answer.member == "registry":
            cls = self._hierarchy.of(_without_member(answer))
            return self.registry(cls) if cls is not None else None
        if answer.kind is not Kind.VALUE:
            return None
        value = self._names.value(answer)
        return self._of_made(value, answer.member) if isinstance(value, Made) else None

    def metadata(self, module: Module, scope: str, expression: Expression) -> str:
        """The dotted name of the `MetaData` that an expression stands for; empty where nobody can tell."""
        return self._metadata(self._names.origin(module, scope, expression))

    def _metadata(self, answer: Answer) -> str:
        if isinstance(answer, External):
            base, _, member = answer.name.rpartition(".")
            known = _of_library(base) if member == "metadata" else None
            return known.metadata if known is not None else ""
        if not isinstance(answer, Definition):
            return ""
        if answer.member.rpartition(".")[2] == "metadata":
            owner = Definition(
                answer.module,
                answer.kind,
                answer.qualname,
                answer.index,
                answer.line,
                answer.member.rpartition(".")[0],
            )
            cls = self._hierarchy.of(owner)
            if cls is not None:
                return self.metadata_of(cls)
            registry = self.registry_of_value(owner)
            return registry.metadata if registry is not None else ""
        value = self._names.value(answer) if answer.kind is Kind.VALUE and not answer.member else UNKNOWN
        return self._noted(value.name, value) if isinstance(value, Made) else ""

    def schema(self, metadata: str) -> str | None:
        """The schema of the tables of a metadata that name none; None where nobody can tell."""
        if metadata not in self._schemas:
            made = self._metadata_calls.get(metadata)
            given = {keyword.name: keyword.value for keyword in made.call.keywords} if made else {}
            if made is None or "schema" not in given:
                self._schemas[metadata] = "" if "" not in given else None
            else:
                self._schemas[metadata] = self._texts.of(made.module, made.scope, given["schema"])
        return self._schemas[metadata]

    def _noted(self, name: str, made: Made) -> str:
        """The name of a metadata, if that is what is made."""
        if construct(External(made.maker)) != "MetaData":
            return ""
        self._metadata_calls[name] = made
        return name

    def metadata_of(self, cls: ProjectClass) -> str:
        """The metadata of a class: the nearest that a class body gives, else that of its registry."""
        for ancestor in self.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            if any(member.name == "metadata" for member in ancestor.fact.members):
                return self._in_body(ancestor)
        registry = self.registry(cls)
        return registry.metadata if registry is not None else ""

    def _in_body(self, cls: ProjectClass) -> str:
        value = assigned(cls, "metadata")
        scope = cls.fact.qualname.rpartition(".")[0]
        if isinstance(value, Call):
            made = self._names.made(cls.module, scope, f"{cls.name}.metadata", value)
            return self._noted(made.name, made) if made is not None else ""
        return self.metadata(cls.module, scope, value) if value is not None else ""

    def _bases(self, of: ProjectClass) -> tuple[Ancestor, ...]:
        known = self._hierarchy.bases(of)
        if not any(isinstance(base, Unresolved) for base in known):
            return known
        scope = of.fact.qualname.rpartition(".")[0]
        found: list[Ancestor] = []
        for base, expression in zip(known, of.fact.bases, strict=True):
            found.extend(self._seen_through(of.module, scope, expression) if base is UNKNOWN else (base,))
        return tuple(found)

    def _seen_through(self, module: Module, scope: str, base: Expression) -> tuple[Ancestor, ...]:
        if isinstance(base, Call):
            made = self._names.made(module, scope, f"{module.name}:{base.line}", base)
            return self._base(made, "") if made is not None else (UNKNOWN,)
        answer = self._names.origin(module, scope, base)
        cls = self._hierarchy.of(answer)
        if cls is not None:
            return (cls,)
        value = self._names.value(answer) if isinstance(answer, Definition) else UNKNOWN
        if isinstance(answer, Definition) and isinstance(value, Made):
            return self._base(value, answer.member)
        return (answer,) if isinstance(answer, External) else (UNKNOWN,)

    def _base(self, made: Made, member: str) -> tuple[Ancestor, ...]:
        """The ancestors that a made base stands for: itself, and the class it was made with."""
        name = f"{made.name}.{member}" if member else made.name
        if self._of_made(made, member) is None:
            return (UNKNOWN,)
        self._made[name] = made
        given = {keyword.name: keyword.value for keyword in made.call.keywords}
        own = given.get("model_class" if member else "cls")
        cls = self._hierarchy.of(self._names.resolve(made.module, made.scope, own)) if own else None
        if own is not None and cls is None:
            return (External(name), UNKNOWN)
        return (External(name), cls) if cls is not None else (External(name),)

    def _order_of(self, base: Ancestor) -> tuple[Ancestor, ...]:
        return self.order(base) if isinstance(base, ProjectClass) else (base,)

    def _of_external(self, name: str) -> Registry | None:
        known = _of_library(name)
        if known is not None:
            return known
        made = self._made.get(name)
        if made is None:
            return None
        return self._of_made(made, name.removeprefix(made.name).removeprefix("."))

    def _of_made(self, made: Made, member: str) -> Registry | None:
        last = construct(External(made.maker))
        given = {keyword.name: keyword.value for keyword in made.call.keywords}
        if last == "SQLAlchemy" and member in ("", "Model"):
            return self._of_flask(made, given)
        if member or last not in (*BASE_MAKERS, "registry"):
            return None
        if last == "generate_base" and isinstance(made.call.function, Attribute):
            answer = self._names.origin(made.module, made.scope, made.call.function.value)
            return self.registry_of_value(answer)
        metadata = given.get("metadata", next(iter(made.call.arguments), None))
        is_open = last in REFLECTING
        if metadata is None:
            return Registry(made.name, f"{made.name}.metadata", is_open=is_open)
        return Registry(made.name, self._given(made, metadata), is_open=is_open)

    def _of_flask(self, made: Made, given: dict[str, Expression]) -> Registry:
        metadata = f"{made.name}.metadata"
        own = given.get("model_class")
        cls = self._hierarchy.of(self._names.resolve(made.module, made.scope, own)) if own else None
        registry = self.registry(cls) if cls is not None else None
        if registry is not None:
            return Registry(registry.name, registry.metadata, "snake")
        if "metadata" in given:
            metadata = self._given(made, given["metadata"])
        is_named = "disable_autonaming" not in given
        return Registry(f"{made.name}.Model", metadata, "snake" if is_named else "")

    def _is_within(self, of: ProjectClass) -> bool:
        """Whether a class inherits from a base that has a registry: its metaclass makes no other."""
        return any(
            self.root(each) is not None
            if isinstance(each, ProjectClass)
            else isinstance(each, External) and self._of_external(each.name) is not None
            for each in self.order(of)[1:]
        )

    def _given(self, made: Made, metadata: Expression) -> str:
        if isinstance(metadata, Call):
            name = f"{made.name}.metadata"
            call = self._names.made(made.module, made.scope, name, metadata)
            return self._noted(name, call) if call is not None else name
        return self.metadata(made.module, made.scope, metadata)

    def _root(self, of: ProjectClass) -> Registry | None:
        own = Registry(of.name, f"{of.name}.metadata")
        if any(construct(base) in BASES for base in self._hierarchy.bases(of) if isinstance(base, External)):
            return own
        scope = of.fact.qualname.rpartition(".")[0]
        for keyword in of.fact.keywords:
            if keyword.name == "registry":
                return self._of_registry(of, keyword.value)
            named = keyword.name == "metaclass" and self._names.construct(of.module, scope, keyword.value)
            if named == "DeclarativeMeta" and not self._is_within(of):
                value = assigned(of, "registry")
                return self._of_registry(of, value) if value is not None else own
        for decorator in of.fact.decorators:
            found = self._decorating(of, decorator, BASE_DECORATORS)
            if found is not None:
                return found
        return None

    def _of_registry(self, of: ProjectClass, value: Expression) -> Registry:
        own = Registry(of.name, f"{of.name}.metadata")
        if isinstance(value, Call):
            return own
        answer = self._names.origin(of.module, of.fact.qualname.rpartition(".")[0], value)
        return self.registry_of_value(answer) or Registry(of.name, "", is_open=True)

    def _decorating(self, of: ProjectClass, decorator: Expression, names: frozenset[str]) -> Registry | None:
        function = decorator.function if isinstance(decorator, Call) else decorator
        scope = of.fact.qualname.rpartition(".")[0]
        if self._names.construct(of.module, scope, function) not in names:
            return None
        if isinstance(decorator, Call) and decorator.arguments:  # `mapped_as_dataclass(registry)`
            return self._of_registry(of, decorator.arguments[0])
        if isinstance(function, Attribute) and not isinstance(function.value, Call):
            answer = self._names.origin(of.module, scope, function.value)
            found = self.registry_of_value(answer)
            if found is not None:
                return found
        if isinstance(function, (Name, Attribute)):
            return Registry(of.name, f"{of.name}.metadata")
        return None


def _of_library(name: str) -> Registry | None:
    """The registry of a base that a library has made, by its dotted name."""
    if name in _SQLMODEL_NAMES:
        return SQLMODEL
    brought = brought_by(name)
    return ADVANCED if name == ADVANCED.name or (brought is not None and brought.is_base) else None


def _without_member(answer: Definition) -> Definition:
    return Definition(answer.module, answer.kind, answer.qualname, answer.index, answer.line)
