"""Which arguments the methods of model objects take.

Those of Django 3.2 to 6.1 together, compared with the real `Model` in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant

if TYPE_CHECKING:
    from archlint.frameworks.django.refusals.refused import Wrong
    from archlint.frameworks.django.version import Version

TAKES: dict[str, tuple[str, ...]] = {
    "save": ("force_insert", "force_update", "using", "update_fields"),
    "delete": ("using", "keep_parents"),
    "refresh_from_db": ("using", "fields", "from_queryset"),
    "full_clean": ("exclude", "validate_unique", "validate_constraints"),
    "clean": (),
    "clean_fields": ("exclude",),
    "validate_unique": ("exclude",),
    "validate_constraints": ("exclude",),
}
"""Methods by their names; they take all arguments by position, too, but for `save` since Django 6."""

ASYNC = frozenset({"asave", "adelete", "arefresh_from_db"})
LISTS = {
    "save": ("update_fields", 3),
    "refresh_from_db": ("fields", 1),
    "bulk_update": ("fields", 1),
}
"""Arguments that list names of fields, with their positions."""


def untaken(event: Called, version: Version) -> Wrong | None:
    """What a method of an object does not take."""
    name = event.name[1:] if event.name in ASYNC else event.name
    takes, given = TAKES[name], event.arguments
    if name == "save" and given.positional and version.is_from("6.0"):
        return f"`{event.name}()` takes its arguments by their names alone", f"write `{takes[0]}=…`"
    if len(given.positional) > len(takes):
        most = f"at most {len(takes)} arguments" if takes else "no arguments"
        return f"`{event.name}()` takes {most}, not {len(given.positional)}", "leave the rest out"
    written = {keyword.name for keyword in event.form.keywords}  # the rest is of a dict, and may differ
    wrong = next((each for each, _ in given.named if each in written and each not in takes), None)
    if wrong is None:
        return listed(event)
    hint = f"it takes {', '.join(f'`{one}`' for one in takes)}" if takes else "leave it out"
    return f"`{event.name}()` takes no `{wrong}`", hint


def listed(event: Called) -> Wrong | None:
    """`save(update_fields="status")`: a text is a list of its letters."""
    name = event.name.removeprefix("a") if event.name.startswith("a") else event.name
    argument, position = LISTS.get(name, ("", 0))
    value = event.arguments.get(argument, position) if argument else None
    if not isinstance(value, Constant) or not isinstance(value.value, str) or len(value.value) < 2:
        return None
    return f"`{argument}` takes a list of names, not one text", f'write `{argument}=["{value.value}"]`'
