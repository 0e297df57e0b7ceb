"""What objects of a class without a constructor of its own keep of the call that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.answer import UNKNOWN
from archlint.project.flow.builtins.containers import is_raw
from archlint.project.flow.calls.signatures import is_kept

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.values import Arguments, Value


def kept_arguments(flow: Flow, cls: ProjectClass, arguments: Arguments) -> tuple[tuple[str, Value], ...]:
    """A dataclass keeps what it is called with; what replaces a default counts, even where it is unknown."""
    declared = [m.name for m in cls.fact.members if m.kind in (Kind.DECLARED, Kind.VALUE)]
    keeps = flow.objects.keeps_arguments(cls)
    fields = dict(zip(declared, arguments.positional if keeps else (), strict=False))
    named = ((name, value) for name, value in arguments.named if keeps or not is_raw(value))
    fields.update((name, value) for name, value in named if name in declared)
    defaults = flow.class_names(cls) if fields else {}
    return tuple(
        (name, value)
        for name, value in fields.items()
        if is_kept(value) or is_kept(defaults.get(name, UNKNOWN))
    )
