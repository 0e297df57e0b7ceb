"""What kind of value each option of an admin class takes, as Django's system checks have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from archlint.facts.expressions import Collection, Expression, Literal, Mapping, Starred, says

SEQUENCES = frozenset(
    [
        "autocomplete_fields",
        "raw_id_fields",
        "fields",
        "fieldsets",
        "exclude",
        "filter_vertical",
        "filter_horizontal",
        "ordering",
        "readonly_fields",
    ]
)
"""Options of every admin class that take a list or a tuple."""

OF_LISTS = frozenset(
    ["list_display", "list_display_links", "list_filter", "list_editable", "search_fields", "inlines"]
)
"""Those that only a `ModelAdmin` has."""

_MAPPINGS = frozenset({"radio_fields", "prepopulated_fields"})
_BOOLEANS = frozenset({"save_as", "save_on_top"})
_NUMBERS = frozenset({"list_per_page", "list_max_show_all"})
_COUNTS = frozenset({"extra", "max_num", "min_num"})
_MAY_BE_NONE = frozenset(
    {"fields", "fieldsets", "exclude", "ordering", "list_display_links", "max_num", "min_num"}
)

_DIRECTIONS = (1, 2)
_DIRECTED = "write `admin.HORIZONTAL` or `admin.VERTICAL`"

OF_MODELS = SEQUENCES | OF_LISTS | _MAPPINGS | _BOOLEANS | _NUMBERS | {"list_select_related"}
OF_INLINES = SEQUENCES | _MAPPINGS | _COUNTS

Said: TypeAlias = "tuple[Expression | None, str, str]"
"""Where it is, None for the whole option; what is wrong; what to do."""


def wrong_values(option: str, value: Expression) -> Iterator[Said]:
    """What is wrong with the value of an option, as far as it is written out."""
    if option in _MAY_BE_NONE and says(value, None):
        return
    if not _is_plain(value):
        return
    if option in SEQUENCES | OF_LISTS:
        yield from _sequence(option, value)
    elif option in _MAPPINGS:
        yield from _mapping(option, value)
    elif option in _BOOLEANS and not _is_a(value, bool):
        yield None, f"`{option}` has to be True or False", "write `True` or `False`"
    elif option in _NUMBERS | _COUNTS and not _is_a(value, int):
        yield None, f"`{option}` has to be a whole number", "write it without quotes"
    elif option == "list_select_related" and not (_is_a(value, bool) or _is_list(value)):
        wrong = "`list_select_related` has to be True, False, a list or a tuple"
        yield None, wrong, "name the relations in a list"


def _sequence(option: str, value: Expression) -> Iterator[Said]:
    if not isinstance(value, Collection) or not _is_list(value):
        yield None, f"`{option}` has to be a list or a tuple", _as_list(value)
    elif option == "fieldsets":
        yield from _fieldsets(value)
    elif option in ("fields", "exclude"):
        yield from _twice(option, tuple(_flat(value)) if option == "fields" else _texts(value))
    elif option == "ordering":
        yield from _random(value)


def _mapping(option: str, value: Expression) -> Iterator[Said]:
    if not isinstance(value, Mapping):
        yield None, f"`{option}` has to be a dict", "write the names as keys: `{…: …}`"
        return
    for each in value.values:
        if option == "prepopulated_fields" and _is_plain(each) and not _is_list(each):
            yield each, "the fields that fill another in have to be a list or a tuple", _as_list(each)
        if option == "radio_fields" and isinstance(each, Literal) and each.value not in _DIRECTIONS:
            yield each, f"radio buttons do not stand in the direction `{each.value}`", _DIRECTED


def _fieldsets(value: Collection) -> Iterator[Said]:
    """Pairs of a title and options, each field in one of them only."""
    shown: list[Literal] = []
    for each in value.items:
        if not _is_plain(each):
            continue
        if not isinstance(each, Collection) or not _is_list(each):
            yield each, "each of the `fieldsets` has to be a list or a tuple", _PAIR
            continue
        if any(isinstance(item, Starred) for item in each.items):
            continue
        if len(each.items) != 2:
            yield _first(each), "each of the `fieldsets` has two parts, a title and its options", _PAIR
            continue
        yield from _options_of(each.items[1], shown)
    yield from _twice("fieldsets", tuple(shown))


_PAIR = 'write `("Title", {"fields": […]})`'


def _options_of(options: Expression, shown: list[Literal]) -> Iterator[Said]:
    if not isinstance(options, Mapping):
        if _is_plain(options):
            yield options, "the options of a fieldset have to be a dict", _PAIR
        return
    by_key = {
        key.value: each
        for key, each in zip(options.keys, options.values, strict=True)
        if isinstance(key, Literal)
    }
    fields = by_key.get("fields")
    if fields is None:
        if all(isinstance(key, Literal) for key in options.keys):
            yield _first(options), "the options of a fieldset lack `fields`", _PAIR
    elif isinstance(fields, Collection) and _is_list(fields):
        shown += _flat(fields)
    elif _is_plain(fields):
        yield fields, "the `fields` of a fieldset have to be a list or a tuple", _as_list(fields)


def _twice(option: str, names: tuple[Literal, ...]) -> Iterator[Said]:
    met: set[object] = set()
    for name in names:
        if name.value in met:
            yield name, f"`{option}` names `{name.value}` twice", "leave one of them out"
        met.add(name.value)


def _random(value: Collection) -> Iterator[Said]:
    for name in _texts(value):
        if name.value == "?" and len(value.items) > 1:
            yield name, "`ordering` is by chance, and by other fields too", 'leave out `"?"` or the fields'


def _flat(value: Collection) -> Iterator[Literal]:
    """The names in a list, and in the lists in it that stand for a line of the form."""
    for item in value.items:
        if isinstance(item, Collection) and _is_list(item):
            yield from _texts(item)
        elif _is_a(item, str) and isinstance(item, Literal):
            yield item


def _texts(value: Collection) -> tuple[Literal, ...]:
    return tuple(item for item in value.items if isinstance(item, Literal) and isinstance(item.value, str))


def _first(value: Expression) -> Expression:
    """A text by which a display can be shown, which keeps only its end."""
    inside = value.items if isinstance(value, Collection) else getattr(value, "keys", ())
    return next((one for one in inside if isinstance(one, Literal) and isinstance(one.value, str)), value)


def _is_plain(value: Expression) -> bool:
    """Whether a value is written out, and so its kind is known."""
    return isinstance(value, (Literal, Collection, Mapping))


def _is_list(value: Expression) -> bool:
    return isinstance(value, Collection) and value.kind in ("list", "tuple")


def _is_a(value: Expression, kind: type) -> bool:
    return isinstance(value, Literal) and isinstance(value.value, kind)


def _as_list(value: Expression) -> str:
    if isinstance(value, Literal) and isinstance(value.value, str):
        return f'write `["{value.value}"]`'
    return "write it in square brackets"
