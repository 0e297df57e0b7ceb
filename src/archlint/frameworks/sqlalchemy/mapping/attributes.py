"""What each attribute of a class body is to SQLAlchemy: a column, a relationship, a property or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name
from archlint.frameworks.orm import Place, Property
from archlint.frameworks.sqlalchemy.filled_in import as_text, with_locals
from archlint.frameworks.sqlalchemy.made import Names
from archlint.frameworks.sqlalchemy.mapping.annotations import read_annotation
from archlint.frameworks.sqlalchemy.mapping.body import Declared, read_body
from archlint.frameworks.sqlalchemy.mapping.columns import Columns
from archlint.frameworks.sqlalchemy.mapping.dataclass_fields import in_field
from archlint.frameworks.sqlalchemy.names import (
    COLUMN_MAKERS,
    FIELD_MAKERS,
    PROPERTY_MAKERS,
    RELATION_MAKERS,
)
from archlint.frameworks.sqlalchemy.tables.words import Column, Reference
from archlint.project.answer import Definition
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.following import Following
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.body import Declared
    from archlint.frameworks.sqlalchemy.mapping.columns import Columns
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship, Relationships
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.functions import Functions
    from archlint.project.module import Module


class Loaded(msgspec.Struct, frozen=True):
    """A value that comes with the row and is no column of the table: a composite, an expression."""

    name: str
    maker: str
    """What makes it; empty where nobody can tell, who then does not know its kind either."""

    place: Place
    call: Call | None


class Plain(msgspec.Struct, frozen=True):
    """An attribute that SQLAlchemy does not look at."""

    name: str
    place: Place


Attributed: TypeAlias = "Column | Relationship | Property | Loaded | Plain"


class _Seen(msgspec.Struct, frozen=True):
    """A value with the module and scope it is written in."""

    module: Module
    scope: str
    value: Expression | None
    annotation: Expression | None


class Attributes:
    """Tells what the attributes of classes are."""

    def __init__(
        self,
        names: Names,
        texts: Texts,
        columns: Columns,
        relationships: Relationships,
        following: Following,
        functions: Functions,
    ) -> None:
        self._following = following
        self._names = names
        self._texts = texts
        self._columns = columns
        self._relationships = relationships
        self._functions = functions

    def read(
        self, cls: ProjectClass, declared: Declared, is_sqlmodel: bool, heir: ProjectClass | None = None
    ) -> Attributed | None:
        """What an attribute of a class is to one that inherits it; None for a bare annotation."""
        scope = cls.fact.qualname.rpartition(".")[0]
        if declared.is_class:
            return Plain(declared.name, declared.place)
        if declared.function is not None:
            return self._of_function(cls, declared, scope, heir or cls)
        value = in_field(declared.value)
        seen = _Seen(declared.place.module, scope, value, declared.annotation)
        if declared.annotation is not None:
            return self._annotated(cls, declared, seen, is_sqlmodel)
        return self._of_value(cls, declared, seen)

    def _annotated(
        self, cls: ProjectClass, declared: Declared, seen: _Seen, is_sqlmodel: bool
    ) -> Attributed | None:
        assert seen.annotation is not None
        said = read_annotation(seen.annotation)
        if said.wrapper in ("DynamicMapped", "WriteOnlyMapped") and seen.value is None:
            return self._relationships.read(
                seen.module, seen.scope, cls.name, declared.name, declared.place, None, seen.annotation
            )
        if seen.value is not None and not isinstance(seen.value, Literal):
            found = self._of_value(cls, declared, seen)
            if not isinstance(found, Plain):
                return found
        if isinstance(seen.value, Call) and said.wrapper and self._is_own_class(seen, said.target):
            return Loaded(declared.name, "", declared.place, None)
        is_column = said.wrapper == "Mapped"
        if is_sqlmodel and not said.wrapper:
            is_column = not declared.name.startswith("_") and said.target.rpartition(".")[2] != "ClassVar"
            is_column &= declared.name != "model_config"
        if is_column:
            column = self._columns.column(
                seen.module, seen.scope, declared.name, declared.place, None, seen.annotation
            )
            if isinstance(seen.value, Call) and not is_sqlmodel:
                # Whatever that makes: it may be the key, and may refer to another table.
                return replace(column, primary_key=None, references=(Reference(declared.place),))
            return column
        return Plain(declared.name, declared.place) if seen.value is not None else None

    def _is_own_class(self, seen: _Seen, target: str) -> bool:
        """Whether an annotation names a class of the project."""
        answer = self._names.resolve_dotted(seen.module, seen.scope, target) if target else None
        return isinstance(answer, Definition) and answer.kind is Kind.CLASS

    def _of_function(
        self, cls: ProjectClass, declared: Declared, scope: str, heir: ProjectClass
    ) -> Attributed:
        fact = declared.function
        assert fact is not None
        for decorator in fact.decorators:
            function = decorator.function if isinstance(decorator, Call) else decorator
            made = self._names.construct(cls.module, scope, function)
            if not made and isinstance(function, Attribute):
                made = self._names.construct(cls.module, scope, function.value)  # `declared_attr.directive`
            if made in ("declared_attr", "declared_attr.cascading", "directive", "cascading"):
                return self._of_declared_attr(cls, declared, heir)
            if made in PROPERTY_MAKERS:
                return Property(
                    declared.name,
                    f"sqlalchemy.ext.hybrid.{made}",
                    cls.name,
                    declared.place,
                    "",
                    self._has_setter(cls, declared.name),
                )
        return Plain(declared.name, declared.place)

    def _of_declared_attr(self, cls: ProjectClass, declared: Declared, heir: ProjectClass) -> Attributed:
        fact = declared.function
        assert fact is not None
        index = next(i for i, each in enumerate(cls.module.functions) if each is fact)
        function = ProjectFunction(cls.module, index)
        summary = self._functions.summary(function)
        returns = summary.returns
        receiver = fact.parameters[0].name if fact.parameters else ""

        def told(asked: Attribute) -> Expression | None:
            if not isinstance(asked.value, Name) or asked.value.id != receiver:
                return None
            text = self._texts.of_class(heir, asked.attr)
            return as_text(text) if text else None

        value = with_locals(summary, {receiver: None}, returns[-1], attribute=told) if returns else None
        seen = _Seen(cls.module, function.scope, value, fact.returns)
        found = self._of_value(cls, declared, seen)
        if len(returns) > 1 and isinstance(found, Column):
            return Loaded(declared.name, found.maker, declared.place, None)  # which one, nobody can tell
        return found

    def _has_setter(self, cls: ProjectClass, name: str) -> bool:
        functions = (each for each in cls.module.functions if each.owner == cls.index and each.name == name)
        decorators = (decorator for each in functions for decorator in each.decorators)
        return any(isinstance(each, Attribute) and each.attr == "setter" for each in decorators)

    def _of_value(self, cls: ProjectClass, declared: Declared, seen: _Seen) -> Attributed:
        value = self._following.call(seen.module, seen.scope, seen.value)
        written = seen.value
        if value is not None:
            seen = _Seen(value.module, value.scope, value.call, seen.annotation)
        made = value.made if value is not None else ""
        call = seen.value
        if not isinstance(call, Call):
            return self._of_name(cls, declared, seen)
        name, place = declared.name, declared.place
        if made in COLUMN_MAKERS or made in ("deferred", "Field"):
            column = self._columns.column(seen.module, seen.scope, name, place, call, seen.annotation)
            return column if value is None or value.call is written else _referring_at(column, place)
        if made in RELATION_MAKERS:
            return self._relationships.read(
                seen.module, seen.scope, cls.name, name, place, call, seen.annotation
            )
        if made == "column_property":
            inner = call.arguments[0] if call.arguments else None
            is_column = (
                isinstance(inner, Call)
                and self._names.construct(seen.module, seen.scope, inner.function) in COLUMN_MAKERS
            )
            if is_column:
                return self._columns.column(seen.module, seen.scope, name, place, call, seen.annotation)
        if made in FIELD_MAKERS:
            return Loaded(name, made, place, call)
        if made in PROPERTY_MAKERS:
            return self._property(cls, declared, seen, call, made)
        return Plain(name, place)

    def _of_name(self, cls: ProjectClass, declared: Declared, seen: _Seen) -> Attributed:
        """A column of a table or of a mixin under a name of the class's own: `id = users.c.user_id`."""
        value = seen.value
        if (
            isinstance(value, Attribute)
            and isinstance(value.value, Attribute)
            and value.value.attr in ("c", "columns")
        ):
            return Column(value.attr, "", "", declared.place, None, "", None)
        found = self._of_class(cls, value, seen) if isinstance(value, Attribute) else None
        if isinstance(found, Column):
            return replace(found, place=declared.place)
        return Plain(declared.name, declared.place)

    def _of_class(self, cls: ProjectClass, value: Attribute, seen: _Seen) -> Attributed | None:
        """What another class declares by a name: `id = Identified.id`; None where it declares none."""
        answer = self._names.resolve(seen.module, seen.scope, value.value)
        if not isinstance(answer, Definition) or answer.kind is not Kind.CLASS or answer.member:
            return None
        owner = ProjectClass(answer.module, answer.index)
        declared = read_body(owner).attributes.get(value.attr) if owner != cls else None
        if declared is None or isinstance(declared.value, Attribute):
            return None
        return self.read(owner, declared, is_sqlmodel=False)

    def _property(
        self, cls: ProjectClass, declared: Declared, seen: _Seen, call: Call, made: str
    ) -> Property:
        texts = [self._texts.of(seen.module, seen.scope, each) for each in call.arguments[:2]]
        known = [text for text in texts if text]
        wanted = {"synonym": 1, "association_proxy": 2}.get(made, 0)
        leads_to = ".".join(known[:wanted]) if wanted and len(known) >= wanted else ""
        module = {"synonym": "sqlalchemy.orm", "association_proxy": "sqlalchemy.ext.associationproxy"}
        kind = f"{module.get(made, 'sqlalchemy.ext.hybrid')}.{made}"
        is_settable = None if made.startswith("hybrid") else True
        return Property(declared.name, kind, cls.name, declared.place, leads_to, is_settable)


def _referring_at(column: Column, place: Place) -> Column:
    """A column that a function of the project makes refers to others where it is asked for."""
    return replace(column, references=tuple([replace(each, place=place) for each in column.references]))
