"""What a query computes for each of its rows: what is to be known of an annotation besides its name."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.frameworks.django.query.expressions.expression import Expr
from archlint.frameworks.django.query.expressions.outputs import UNTOLD, Output
from archlint.frameworks.django.query.expressions.tallies import Tally
from archlint.project.flow.values import Arguments, Value


class Computed(msgspec.Struct, frozen=True):
    """One annotation of a query set."""

    name: str
    is_hidden: bool
    """`alias()` made it: the query knows it, and does not give it out."""

    paths: tuple[str, ...] = ()
    """The paths that it refers to."""

    is_aggregate: bool = False
    is_window: bool = False
    output: Output = UNTOLD
    tallies: tuple[Tally, ...] = ()


def computed(arguments: Arguments, *, is_hidden: bool) -> tuple[Computed, ...]:
    """What a call of `annotate`, `alias` or `aggregate` computes, in the order in which Django does."""
    unnamed = ((getattr(value, "default_alias", ""), value) for value in arguments.positional)
    made = [(name, value) for name, value in (*unnamed, *arguments.named) if name]
    return tuple(_one(name, value, is_hidden) for name, value in made if not _is_relation(value))


def filtered_relations(arguments: Arguments) -> Iterator[tuple[str, str]]:
    """The names that stand for relations, each with the path of the relation."""
    for name, value in arguments.named:
        if isinstance(value, Expr) and _is_relation(value) and value.references:
            yield name, value.references[0].path


def _is_relation(value: Value) -> bool:
    """`FilteredRelation` names a relation, and nothing that is computed."""
    return isinstance(value, Expr) and value.default_alias == "FilteredRelation"


def _one(name: str, value: Value, is_hidden: bool) -> Computed:
    if not isinstance(value, Expr):
        return Computed(name, is_hidden=False)  # or a relation, for all one can tell
    paths = tuple(one.path for one in value.references if not one.is_condition)
    return Computed(name, is_hidden, paths, value.is_aggregate, value.is_window, value.output, value.tallies)


def with_more(before: tuple[Computed, ...], more: tuple[Computed, ...]) -> tuple[Computed, ...]:
    """Those before and those of a further call, of which each takes the place of its namesake."""
    names = {one.name for one in more}
    return (*(one for one in before if one.name not in names), *more)


def named(before: tuple[Computed, ...], name: str) -> Computed | None:
    """The annotation of a name."""
    return next((one for one in before if one.name == name), None)
