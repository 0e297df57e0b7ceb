"""A first configuration proposed from what the code has: its frameworks, and the layers it keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from archlint.adoption.draft import Draft, Value
from archlint.adoption.proving import proven
from archlint.config.model import Config
from archlint.frameworks.known import found
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.project import Project

if TYPE_CHECKING:
    from archlint.adoption.moving import Move
    from archlint.adoption.proposal.drawing import Proposed

_NEXT: Final = (
    "Next: run `archlint`, then `archlint baseline write` to accept for now what it finds.",
    "`archlint rules` lists all rules, and `archlint explain RULE` explains one.",
    "`archlint init --help` shows how to migrate from another tool.",
)


def proposed(move: Move) -> Draft:
    """A draft that holds: layers are drawn where the imports keep to them, but for a short list."""
    from archlint.adoption.proposal.drawing import layered
    from archlint.adoption.proposal.habits import habits

    project = move.open(Config(root=move.root))
    drawing = layered(project, move.registry)
    layers = _table(drawing) if drawing else {}
    draft = Draft(
        comments=(_seen(project), " ".join(_NEXT)),
        layers=layers,
        layers_comments=_told(drawing),
        entries=tuple(habits(project, layers, drawing.upward, move.registry)) if drawing else (),
    )
    if drawing is None:
        draft = replace(draft, comments=(*draft.comments, _undrawn()))
    return proven(draft, project, move.registry)


def _seen(project: Project) -> str:
    graph = project.view(ImportGraph)
    imported = {edge.name for module in project.modules for edge in graph.external_of(module)}
    names = found(imported)
    broken = sum(module.facts.fault is not None for module in project.modules)
    unread = f" {broken} of them cannot be parsed, so their imports are not known." if broken else ""
    what = f"built with {', '.join(names)}" if names else "without a framework that archlint knows"
    return f"Proposed by `archlint init` for {len(project.modules)} modules {what}.{unread}"


def _table(drawing: Proposed) -> dict[str, Value]:
    return {layer.name: layer.patterns for layer in drawing.layers}


def _told(drawing: Proposed | None) -> tuple[str, ...]:
    if drawing is None:
        return ()
    up = drawing.upward
    first = f"and {up} upwards, which the first run lists" if up else "and none upwards"
    return (
        "From top to bottom; a layer may use those below it. The code already keeps this order:",
        f"{drawing.downward} imports between these folders point downwards, {first}.",
        "Draw what is missing, and add `because` where there is a reason.",
    )


def _undrawn() -> str:
    return (
        "No layers are drawn: the imports between folders with well-known names keep no order. "
        'Draw your own under `layers`, from top to bottom, or start from `extends = ["clean-architecture"]`.'
    )
