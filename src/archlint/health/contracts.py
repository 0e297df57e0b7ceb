"""What the configuration asks for, and whether it holds anything to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.errors import ConfigError
from archlint.health.sign import Sign, State
from archlint.project import Project
from archlint.project.drawing.layers import Layers
from archlint.registry import ActiveRule
from archlint.report import Tally
from archlint.reporters.summary import counted


def layers(project: Project) -> Iterator[Sign]:
    """The layers that are drawn, each with what it holds. Raises ConfigError as `Layers` does."""
    drawn = project.view(Layers)
    for layer in drawn.layers:
        held = len(drawn.members(layer))
        if held:
            yield Sign(layer.name, counted(held, "module"))
        else:
            hint = "fix its patterns, or remove the layer"
            yield Sign(layer.name, "holds no module, and guards nothing", State.ADVICE, hint)
    outside = sum(module not in drawn for module in project.modules)
    if drawn.layers and outside:
        hint = "`layers/unassigned-module` lists them; nothing about layers is asked of them"
        yield Sign("outside all layers", f"{outside:,} of {len(project.modules):,} modules", State.GOOD, hint)


def configured(uses: Iterable[tuple[ActiveRule, Tally]]) -> Iterator[Sign]:
    """The rules that are configured with a table, each use with what it looked at."""
    for active, tally in uses:
        if not active.instance.options:
            continue
        if tally.examined:
            text = f"{counted(tally.examined, 'place')}, {tally.broken:,} broken, {tally.unknown:,} unknown"
            yield Sign(active.card.id, f"{text} ({active.origin})")
        else:
            hint = "fix its patterns and names, or remove the contract"
            text = f"found nothing to look at, and guards nothing ({active.origin})"
            yield Sign(active.card.id, text, State.AMISS, hint)


def refused(problem: ConfigError) -> Iterator[Sign]:
    """What stops archlint from running."""
    for each in problem.problems:
        place = f"{each.path}:{each.line}" if each.line else each.path
        hint = each.hint or "fix it in this file"
        yield Sign("refused", f"{place}: {each.message}", State.AMISS, hint)
