"""Every mapped class of the project, with its table, its columns and all its other attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from archlint.facts.expressions import says
from archlint.frameworks.orm import Property
from archlint.frameworks.sqlalchemy.filled_in import as_text
from archlint.frameworks.sqlalchemy.mapping.annotation_maps import MAP, typed_by
from archlint.frameworks.sqlalchemy.mapping.attributes import Attributed, Loaded, Plain
from archlint.frameworks.sqlalchemy.mapping.body import Body, Declared, place_of, read_body, says_true
from archlint.frameworks.sqlalchemy.mapping.brought import brought_by
from archlint.frameworks.sqlalchemy.mapping.dataclass_fields import METADATA_KEY
from archlint.frameworks.sqlalchemy.mapping.decorated import Decorated
from archlint.frameworks.sqlalchemy.mapping.elided import is_elided
from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
from archlint.frameworks.sqlalchemy.mapping.mapper_args import properties_of, renames
from archlint.frameworks.sqlalchemy.mapping.own_tables import Origin
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
from archlint.frameworks.sqlalchemy.names import KNOWN_BASES, REFLECTING, construct
from archlint.frameworks.sqlalchemy.tables.words import Column
from archlint.project.answer import External
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.candidates import Candidates
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.attributes import Attributes
    from archlint.frameworks.sqlalchemy.mapping.late import LateAttributes
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage, Registry
    from archlint.frameworks.sqlalchemy.mapping.own_tables import OwnTables

_SPOKEN = frozenset(
    {"__tablename__", "__table__", "__table_args__", "__mapper_args__", "__abstract__", "__bind_key__"}
)


class Classes:
    """The mapped classes, made one by one when they are asked for."""

    def __init__(
        self,
        candidates: Candidates,
        names: Names,
        lineage: Lineage,
        attributes: Attributes,
        own_tables: OwnTables,
        late: LateAttributes,
        decorated: Decorated,
    ) -> None:
        self._late = late
        self._decorated = decorated
        self._candidates = candidates
        self._names = names
        self._lineage = lineage
        self._attributes = attributes
        self._own_tables = own_tables
        self._bodies: dict[ProjectClass, Body] = {}
        self._mapped: dict[ProjectClass, MappedClass | None] = {}
        self._added: list[MappedClass] = []
        self._by_key: dict[str, MappedClass] | None = None

    def all(self) -> Iterator[MappedClass]:
        """Every mapped class and every abstract base, in the order of the project."""
        for module in self._candidates.reaching:
            for index, fact in enumerate(module.classes):
                if fact.bases or fact.decorators or fact.keywords:
                    found = self.of(ProjectClass(module, index))
                    if found is not None and found not in self._added:
                        yield found
        yield from self._added

    def of(self, cls: ProjectClass) -> MappedClass | None:
        """The mapping of a class; None where it is not mapped."""
        if cls not in self._mapped:
            self._mapped[cls] = None  # what inherits from itself
            self._mapped[cls] = self._read(cls)
        return self._mapped[cls]

    def add(self, mapped: MappedClass) -> None:
        """Note a class that is mapped from outside: `registry.map_imperatively(User, users)`."""
        self._mapped[mapped.cls] = mapped
        self._by_key = None
        self._added.append(mapped)

    def table_owner(self, key: str) -> MappedClass | None:
        """The mapped class of this dotted name."""
        if self._by_key is None:
            self._by_key = {each.key: each for each in self.all()}
        return self._by_key.get(key)

    def body(self, cls: ProjectClass) -> Body:
        """What the body of a class declares."""
        if cls not in self._bodies:
            body = self._bodies[cls] = read_body(cls)
            body.attributes.update((each.name, each) for each in self._late.of(cls))
            body.is_whole &= not self._late.is_opened(cls)
        return self._bodies[cls]

    def table_name(self, cls: ProjectClass) -> str:
        """The name of the table of a class; empty where nobody can tell."""
        found = self.of(cls)
        return found.table.name if found is not None and found.table is not None else ""

    def declared_table_name(self, cls: ProjectClass) -> str:
        """The `__tablename__` of a class, by its own body and its mixins; empty where nobody can tell."""
        declared = self._declared(cls, self._lineage.order(cls))
        return self._own_tables.declared_name(cls, declared.get("__tablename__"))

    def _read(self, cls: ProjectClass) -> MappedClass | None:
        lineage = self._lineage
        order = lineage.order(cls)
        decorated = lineage.mapping_decorator(cls)
        registry = decorated or lineage.registry(cls)
        own = self.body(cls).attributes
        if registry is None:
            if not any(
                isinstance(each, External) or each.__class__ is not ProjectClass for each in order[1:]
            ):
                return None
            if "__tablename__" not in own and "__table__" not in own:
                return None  # an unknown base, and nothing that says it is mapped
        is_sqlmodel = registry is not None and registry.naming == "lower"
        is_root = lineage.root(cls) is not None and decorated is None
        is_abstract = is_root or says_true(own.get("__abstract__"))
        if is_sqlmodel:
            table = next((k.value for k in cls.fact.keywords if k.name == "table"), None)
            is_abstract = not says(table, True)
        parent = self._parent(order[1:])
        return self._put_together(cls, order, registry, parent, is_abstract, is_sqlmodel)

    def _is_mapped(self, cls: ProjectClass) -> bool:
        found = self.of(cls)
        return found is not None and not found.is_abstract

    def _parent(self, ancestors: tuple[object, ...]) -> MappedClass | None:
        for ancestor in ancestors:
            found = self.of(ancestor) if isinstance(ancestor, ProjectClass) else None
            if found is not None and not found.is_abstract:
                return found
        return None

    def _put_together(
        self,
        cls: ProjectClass,
        order: tuple[object, ...],
        registry: Registry | None,
        parent: MappedClass | None,
        is_abstract: bool,
        is_sqlmodel: bool,
    ) -> MappedClass:
        inherited = set(self._lineage.order(parent.cls)) if parent is not None else set()
        local = [each for each in order if each not in inherited]
        found: dict[str, Attributed] = {}
        owners: dict[str, str] = dict(parent.owners) if parent is not None else {}
        maps = self._annotation_maps(order)
        for owner in reversed(local):
            if isinstance(owner, External):
                columns = _columns_brought(owner, cls)
                found.update(columns)
                owners.update(dict.fromkeys(columns, owner.name))
            if not isinstance(owner, ProjectClass):
                continue
            for name, each in self.body(owner).attributes.items():
                read = self._attributes.read(owner, each, is_sqlmodel, cls)
                if maps and isinstance(read, Column):
                    read = typed_by(self._names, maps, read, each.annotation)
                if read is not None:
                    found[name] = read
                    owners[name] = owner.name
        declared = self._declared(cls, order)
        for each in properties_of(declared.get("__mapper_args__")):
            given = self._attributes.read(cls, each, is_sqlmodel=False)
            if given is not None and not isinstance(given, Plain):
                found[each.name] = given
        own = _of_kind(found, Column)
        origin = Origin(cls, registry, parent, own, declared, self._has_strangers(order))
        table = None if is_abstract else self._own_tables.of(origin)
        is_given = table is not None and "__table__" in declared
        if table is not None and is_given:
            taken = {column.key for column in own.values()}
            brought = {key: each for key, each in table.columns.items() if key not in taken}
            found = {**brought, **found}
        before = parent
        return MappedClass(
            cls,
            registry,
            parent.cls if parent is not None else None,
            table,
            _merged(before.columns if before else {}, found, Column),
            _merged(before.relationships if before else {}, found, Relationship),
            _merged(before.properties if before else {}, found, Property),
            _merged(before.loaded if before else {}, found, Loaded),
            self._plain(order, found, before),
            MappingProxyType(owners),
            MappingProxyType({name: each.value for name, each in declared.items() if each.value is not None}),
            is_abstract,
            False,
            self._is_open(order, before)
            or ("__mapper_args__" in declared and renames(declared["__mapper_args__"].value))
            or (is_given and table is not None and table.is_open)
            or (not is_abstract and is_elided(cls, self.body(cls))),
            self._decorated.given_later(order) or frozenset(),
        )

    def _annotation_maps(self, order: tuple[object, ...]) -> list[Declared]:
        """What the bases of a class say of the types of annotations, the nearest first."""
        found = [self.body(each).attributes.get(MAP) for each in order if isinstance(each, ProjectClass)]
        return [each for each in found if each is not None]

    def _declared(self, cls: ProjectClass, order: tuple[object, ...]) -> dict[str, Declared]:
        """The dunder attributes of a class, its mixins and bases, the nearest of each.

        Those of mapped parents are not inherited; those of the mixins of these are.
        """
        found: dict[str, Declared] = {}
        for owner in order:
            brought = brought_by(owner.name) if isinstance(owner, External) else None
            if brought is not None and brought.table and "__tablename__" not in found:
                found["__tablename__"] = Declared("__tablename__", place_of(cls), as_text(brought.table))
            if not isinstance(owner, ProjectClass) or (owner is not cls and self._is_mapped(owner)):
                continue
            for name, declared in self.body(owner).attributes.items():
                is_given = declared.value is not None or declared.function is not None
                if name in _SPOKEN and is_given and name not in found:
                    found[name] = declared
        if "__tablename__" in (self._decorated.given_later(order) or ()):
            found["__tablename__"] = Declared("__tablename__", place_of(cls))  # which one, nobody can tell
        return found

    def _plain(
        self, order: tuple[object, ...], found: Mapping[str, Attributed], parent: MappedClass | None
    ) -> frozenset[str]:
        names = {name for name, each in found.items() if isinstance(each, Plain)}
        for ancestor in order:
            if isinstance(ancestor, ProjectClass):
                names.update(ancestor.fact.attributes)
                names.update(_BROUGHT[m.name] for m in ancestor.fact.members if m.name in _BROUGHT)
            elif isinstance(ancestor, External):
                brought = brought_by(ancestor.name)
                names |= KNOWN_BASES.get(ancestor.name, brought.attributes if brought else frozenset())
        names |= parent.attributes if parent is not None else frozenset()
        names |= self._decorated.given_later(order) or frozenset()
        return frozenset(names - {name for name, each in found.items() if not isinstance(each, Plain)})

    def _is_open(self, order: tuple[object, ...], parent: MappedClass | None) -> bool:
        if (parent is not None and parent.is_open) or self._decorated.given_later(order) is None:
            return True
        for ancestor in order:
            if isinstance(ancestor, ProjectClass):
                body = self.body(ancestor)
                if not body.is_whole or _ADDING & set(body.attributes):
                    return True
            elif not isinstance(ancestor, External) or self._is_unknown(ancestor):
                return True
        return False

    def _has_strangers(self, order: tuple[object, ...]) -> bool:
        outside = (each for each in order if not isinstance(each, ProjectClass))
        return any(not isinstance(each, External) or self._is_unknown(each) for each in outside)

    def _is_unknown(self, ancestor: External) -> bool:
        if construct(ancestor) in REFLECTING:
            return True
        registry = self._lineage.registry_of_value(ancestor)
        if registry is not None:
            return registry.is_open
        return ancestor.name not in KNOWN_BASES and brought_by(ancestor.name) is None


def _columns_brought(base: External, cls: ProjectClass) -> dict[str, Column]:
    """The columns that a base of another library gives a class."""
    brought = brought_by(base.name)
    return brought.attributed(place_of(cls)) if brought is not None else {}


_ADDING = frozenset({METADATA_KEY, "__getattr__", "__getattribute__", "__table_cls__"})
"""Attributes that may give a class, or its table, what nobody sees."""

_BROUGHT: Mapping[str, str] = {"__versioned__": "versions"}
"""Attributes by which libraries know that a class is theirs, and the relationship that they give it."""

T = TypeVar("T")


def _of_kind(found: Mapping[str, Attributed], kind: type[T]) -> dict[str, T]:
    return {name: each for name, each in found.items() if isinstance(each, kind)}


def _merged(before: Mapping[str, T], found: Mapping[str, Attributed], kind: type[T]) -> Mapping[str, T]:
    """The attributes of one kind: those of the parent that are not overridden, and the class's own."""
    kept = {name: each for name, each in before.items() if name not in found}
    return MappingProxyType({**kept, **_of_kind(found, kind)})
