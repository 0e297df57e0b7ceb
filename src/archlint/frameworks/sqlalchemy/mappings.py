"""The models of SQLAlchemy in the project, as the vocabulary of all ORMs has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Lambda, Name, says, written_text
from archlint.frameworks.orm import Cardinality, Field, Model, Place, Relation
from archlint.frameworks.schema import Schema
from archlint.frameworks.sqlalchemy.candidates import Candidates
from archlint.frameworks.sqlalchemy.following import Following
from archlint.frameworks.sqlalchemy.made import Names
from archlint.frameworks.sqlalchemy.mapping.annotated import AnnotatedTypes
from archlint.frameworks.sqlalchemy.mapping.attributes import Attributes
from archlint.frameworks.sqlalchemy.mapping.classes import Classes
from archlint.frameworks.sqlalchemy.mapping.column_types import ColumnTypes
from archlint.frameworks.sqlalchemy.mapping.columns import Columns
from archlint.frameworks.sqlalchemy.mapping.decorated import Decorated
from archlint.frameworks.sqlalchemy.mapping.imperative import ImperativeMappings
from archlint.frameworks.sqlalchemy.mapping.late import LateAttributes
from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
from archlint.frameworks.sqlalchemy.mapping.metaclasses import Metaclasses
from archlint.frameworks.sqlalchemy.mapping.own_tables import OwnTables
from archlint.frameworks.sqlalchemy.mapping.relationships import Relationships
from archlint.frameworks.sqlalchemy.names import KNOWN_BASES
from archlint.frameworks.sqlalchemy.tables.catalog import Catalog
from archlint.frameworks.sqlalchemy.tables.declared import CoreTables
from archlint.frameworks.sqlalchemy.tables.joins import Joins
from archlint.frameworks.sqlalchemy.texts import Texts
from archlint.frameworks.sqlalchemy.version import Version
from archlint.project.answer import Answer, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.sqlalchemy.mapping.body import Body
    from archlint.frameworks.sqlalchemy.mapping.lineage import Registry
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
    from archlint.frameworks.sqlalchemy.tables.words import Column, Table
    from archlint.project.module import Module
    from archlint.project.project import Project

_REVERSED = {
    Cardinality.MANY_TO_ONE: Cardinality.ONE_TO_MANY,
    Cardinality.ONE_TO_MANY: Cardinality.MANY_TO_ONE,
}


_NOBODY = Model("", "", "", None, None)


class Mappings(Schema):
    """The mapped classes of the project, with every relationship led to its other side."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.candidates = candidates = project.view(Candidates)
        """The modules that can speak of mapped classes."""

        scopes, hierarchy = project.view(Scopes), project.view(ClassHierarchy)
        functions = project.view(Functions)
        self._hierarchy = hierarchy
        self.names = names = Names(scopes, project.view(Symbols), hierarchy, functions)
        """What names stand for, through `db` and aliases."""

        self.texts = texts = Texts(scopes, names, hierarchy)
        """Text that can be read off the source."""

        following = Following(names, texts, functions)
        annotated, types = AnnotatedTypes(names, following), ColumnTypes(names, hierarchy)
        columns = Columns(names, texts, annotated, following, types)
        relationships = Relationships(names, texts)
        self.lineage = lineage = Lineage(names, texts, hierarchy)
        """Registries, metadata and ancestors of classes."""

        core = CoreTables(names, texts, columns, lineage, following)
        attributes = Attributes(names, texts, columns, relationships, following, functions)
        own_tables = OwnTables(names, texts, lineage, core, functions)
        late = LateAttributes(candidates, names, hierarchy, functions)
        decorated = Decorated(names, functions, Metaclasses(names, hierarchy, functions))
        self._classes = classes = Classes(candidates, names, lineage, attributes, own_tables, late, decorated)
        texts.table_of = classes.table_name
        texts.declared_table_of = classes.declared_table_name
        self.catalog = Catalog(candidates, names, lineage, core, classes, hierarchy, functions)
        """All tables by metadata and key."""

        imperative = ImperativeMappings(
            candidates, names, lineage, relationships, self.catalog, hierarchy, functions, attributes
        )
        for found in imperative:
            classes.add(found)
        self.is_whole = imperative.is_whole
        """Whether nobody maps a class by a call that cannot be followed."""

        self.joins = self._joins = Joins(self.catalog, classes, texts)
        """By which foreign keys classes are joined."""

        self._found = {each.key: each for each in self._classes.all()}
        self._named: dict[str, list[MappedClass]] = {}
        for each in self._found.values():
            if not each.is_abstract:
                self._named.setdefault(each.cls.fact.name, []).append(each)
        models = {key: self._model(each) for key, each in self._found.items()}
        super().__init__(self._with_backrefs(models).values())

    @classmethod
    def build(cls, project: Project) -> Mappings:
        """The view of a project."""
        return cls(project)

    def mapped(self, key: str) -> MappedClass | None:
        """The mapped class of this key, with what only SQLAlchemy knows of it."""
        return self._found.get(key)

    def classes(self) -> Iterator[MappedClass]:
        """Every mapped class and every abstract base."""
        return iter(self._found.values())

    @property
    def is_two(self) -> bool:
        """Whether the project is written for SQLAlchemy 2."""
        return self._project.view(Version).is_two

    def body(self, cls: ProjectClass) -> Body:
        """What the body of a class declares, and what is added to it later."""
        return self._classes.body(cls)

    def named_by(self, module: Module, scope: str, expression: Expression) -> MappedClass | None:
        """The mapped class that an expression names."""
        cls = self._hierarchy.of(self.names.resolve(module, scope, expression))
        return self._found.get(cls.name) if cls is not None else None

    def relationships(self) -> Iterator[tuple[MappedClass, Relationship]]:
        """The relationships of every mapped class, those that it inherits from another left out."""
        for mapped in self._found.values():
            above = self._classes.of(mapped.parent) if mapped.parent is not None else None
            for name, each in mapped.relationships.items():
                if not mapped.is_abstract and (above is None or above.relationships.get(name) is not each):
                    yield mapped, each

    def targets(self, relationship: Relationship, owner: MappedClass) -> tuple[MappedClass, ...]:
        """The mapped classes that a relationship may lead to; exactly one where all is well."""
        if relationship.target is not None:
            cls = self._hierarchy.of(relationship.target)
            found = self._found.get(cls.name) if cls is not None else None
            return (found,) if found is not None else ()
        if relationship.text in ("Self", "self") and not relationship.arguments:
            return (owner,)
        return self.registered(owner.registry, relationship.text)

    def registered(self, registry: Registry | None, text: str) -> tuple[MappedClass, ...]:
        """The classes that a registry knows by a name, or by a name behind a part of its module's."""
        path, _, name = text.rpartition(".")
        known = [
            each
            for each in self._named.get(name, ())
            if not path or f".{each.cls.module.name}".endswith(f".{path}")
        ]
        own = tuple(each for each in known if each.registry == registry)
        return own or tuple(each for each in known if registry is None or each.registry is None)

    def names_known(self, owner: MappedClass) -> tuple[str, ...]:
        """The names of the mapped classes in the registry of a class."""
        return tuple(
            name for name, found in self._named.items() if any(e.registry == owner.registry for e in found)
        )

    def anywhere(self, text: str) -> tuple[MappedClass, ...]:
        """The mapped classes of this name in whatever registry."""
        return tuple(self._named.get(text.rpartition(".")[2], ()))

    def is_closed(self, owner: MappedClass) -> bool:
        """Whether all classes of the registry of a class can be seen."""
        return owner.registry is not None and not owner.registry.is_open and bool(owner.registry.metadata)

    def is_open_table(self, table: Table) -> bool:
        """Whether a table may have more columns than can be seen."""
        mapped = self._found.get(table.owner)
        return table.is_open or (mapped is not None and mapped.is_open)

    def are_related(self, one: str, other: str) -> bool:
        """Whether one class of these keys inherits from the other, or is it."""
        lines = [{key, *(self.model(key) or _NOBODY).parents} for key in (one, other)]
        return bool(lines[0] & lines[1])

    def share_metadata(self, one: MappedClass, other: MappedClass) -> bool:
        """Whether the tables of two classes lie in one known metadata."""
        found = {table.metadata for each in (one, other) for table in self.joins.tables(each)}
        return len(found) == 1 and "" not in found

    def is_surely_unmapped(self, answer: Answer) -> bool:
        """Whether a class of the project is certainly not mapped."""
        cls = self._hierarchy.of(answer)
        if cls is None:
            return False
        mapped = self._found.get(cls.name)
        if mapped is not None:
            return mapped.is_abstract and not mapped.is_open
        known = all(
            isinstance(each, ProjectClass) or (isinstance(each, External) and each.name in KNOWN_BASES)
            for each in self.lineage.order(cls)
        )
        return known and not cls.fact.decorators and not cls.fact.keywords

    def secondary_class(self, relationship: Relationship, owner: MappedClass) -> MappedClass | None:
        """The mapped class that a relationship gives as its association table, which must be a table."""
        given = relationship.options.get("secondary")
        text = relationship.option_text("secondary")
        if text is not None:
            found = self.registered(owner.registry, text) if text.isidentifier() else ()
            is_table = bool(self.catalog.anywhere(text))
            return found[0] if len(found) == 1 and not is_table else None
        if isinstance(given, Lambda):
            given = given.body
        if not isinstance(given, (Name, Attribute)):
            return None
        return self.named_by(relationship.module, relationship.scope, given)

    def _model(self, mapped: MappedClass) -> Model:
        table = self._joins.tables(mapped)
        columns = mapped.columns.items()
        parents = []
        each = mapped.parent
        while each is not None:
            parents.append(each.name)
            above = self._classes.of(each)
            each = above.parent if above is not None else None
        fields = {name: _field(name, column, mapped) for name, column in columns}
        for name, loaded in mapped.loaded.items():
            owner = mapped.owners.get(name, mapped.key)
            fields[name] = Field(name, f"sqlalchemy.orm.{loaded.maker}", owner, loaded.place, attribute=name)
        return Model(
            mapped.key,
            mapped.cls.fact.name,
            mapped.cls.fact.name,
            mapped.cls,
            Place(mapped.cls.module, mapped.cls.fact.line, mapped.cls.fact.column),
            table[0].key if table else "",
            MappingProxyType(fields),
            MappingProxyType({n: self._relation(each, mapped) for n, each in mapped.relationships.items()}),
            mapped.properties,
            mapped.attributes,
            parents=tuple(parents),
            is_abstract=mapped.is_abstract,
            is_open=mapped.is_open,
            meta=mapped.meta,
        )

    def _relation(self, relationship: Relationship, owner: MappedClass) -> Relation:
        targets = self.targets(relationship, owner)
        target = targets[0] if len(targets) == 1 else None
        through, _ = self._joins.secondary(relationship, owner)
        return Relation(
            relationship.name,
            relationship.name,
            f"sqlalchemy.orm.{relationship.maker or 'relationship'}",
            relationship.owner,
            target.key if target is not None else "",
            relationship.text or relationship.written,
            self._joins.cardinality(relationship, owner, target),
            relationship.place,
            inverse=relationship.back_populates or relationship.backref,
            through=through,
            eager=relationship.lazy,
            options=relationship.options,
            arguments=relationship.arguments,
        )

    def _with_backrefs(self, models: Mapping[str, Model]) -> dict[str, Model]:
        """The models, each with the relations that a `backref` on the other side gives it."""
        made: dict[str, dict[str, Relation]] = {}
        for key, mapped in self._found.items():
            for relationship in mapped.relationships.values():
                inverse = self._reverse(relationship, models[key])
                if inverse is not None and not mapped.is_abstract:
                    made.setdefault(inverse.owner, {})[inverse.name] = inverse
        found = dict(models)
        for key, model in models.items():
            reverse = {
                n: r for each in (*reversed(model.parents), key) for n, r in made.get(each, {}).items()
            }
            if reverse:
                found[key] = replace(model, relations=MappingProxyType({**reverse, **model.relations}))
        return found

    def _reverse(self, relationship: Relationship, owner: Model) -> Relation | None:
        relation = owner.relations[relationship.name]
        if not relationship.backref or not relation.target:
            return None
        cardinality = _REVERSED.get(relation.cardinality, relation.cardinality)
        uselist = relationship.backref_options.get("uselist")
        if says(uselist, False):
            cardinality = Cardinality.ONE_TO_ONE
        lazy = relationship.backref_options.get("lazy")
        eager = written_text(lazy) or ""
        return Relation(
            relationship.backref,
            relationship.backref,
            "sqlalchemy.orm.backref",
            relation.target,
            owner.key,
            owner.name,
            cardinality,
            relationship.place,
            is_reverse=True,
            inverse=relationship.name,
            through=relation.through,
            eager=eager,
            options=relationship.backref_options,
        )


def _field(name: str, column: Column, mapped: MappedClass) -> Field:
    call = column.call
    options = {keyword.name: keyword.value for keyword in call.keywords} if call is not None else {}
    return Field(
        name,
        column.type,
        mapped.owners.get(name, mapped.key),
        column.place,
        attribute=name,
        column=column.name,
        null=column.nullable,
        primary_key=column.primary_key is True,
        unique=column.unique,
        has_default=column.has_default,
        options=MappingProxyType(options),
        arguments=call.arguments if call is not None else (),
    )
