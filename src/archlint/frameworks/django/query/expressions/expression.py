"""What names fields without being a query yet: `Q`, `F`, aggregates, `Prefetch`, subqueries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import msgspec

from archlint.facts.expressions import Call, Expression, Literal
from archlint.frameworks.django.query.expressions.outputs import (
    UNTOLD,
    Output,
    combination,
    made_by,
    of_literal,
)
from archlint.frameworks.django.query.expressions.tallies import Tally
from archlint.frameworks.django.query.spread import is_given_on_some_way
from archlint.frameworks.places.expressions import place
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Items, Value, alternatives
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
    is_outer: bool = False
    """It stands in a subquery, which refers to the query around it."""


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
    """There is an aggregate in it, and not only in a window or a subquery."""

    is_window: bool = False
    aggregated: tuple[Reference, ...] = ()
    """The paths that an aggregate in it takes."""

    is_nested: bool = False
    """An aggregate in it takes an aggregate."""

    output: Output = UNTOLD
    """What type of field it gives."""

    tallies: tuple[Tally, ...] = ()
    """The aggregates in it."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`Count("x").desc()` and the like refer to the same."""
        return self

    def attribute(self, name: str, site: Site) -> Value:
        """Nothing is read off an expression that matters here."""
        return UNKNOWN

    def united(self, options: tuple[Value, ...]) -> Value:
        """Of conditions that are added one by one, each where it is asked for, the one that has them all.

        Those that are meant for different models have nothing in common, and no such one.
        """
        conditions = [
            one for one in options if isinstance(one, Expr) and not (one.is_aggregate or one.is_window)
        ]
        longest = max(conditions, key=lambda one: len(one.references), default=self)
        held = set(longest.references)
        is_whole = len(conditions) == len(options) and all(
            held.issuperset(one.references) for one in conditions
        )
        return longest if is_whole else UNKNOWN

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """`Q(…) | Q(…)`, `F("a") + 1`."""
        output = combination(operator, tuple(map(output_of, operands)))
        return msgspec.structs.replace(combined(operands), output=output)


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
    """What of its arguments are paths: all positional texts (`paths`), only the `first`, all `named` ones,
    `conditions` where keywords are, `values` for nothing."""

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
            return Expr(_from_inside(inner.references), is_open=arguments.is_open)
        references = (*own, *inner.references)
        is_window = self.name == "Window"
        default = combined((arguments.get("default") or UNKNOWN,))  # stands beside what is aggregated
        taken = combined((*arguments.positional, *(v for name, v in arguments.named if name != "default")))
        return Expr(
            references,
            inner.outer,
            arguments.is_open or inner.is_open,
            self._alias(arguments),
            not is_window and (self.is_aggregate or inner.is_aggregate),
            is_window or inner.is_window,
            (*(one for one in (*own, *taken.references) if not one.is_outer), *default.aggregated)
            if self.is_aggregate
            else inner.aggregated,
            inner.is_nested or (self.is_aggregate and taken.is_aggregate),
            self._output(arguments),
            (self._tally(arguments, references),) if self.is_aggregate else inner.tallies,
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
                if reference is not None and reference.path != "*":  # `Count("*")`
                    found.append(reference)
            expression = arguments.get("expression") or arguments.get("name")
            for keyword in form.keywords:
                if keyword.name in ("expression", "name") and expression is not None:
                    reference = path_reference(expression, keyword.value, site.module)
                    if reference is not None and reference.path != "*":
                        found.append(reference)
        for keyword in form.keywords:
            if self.takes == "named" or keyword.name in _PATHS.get(self.name, ()):
                found += _paths(arguments.get(keyword.name), keyword.value, site.module)
        if self.takes == "conditions":
            own = conditions(arguments, form, site.module)
            found += [reference for reference in own if reference.path not in _NOT_CONDITIONS]
        return found

    def _output(self, arguments: Arguments) -> Output:
        """The type of what it gives; a text is a path where the function takes paths."""
        if arguments.is_open or arguments.get("output_field") is not None:
            return UNTOLD
        if self.name == "When":
            return output_of(arguments.get("then", 1) or UNKNOWN, is_path=True)
        are_paths = self.takes in ("paths", "first")
        given = [output_of(value, is_path=are_paths) for value in arguments.positional]
        if self.name == "Case":
            given.append(output_of(arguments.get("default") or Constant(None), is_path=True))
        return made_by(self.name, tuple(given))

    def _tally(self, arguments: Arguments, references: tuple[Reference, ...]) -> Tally:
        distinct = arguments.get("distinct")
        paths = tuple(one.path for one in references if not one.is_outer)
        return Tally(
            self.name,
            paths,
            is_distinct=distinct is not None and distinct != Constant(False),
            is_open=arguments.is_open,
        )

    def _alias(self, arguments: Arguments) -> str:
        if self.name == "FilteredRelation":
            return self.name
        first = arguments.get("expression", 0)
        if not self.is_aggregate or not isinstance(first, Constant) or not isinstance(first.value, str):
            return ""
        return f"{first.value}__{self.name.lower()}"


_NOT_CONDITIONS = frozenset({"then", "condition", "_negated", "_connector"})
"""Keywords of `When` and `Q` that are their own."""

_PATHS = {"When": ("then",), "Case": ("default",), "Window": ("partition_by", "order_by")}
"""Keywords whose texts are paths."""


def output_of(value: Value, *, is_path: bool = False) -> Output:
    """The type of field that a value stands for in a query."""
    if isinstance(value, Expr):
        return value.output
    return of_literal(value.value, is_path=is_path) if isinstance(value, Constant) else UNTOLD


def _paths(value: Value | None, written: Expression, module: Module) -> Iterator[Reference]:
    """The paths of a text or of several; the sign of an order is none of it."""
    for each in value.items if isinstance(value, Items) else (value,):
        reference = path_reference(each, written, module) if each is not None else None
        if reference is not None:
            yield msgspec.structs.replace(reference, path=reference.path.lstrip("-+"))


def conditions(arguments: Arguments, form: Call, module: Module) -> list[Reference]:
    """The paths in the keywords of `filter(…)` or `Q(…)`, those of a literal `**{…}` too."""
    written = {keyword.name: keyword for keyword in form.keywords if keyword.name}
    found: list[Reference] = []
    for name, value in arguments.named:
        keyword = written.get(name)
        if keyword is None and arguments.is_open and not is_given_on_some_way(module, form):
            continue  # of a dict that differs by branch, it is perhaps not in this one
        at = (keyword.line, keyword.column) if keyword is not None else place(form)
        found.append(Reference(name, True, module, *at, False, value))
    return found


def path_reference(value: Value, written: Expression, module: Module) -> Reference | None:
    """The path that a text is; None where the value is no text."""
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return None
    line, column = place(written)
    return Reference(value.value, False, module, line, column, isinstance(written, Literal))


def combined(values: tuple[Value, ...]) -> Expr:
    """All that some values refer to. What is not known may refer to anything."""
    references: list[Reference] = []
    outer: list[Reference] = []
    aggregated: list[Reference] = []
    tallies: list[Tally] = []
    is_open = is_aggregate = is_window = is_nested = False
    for value in chain.from_iterable(map(alternatives, values)):
        if isinstance(value, Items):
            value = combined(value.items)
        if isinstance(value, Expr):
            references += value.references
            outer += value.outer
            is_open = is_open or value.is_open
            aggregated += value.aggregated
            tallies += value.tallies
            is_aggregate = is_aggregate or value.is_aggregate
            is_window = is_window or value.is_window
            is_nested = is_nested or value.is_nested
        else:
            # What a query inside this one calls the outer one is this one.
            references += _from_inside(getattr(value, "outer", ()))
    return Expr(
        _each_once(references),
        _each_once(outer),
        is_open,
        "",
        is_aggregate,
        is_window,
        _each_once(aggregated),
        is_nested,
        tallies=tuple(dict.fromkeys(tallies)),
    )


def _each_once(references: list[Reference]) -> tuple[Reference, ...]:
    """The references of expressions that may be one and the same: `condition | condition`."""
    return tuple(dict.fromkeys(references)) if len(references) > 1 else tuple(references)


def _from_inside(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(msgspec.structs.replace(one, is_outer=True) for one in references)


def _prefetch(arguments: Arguments, form: Call, site: Site) -> Prefetched:
    lookup = arguments.get("lookup", 0)
    written = form.arguments[0] if form.arguments else form
    reference = path_reference(lookup, written, site.module) if lookup is not None else None
    to_attr = arguments.get("to_attr", 2)
    name: str | None = ""
    if to_attr is not None:
        name = to_attr.value if isinstance(to_attr, Constant) and isinstance(to_attr.value, str) else None
    return Prefetched(reference, arguments.get("queryset", 1) or UNKNOWN, name)
