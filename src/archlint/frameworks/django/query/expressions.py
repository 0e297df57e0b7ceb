"""What names fields without being a query yet: `Q`, `F`, aggregates, `Prefetch`, subqueries."""

from __future__ import annotations

import msgspec

from archlint.facts.expressions import Call, Expression, Keyword, Literal
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Items, Value
from archlint.project.module import Module


class Reference(msgspec.Struct, frozen=True):
    """A path that a query is asked to follow: `room__hotel__city__iexact`."""

    path: str
    is_condition: bool
    """It may end in a lookup, and has a value to compare with: keywords of `filter` and `Q`."""

    module: Module
    line: int
    column: int
    """Where the text of the path begins; for a literal, where its quote stands."""

    is_literal: bool
    value: Value = UNKNOWN


class Expr(Behaviour, frozen=True):
    """An expression with the paths it refers to."""

    references: tuple[Reference, ...] = ()
    outer: tuple[Reference, ...] = ()
    """Paths from the query around this one: `OuterRef`."""

    is_open: bool = False
    """It refers to more than can be seen: `Q(**filters)`."""

    default_alias: str = ""
    """The name under which `annotate` and `aggregate` put it where none is given: `price__max`."""

    is_aggregate: bool = False

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`Count("x").desc()` and the like refer to the same."""
        return self

    def attribute(self, name: str, site: Site) -> Value:
        """Nothing is read off an expression that matters here."""
        return UNKNOWN

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """`Q(…) | Q(…)`, `F("a") + 1`."""
        return combined(operands)


class Prefetched(Behaviour, frozen=True):
    """`Prefetch("lines", queryset=…, to_attr=…)`."""

    reference: Reference | None
    queryset: Value = UNKNOWN
    to_attr: str | None = None
    """None where it cannot be seen; empty for none."""


class Maker(Behaviour, frozen=True):
    """A function or class that makes an expression: `F`, `Count`, `Lower`."""

    is_noted = False

    name: str
    takes: str
    """What of its arguments are paths: all positional texts (`paths`), only the `first`, `conditions` where
    keywords are, `values` for nothing."""

    is_aggregate: bool = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The expression."""
        form = site.form
        if not isinstance(form, Call):
            return Expr(is_open=True)
        if self.name == "Prefetch":
            return _prefetch(arguments, form, site)
        own = tuple(self._own(arguments, form, site))
        if self.name == "OuterRef":
            return Expr(outer=own, is_open=arguments.is_open)
        inner = combined((*arguments.positional, *(value for _, value in arguments.named)))
        if self.name in ("Subquery", "ArraySubquery", "Exists"):
            return Expr(inner.references, is_open=arguments.is_open)
        return Expr(
            (*own, *inner.references),
            inner.outer,
            arguments.is_open or inner.is_open,
            self._alias(arguments),
            self.is_aggregate or inner.is_aggregate,
        )

    def attribute(self, name: str, site: Site) -> Value:
        """Constants of the class: `Case.template`."""
        return UNKNOWN

    def _own(self, arguments: Arguments, form: Call, site: Site) -> list[Reference]:
        found: list[Reference] = []
        if self.takes in ("paths", "first"):
            given = arguments.positional if self.takes == "paths" else arguments.positional[:1]
            for value, written in zip(given, form.arguments, strict=False):
                reference = path_reference(value, written, site.module)
                if reference is not None:
                    found.append(reference)
            expression = arguments.get("expression") or arguments.get("name")
            for keyword in form.keywords:
                if keyword.name in ("expression", "name") and expression is not None:
                    reference = path_reference(expression, keyword.value, site.module)
                    if reference is not None:
                        found.append(reference)
        if self.takes == "conditions":
            own = conditions(arguments, form, site.module)
            found += [reference for reference in own if reference.path not in _NOT_CONDITIONS]
        return found

    def _alias(self, arguments: Arguments) -> str:
        first = arguments.get("expression", 0)
        if not self.is_aggregate or not isinstance(first, Constant):
            return ""
        return f"{first.value}__{self.name.lower()}"


_NOT_CONDITIONS = frozenset({"then", "condition", "_negated", "_connector"})
"""Keywords of `When` and `Q` that are their own."""


def conditions(arguments: Arguments, form: Call, module: Module) -> list[Reference]:
    """The paths in the keywords of `filter(…)` or `Q(…)`, those of a literal `**{…}` too."""
    written = {keyword.name: keyword for keyword in form.keywords if keyword.name}
    found: list[Reference] = []
    for name, value in arguments.named:
        keyword = written.get(name)
        place = _keyword_place(keyword) if keyword is not None else _place(form)
        found.append(Reference(name, True, module, *place, False, value))
    return found


def path_reference(value: Value, written: Expression, module: Module) -> Reference | None:
    """The path that a text is; None where the value is no text."""
    if not isinstance(value, Constant) or not isinstance(value.value, str) or value.value == "*":
        return None
    line, column = _place(written)
    return Reference(value.value, False, module, line, column, isinstance(written, Literal))


def combined(values: tuple[Value, ...]) -> Expr:
    """All that some values refer to. What is not known may refer to anything."""
    references: list[Reference] = []
    outer: list[Reference] = []
    is_open = is_aggregate = False
    for value in values:
        if isinstance(value, Items):
            value = combined(value.items)
        if isinstance(value, Expr):
            references += value.references
            outer += value.outer
            is_open = is_open or value.is_open
            is_aggregate = is_aggregate or value.is_aggregate
        else:
            # What a query inside this one calls the outer one is this one.
            references += getattr(value, "outer", ())
    return Expr(tuple(references), tuple(outer), is_open, "", is_aggregate)


def _prefetch(arguments: Arguments, form: Call, site: Site) -> Prefetched:
    lookup = arguments.get("lookup", 0)
    written = form.arguments[0] if form.arguments else form
    reference = path_reference(lookup, written, site.module) if lookup is not None else None
    to_attr = arguments.get("to_attr", 2)
    name: str | None = ""
    if to_attr is not None:
        name = to_attr.value if isinstance(to_attr, Constant) and isinstance(to_attr.value, str) else None
    return Prefetched(reference, arguments.get("queryset", 1) or UNKNOWN, name)


def _keyword_place(keyword: Keyword) -> tuple[int, int]:
    return keyword.line, keyword.column


def _place(form: Expression) -> tuple[int, int]:
    return getattr(form, "line", 0), getattr(form, "column", 0)
