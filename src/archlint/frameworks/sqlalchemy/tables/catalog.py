"""All tables of the project, by metadata and key, whoever declares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Name
from archlint.facts.statements import Assign, Statement
from archlint.frameworks.sqlalchemy.candidates import LONGEST, encoded
from archlint.frameworks.sqlalchemy.tables.declared import of_columns
from archlint.project.answer import Answer, Definition
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.candidates import Candidates
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.classes import Classes
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.tables.declared import CoreTables
    from archlint.frameworks.sqlalchemy.tables.words import Column, Reference, Table
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.summaries import Bound, Summary


class Catalog:
    """Answers what a foreign key refers to."""

    def __init__(
        self,
        candidates: Candidates,
        names: Names,
        lineage: Lineage,
        core: CoreTables,
        classes: Classes,
        hierarchy: ClassHierarchy,
        functions: Functions,
    ) -> None:
        self._names = names
        self._lineage = lineage
        self._core = core
        self._classes = classes
        self._hierarchy = hierarchy
        self._functions = functions
        self._by_owner: dict[str, Table] = {}
        self._by_key: dict[tuple[str, str], list[Table]] = {}
        self._by_name: dict[str, list[Table]] | None = None
        self._other_names: dict[Module, frozenset[str]] = {}
        self._unnamed: dict[str, dict[str, list[Table]]] = {}
        """The tables whose key nobody can tell, by metadata and the name of their class."""

        for table in _of_classes(tuple(self._classes.all())):
            self._add(table)
        for module in candidates.mentioning("Table"):
            for table in self._in_module(module):
                self._add(table, is_local=":" in table.owner)
        for table in self._made_elsewhere(candidates):
            self._add(table)
        self._reflected = frozenset(self._reflects(candidates))

    def __iter__(self) -> Iterator[Table]:
        seen: dict[int, Table] = {}
        for tables in (*self._by_key.values(), list(self._by_owner.values())):
            seen.update((id(table), table) for table in tables)
        return iter(seen.values())

    def core(self) -> Iterator[Table]:
        """The tables that calls declare, not classes."""
        return (table for table in self if self._classes.table_owner(table.owner) is None)

    def owned(self, name: str) -> Table | None:
        """The table that a class or a value of this dotted name is."""
        return self._by_owner.get(name)

    def named(self, metadata: str, key: str) -> tuple[Table, ...]:
        """The tables of a metadata with this key; without one, those whose metadata nobody knows."""
        schema = self._lineage.schema(metadata)
        keys = ((metadata, key), (metadata, f"{schema}.{key}"), ("", key))
        return tuple(next((found for each in keys if (found := self._by_key.get(each))), ()))

    def anywhere(self, key: str) -> tuple[Table, ...]:
        """The tables with this key in whatever metadata."""
        return tuple(table for (_, each), tables in self._by_key.items() if each == key for table in tables)

    def called(self, name: str) -> tuple[Table, ...]:
        """The tables of this name in whatever metadata and schema."""
        if self._by_name is None:
            self._by_name = {}
            for (_, key), tables in self._by_key.items():
                self._by_name.setdefault(key.rpartition(".")[2], []).extend(tables)
        return tuple(self._by_name.get(name, ()))

    def is_closed(self, metadata: str) -> bool:
        """Whether all tables of a metadata are known by name."""
        if not metadata or self._reflected & {metadata, ""}:
            return False
        return metadata not in self._unnamed and "" not in self._unnamed

    def note(self, owner: str, table: Table) -> None:
        """Note the class that a table is mapped to from outside."""
        self._by_owner[owner] = table

    def keys(self, metadata: str) -> tuple[str, ...]:
        """The keys of all tables of a metadata."""
        return tuple(key for each, key in self._by_key if each == metadata)

    def target(self, reference: Reference, metadata: str) -> Table | None:
        """The one table that a foreign key of a table of this metadata refers to; None if there is no one."""
        if reference.answer is not None:
            return self._of_answer(reference.answer)
        found = self.named(metadata, reference.table) if reference.text else ()
        return found[0] if len(found) == 1 else self._alike(metadata, reference.table)

    def column(self, reference: Reference, table: Table) -> Column | None:
        """The column of its target that a foreign key refers to; None where there is none or no name."""
        if isinstance(reference.answer, Definition):
            last = reference.answer.member.rpartition(".")[2]
            cls = self._class_of(reference.answer)
            mapped = self._classes.of(cls) if cls is not None else None
            return mapped.columns.get(last) if mapped is not None else table.columns.get(last)
        if reference.is_by_name:
            return next((each for each in table.columns.values() if each.name == reference.column), None)
        return table.columns.get(reference.column)

    def of_value(self, module: Module, scope: str, expression: Expression) -> Table | None:
        """The table that an expression names: `user_roles`, `UserRole.__table__`, `UserRole`."""
        return self._of_answer(self._names.origin(module, scope, expression))

    def _of_answer(self, answer: Answer) -> Table | None:
        if not isinstance(answer, Definition):
            return None
        if answer.kind is Kind.VALUE:
            return self._by_owner.get(f"{answer.module.name}.{answer.qualname}")
        cls = self._class_of(answer)
        kept = self._kept_by(cls, answer.member.rpartition(".")[2]) if cls is not None else None
        if kept is not None:
            return kept
        while cls is not None:
            mapped = self._classes.of(cls)
            if mapped is None or mapped.table is not None:
                return self._by_owner.get(cls.name)
            cls = mapped.parent
        return None

    def _kept_by(self, cls: ProjectClass, name: str) -> Table | None:
        """The table that a class keeps in an attribute, for an imperative mapping: `User.table`."""
        declared = self._classes.body(cls).attributes.get(name)
        value = declared.value if declared is not None else None
        if declared is None or not isinstance(value, Call) or name == "__table__":
            return None
        module = declared.place.module
        is_table = self._names.construct(module, "", value.function) == "Table"
        return self._core.table(module, "", f"{cls.name}.{name}", value) if is_table else None

    def _class_of(self, answer: Definition) -> ProjectClass | None:
        """The class whose attribute an answer is, or the class itself."""
        cls = self._hierarchy.of(answer)
        member = answer.member
        while cls is None and member:
            member = member.rpartition(".")[0]
            cls = self._hierarchy.of(
                Definition(answer.module, answer.kind, answer.qualname, answer.index, answer.line, member)
            )
        return cls

    def _alike(self, metadata: str, key: str) -> Table | None:
        """The table of a class that is named like it, by a function that nobody follows."""
        found = self._unnamed.get(metadata, {}).get(_plain(key), ())
        return found[0] if len(found) == 1 else None

    def _add(self, table: Table, is_local: bool = False) -> None:
        if table.schema == "":
            table = replace(table, schema=self._lineage.schema(table.metadata))
        self._by_owner[table.owner] = table
        if table.key:
            self._by_key.setdefault((table.metadata, table.key), []).append(table)
        elif table.metadata or not is_local:  # what a function makes of its arguments is its own affair
            self._unnamed.setdefault(table.metadata, {}).setdefault(_plain(table.owner), []).append(table)

    def _in_module(self, module: Module) -> Iterator[Table]:
        named: set[int] = set()
        for name, call in _assigned(module.body):
            if self._is_table(module, "", call):
                named.add(id(call))
                yield self._core.table(module, "", f"{module.name}.{name}", call)
        yield from self._unbound(module, "", self._functions.module_summary(module), named)
        for index in range(len(module.functions)):
            function = ProjectFunction(module, index)
            if encoded("Table") in function.module.encoded(function.fact):
                yield from self._unbound(module, function.scope, self._functions.summary(function), set())

    def _made_elsewhere(self, candidates: Candidates) -> Iterator[Table]:
        """The tables that functions of the project make for modules: `users = entity("users", …)`."""
        makers = {name for name in self._makers(candidates) if len(name) <= LONGEST}
        for module in candidates.mentioning_at_top(*makers) if makers else ():
            for name, call in _assigned(module.body):
                table = self._core.returned(module, f"{module.name}.{name}", call)
                if table is not None:
                    yield table

    def _makers(self, candidates: Candidates) -> Iterator[str]:
        """The names of the functions that return a table."""
        for module in candidates.mentioning("Table"):
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                if encoded("Table") not in module.encoded(function.fact):
                    continue
                returns = self._functions.summary(function).returns
                made = returns[0] if len(returns) == 1 else None
                if isinstance(made, Call) and self._is_table(module, function.scope, made):
                    yield function.fact.name

    def _unbound(self, module: Module, scope: str, summary: Summary, named: set[int]) -> Iterator[Table]:
        for site in summary.calls:
            call = site.call
            if id(call) not in named and self._is_table(module, scope, call):
                yield self._core.table(
                    module, scope, f"{module.name}:{call.line}:{call.column}", call, summary.bound
                )

    def _is_table(self, module: Module, scope: str, call: Call) -> bool:
        function = call.function
        last = function.id if isinstance(function, Name) else getattr(function, "attr", "")
        if not isinstance(function, (Name, Attribute)) or (
            last != "Table" and last not in self._aliases(module)
        ):
            return False
        return self._names.construct(module, scope, function) == "Table" and bool(call.arguments)

    def _aliases(self, module: Module) -> frozenset[str]:
        """What a module calls `Table` otherwise."""
        if module not in self._other_names:
            found = (fact.alias for fact in module.facts.imports if fact.name == "Table")
            self._other_names[module] = frozenset(found)
        return self._other_names[module]

    def _reflects(self, candidates: Candidates) -> Iterator[str]:
        """The metadata that `metadata.reflect()` fills with what a database has."""
        for module in candidates.mentioning("reflect"):
            bodies = [("", self._functions.module_summary(module))]
            for index in range(len(module.functions)):
                function = ProjectFunction(module, index)
                if encoded("reflect") in function.module.encoded(function.fact):
                    bodies.append((function.scope, self._functions.summary(function)))
            for scope, summary in bodies:
                for site in summary.calls:
                    called = site.call.function
                    if not isinstance(called, Attribute) or called.attr != "reflect":
                        continue
                    if not self._is_made_for_it(module, scope, summary, called.value):
                        yield self._lineage.metadata(module, scope, called.value)

    def _is_made_for_it(self, module: Module, scope: str, summary: Summary, value: Expression) -> bool:
        """Whether a function, or the class it belongs to, makes a metadata of its own to reflect into."""
        bound: list[Bound] = []
        if scope and isinstance(value, Name):
            bound = summary.bound.get(value.id, [])
        elif scope and isinstance(value, Attribute) and isinstance(value.value, Name):
            bound = self._kept(module, scope.rpartition(".")[0], value.attr)
        return bool(bound) and all(self._is_metadata(module, scope, each.value) for each in bound)

    def _kept(self, module: Module, owner: str, name: str) -> list[Bound]:
        """What the methods of a class keep under a name."""
        methods = [ProjectFunction(module, index) for index in range(len(module.functions))]
        return [
            bound
            for method in methods
            if owner and method.outer == owner and encoded(name) in module.encoded(method.fact)
            for target, bound in self._functions.summary(method).stored
            if target.attr == name
        ]

    def _is_metadata(self, module: Module, scope: str, value: Expression) -> bool:
        return isinstance(value, Call) and self._names.construct(module, scope, value.function) == "MetaData"


def _plain(name: str) -> str:
    """The last part of a name, without what tells `OrderLine` from `order_line`."""
    return name.rpartition(".")[2].replace("_", "").lower()


def _of_classes(found: Iterable[MappedClass]) -> list[Table]:
    """The tables of classes; that of a parent has the columns of the classes that share it, too."""
    by_key = {each.key: each for each in found}
    tables = {each.key: each.table for each in by_key.values() if each.table is not None}
    for each in by_key.values():
        owner, parent = each, each.parent
        while owner.table is None and parent is not None and parent.name in by_key:
            owner = by_key[parent.name]
            parent = owner.parent
        table = tables.get(owner.key)
        if owner is each or table is None or each.is_abstract:
            continue
        added = {column.key: column for name, column in each.columns.items() if name not in owner.columns}
        columns = MappingProxyType({**table.columns, **added})
        keys = (*table.foreign_keys, *of_columns(added))
        tables[owner.key] = replace(table, columns=columns, foreign_keys=keys)
    return list(tables.values())


def _assigned(statements: Iterable[Statement]) -> Iterator[tuple[str, Call]]:
    """The names that statements give to calls."""
    for statement in statements:
        if isinstance(statement, Assign) and isinstance(statement.value, Call):
            for target in statement.targets:
                if isinstance(target, Name):
                    yield target.id, statement.value
                elif isinstance(target, Collection):
                    continue
