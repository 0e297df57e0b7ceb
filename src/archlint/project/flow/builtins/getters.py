"""`getattr(order, "customer")` and `attrgetter("customer.name")`: attributes read by a text."""

from __future__ import annotations

from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Items, Value, all_texts

_GIVEN = "<given>"
"""The name of what it is given; no code has such a name."""


class AttributeGetter(Behaviour, frozen=True):
    """What it reads, and where that is said."""

    is_noted = False

    paths: tuple[str, ...]
    line: int
    column: int

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What it reads, each attribute as if the code said so."""
        if len(arguments.positional) != 1:
            return UNKNOWN
        given = arguments.positional[0]
        found = tuple(
            [site.of_given(_GIVEN, given, _form(path, self.line, self.column)) for path in self.paths]
        )
        return found[0] if len(found) == 1 else Items("tuple", found)


class AttributeGetterMaker(Behaviour, frozen=True):
    """`operator.attrgetter`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A function."""
        paths = all_texts(arguments.positional)
        if not paths or not isinstance(site.form, Call):
            return UNKNOWN
        return AttributeGetter(paths, site.form.line, site.form.column)


def read(of: Value, name: str, form: Call, site: Site) -> Value:
    """What an attribute is that a call reads, as if the code said so: `getattr(order, "customer")`."""
    return site.of_given(_GIVEN, of, _form(name, form.line, form.column))


def is_by_text(form: Attribute) -> bool:
    """Whether an attribute was read by a call that got its name, and not by an expression."""
    return isinstance(form.value, Name) and form.value.id == _GIVEN


def _form(path: str, line: int, column: int) -> Expression:
    form: Expression = Name(_GIVEN, line, column)
    for name in path.split("."):
        form = Attribute(form, name, line, column)
    return form
