"""What statements select and compare: attributes of mapped classes, and clauses of SQL built of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Attribute, Call, Comparison, Expression, Operation
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import (
    Arguments,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Method,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place, Relation
    from archlint.frameworks.sqlalchemy.values.entity import Entity

PYTHON_OPERATORS = frozenset({"is", "is not", "in", "not in", "not", "and", "or"})
"""Operators that Python answers itself: nothing of them reaches the database."""


class PythonTruth(Behaviour, frozen=True):
    """What Python makes of an expression that was meant for the database: True, False or one operand."""

    operator: str
    source: Place | None = None
    """Where Python is asked of an attribute; `and` and `or` are seen where they stand."""


class PythonProperty(Behaviour, frozen=True):
    """`Order.total`, which is the property itself and no value."""

    is_true = True

    model: str
    """The name of the class that is asked."""

    name: str
    place: Place
    is_text: bool = False
    """It is a hybrid whose body makes a text, of a class as of an object."""


def truth_of(operator: str, site: Site) -> PythonTruth:
    """What Python answers itself, where it is asked."""
    first = first_of(site.form)
    asked = first.function if isinstance(first, Call) else first  # `not Order.items.any()`
    if first is site.form or not isinstance(asked, Attribute):
        return PythonTruth(operator)  # `lambda left, right: left in right` is for whatever it is called with
    return PythonTruth(operator, place_of(site.module, first))


def first_of(form: Expression) -> Expression:
    """The expression that an operation begins with."""
    while isinstance(form, (Operation, Comparison)):
        form = form.left if isinstance(form, Comparison) else form.operands[0]
    return form


def chosen_of(value: Selectable, operator: str, operands: tuple[Value, ...]) -> Value | None:
    """What `and` and `or` make of an expression of SQL and others; None where it only is asked for."""
    others = [option for operand in operands[1:] for option in alternatives(operand)]
    are_sql = bool(others) and all(isinstance(other, (Selectable, PythonTruth)) for other in others)
    return PythonTruth(operator) if value is operands[0] and are_sql else None


class Selectable(Behaviour, frozen=True):
    """A value that a statement may select, join or compare."""

    @property
    def froms(self) -> frozenset[From]:
        """What it is selected from."""
        return frozenset()

    @property
    def root(self) -> From | None:
        """The class or table that it is itself; None for columns and expressions."""
        return None

    @property
    def is_open(self) -> bool:
        """Whether it may speak of more than can be seen."""
        return False


class Clause(Selectable, frozen=True):
    """An expression of SQL."""

    speaks_of: frozenset[From] = frozenset()
    may_have_more: bool = False
    label: str = ""
    picked: From | None = None
    """The class of whose rows it leaves the one that another row speaks of."""

    tied: tuple[From, str] | None = None
    """The attribute by which the rows of a class refer to another row that is at hand."""

    alike: tuple[From, str] | None = None
    """The column in which the rows of a class have one value, the same for all."""

    is_computed: bool = False
    """It is surely no column under another name, and refers to nothing."""

    @property
    def froms(self) -> frozenset[From]:
        """What its columns are selected from."""
        return self.speaks_of

    @property
    def is_open(self) -> bool:
        """Whether it may speak of more than can be seen."""
        return self.may_have_more

    def attribute(self, name: str, site: Site) -> Value:
        """A method that is not called yet."""
        return Method(self, name)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A larger clause."""
        found = clause_of((self, *arguments.positional), label=label_of(name, arguments))
        return replace(found, is_computed=self.is_computed) if name == "label" else found

    def call(self, arguments: Arguments, site: Site) -> Value:
        """`func.count(…)` once more: `.over()`."""
        return clause_of((self, *arguments.positional))

    def chosen(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value | None:
        """Python asks it for its truth, and the rest is lost."""
        return chosen_of(self, operator, operands)

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """A larger clause; what Python answers itself is none."""
        return truth_of(operator, site) if operator in PYTHON_OPERATORS else clause_of(operands)

    def item(self, index: Value, site: Site) -> Value:
        """`column["key"]`."""
        return clause_of((self,))


class Exists(Clause, frozen=True):
    """`exists()`: a condition, which only a statement around it queries the database."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The same condition, a statement, or a larger clause."""
        if name in ("correlate", "correlate_except", "select_from", "where"):
            return self
        return UNKNOWN if name == "select" else super().method(name, arguments, site)


class Attr(Selectable, frozen=True):
    """`Order.customer`: an attribute of a mapped class, in a statement or on its way there."""

    origin: From
    name: str
    narrowed: From | None = None
    """What `of_type` makes of its target."""

    @property
    def froms(self) -> frozenset[From]:
        """The class that has it."""
        return frozenset((self.origin,))

    @property
    def relation(self) -> Relation | None:
        """The relationship that it is; None for a column or property."""
        entity = self.origin.entity
        return entity.relation(self.name) if entity is not None else None

    @property
    def target(self) -> From | None:
        """Where the relationship leads."""
        if self.narrowed is not None:
            return self.narrowed
        entity = self.origin.entity
        target: Entity | None = entity.target(self.name) if entity is not None else None
        return From(target) if target is not None else None

    @property
    def is_plain(self) -> bool:
        """Whether it is a column or a relationship, and nothing computed."""
        entity = self.origin.entity
        if entity is None:
            return True
        return self.name in entity.model.fields or self.relation is not None

    def attribute(self, name: str, site: Site) -> Value:
        """A method that is not called yet; what else there is, nobody follows."""
        return Method(self, name)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A clause, or the same relationship to a narrower class."""
        if name == "of_type":
            given = arguments.positional[0] if arguments.positional else UNKNOWN
            narrowed = given.root if isinstance(given, Selectable) else None
            return Attr(self.origin, self.name, narrowed)
        if name == "and_":
            return self
        if name in ("any", "has"):
            return clause_of((self,))  # what is inside is a subquery
        return clause_of((self, *arguments.positional), label=label_of(name, arguments))

    def chosen(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value | None:
        """Python asks a column for its truth, and the rest is lost."""
        return chosen_of(self, operator, operands) if self.is_plain else None

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """A clause."""
        if operator in PYTHON_OPERATORS:
            return truth_of(operator, site)
        found = clause_of(operands)
        if operator != "==":
            return found
        if not any(isinstance(each, Selectable) for each in operands[1:]):
            found = replace(found, alike=(self.origin, self.name))
        if _speaks_of_row(site.form):
            return replace(found, picked=self.origin if self.is_key else None, tied=(self.origin, self.name))
        return replace(found, tied=(self.origin, self.name)) if self.relation is not None else found

    @property
    def is_key(self) -> bool:
        """Whether it is a primary key."""
        entity = self.origin.entity
        field = entity.model.fields.get(self.name) if entity is not None else None
        return field is not None and field.primary_key

    def item(self, index: Value, site: Site) -> Value:
        """`Order.data["key"]`."""
        return clause_of((self,))


def _speaks_of_row(form: Expression) -> bool:
    """Whether a key is compared with an attribute of something: `Customer.id == order.customer_id`."""
    return isinstance(form, Comparison) and all(isinstance(each, Attribute) for each in form.others)


def clause_of(parts: tuple[Value, ...], *, label: str = "") -> Clause:
    """A clause made of others and of plain values."""
    froms: frozenset[From] = frozenset()
    is_open = False
    for part in _flat(parts):
        if isinstance(part, Selectable):
            froms |= part.froms
            is_open = is_open or part.is_open
        elif isinstance(part, Either):
            is_open = True
    return Clause(froms, is_open, label)


def label_of(name: str, arguments: Arguments) -> str:
    """The name that `label` gives."""
    first = arguments.get("name", 0)
    is_label = name == "label" and isinstance(first, Constant) and isinstance(first.value, str)
    return str(first.value) if is_label and isinstance(first, Constant) else ""


def _flat(parts: tuple[Value, ...]) -> list[Value]:
    found: list[Value] = []
    for part in parts:
        if isinstance(part, Items):
            found += _flat(part.items)
        elif isinstance(part, Many):
            found += _flat((part.of,))
        elif isinstance(part, Entries):
            found += _flat(tuple(value for _, value in part.values))
        else:
            found.append(part)
    return found
