"""What Python's functions on things that can be iterated over give: `sorted`, `map`, `itertools.chain`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call
from archlint.project.answer import UNKNOWN
from archlint.project.flow.trace import Loop
from archlint.project.flow.values import Arguments, Items, Many, Value, any_of, joined

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place


def first(arguments: Arguments) -> Value:
    """What a call passes first."""
    return arguments.positional[0] if arguments.positional else UNKNOWN


def of_each(site: Place, function: Value, source: Value) -> Value:
    """What a function gives that is called with each of some values."""
    item = site.iterated(site.form, source)
    if isinstance(site.form, Call):
        with site.looping(Loop(source, site.form)):
            return site.call(function, Arguments((item,)))
    return UNKNOWN


def sorted_by(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`sorted(orders, key=…)`: the key is asked of each."""
    key = arguments.get("key")
    if key is not None:
        of_each(site, key, first(arguments))
    return collected(flow, site, arguments)


def collected(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`list(orders)`: all of them."""
    if not arguments.positional:
        return Items("list", ())
    source = flow.gone_through(first(arguments))
    if isinstance(source, Items):
        return source
    return UNKNOWN if source is UNKNOWN else Many(site.iterated(site.form, source), source)


def grouped(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`groupby(orders, key=…)`: pairs of what the key gives, and some of them."""
    source, key = first(arguments), arguments.get("key", 1)
    item = site.iterated(site.form, source)
    if key is not None:
        of_each(site, key, source)
    return Many(Items("tuple", (UNKNOWN, Many(item, source))))


def next_of(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`next(orders, None)`: one of them."""
    each = site.iterated(site.form, first(arguments))
    return joined(each, arguments.positional[1]) if len(arguments.positional) > 1 else each


def enumerated(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """Pairs of a number and one of them."""
    each = site.iterated(site.form, first(arguments))
    return Many(Items("tuple", (UNKNOWN, each)), first(arguments), is_lazy=True)


def zipped(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """Tuples of one of each."""
    each = tuple([site.iterated(site.form, source) for source in arguments.positional])
    return Many(Items("tuple", each), first(arguments), is_lazy=True)


def mapped(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`map(price, orders)`: what the function gives for each."""
    if len(arguments.positional) != 2:
        return UNKNOWN
    function, source = arguments.positional
    return Many(of_each(site, function, source), source, is_lazy=True)


def filtered(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`filter(is_open, orders)`: some of them."""
    source = arguments.positional[-1] if arguments.positional else UNKNOWN
    if len(arguments.positional) == 2:
        of_each(site, arguments.positional[0], source)
    return Many(site.iterated(site.form, source), source, is_lazy=True)


def consumed(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`any(orders)`: they are iterated over."""
    site.iterated(site.form, first(arguments))
    return UNKNOWN


def picked(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`max(orders, key=…)`: one of them."""
    if len(arguments.positional) != 1:
        return UNKNOWN
    key = arguments.get("key")
    if key is not None:
        of_each(site, key, first(arguments))
    return site.iterated(site.form, first(arguments))


def chained(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`chain(new, old)`: the items of one after those of the other."""
    sources = arguments.positional
    if arguments.is_open or not sources:
        return UNKNOWN
    known = [source.items for source in sources if isinstance(source, Items)]
    if len(known) == len(sources):
        return Items("list", tuple([item for items in known for item in items]))
    return Many(any_of([site.iterated(site.form, source) for source in sources]), sources[0], is_lazy=True)


def flattened(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`chain.from_iterable(pages)`: the items of each of some."""
    source = first(arguments)
    return Many(flow.each(site.iterated(site.form, source), site), source, is_lazy=True)


def in_pieces(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`batched(orders, 100)`: some of them at a time."""
    source = first(arguments)
    return Many(Many(site.iterated(site.form, source), source), source, is_lazy=True)


def in_pairs(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`pairwise(orders)`: each with the next."""
    each = site.iterated(site.form, first(arguments))
    return Many(Items("tuple", (each, each)), first(arguments), is_lazy=True)


ITERATING: dict[str, Callable[[Flow, Place, Arguments], Value]] = {
    "builtins.all": consumed,
    "builtins.any": consumed,
    "builtins.enumerate": enumerated,
    "builtins.filter": filtered,
    "builtins.frozenset": collected,
    "builtins.iter": filtered,
    "builtins.list": collected,
    "builtins.map": mapped,
    "builtins.max": picked,
    "builtins.min": picked,
    "builtins.next": next_of,
    "builtins.reversed": collected,
    "builtins.set": collected,
    "builtins.sorted": sorted_by,
    "builtins.sum": consumed,
    "builtins.tuple": collected,
    "builtins.zip": zipped,
    "collections.deque": collected,
    "itertools.batched": in_pieces,
    "itertools.chain": chained,
    "itertools.chain.from_iterable": flattened,
    "itertools.cycle": collected,
    "itertools.dropwhile": filtered,
    "itertools.filterfalse": filtered,
    "itertools.groupby": grouped,
    "itertools.islice": collected,
    "itertools.pairwise": in_pairs,
    "itertools.takewhile": filtered,
    "itertools.zip_longest": zipped,
    "more_itertools.chunked": in_pieces,
}
"""What each of them gives, by its dotted name."""
