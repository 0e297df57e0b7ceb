"""The page that is read before code is written: of a whole project, or of one place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archlint.config.model import OWN_PACK, Config
from archlint.demand import named
from archlint.finding import Severity
from archlint.guidance.asked import Asked, Habit
from archlint.guidance.drawing import drawing, standing
from archlint.guidance.place import Place

_CHECKED = "`archlint` checks all of this; `archlint explain RULE` says why, with examples."


def whole(config: Config, told: Sequence[Asked | Habit]) -> str:
    """All rules in force."""
    lines = ["# Rules of this project", "", _CHECKED, ""]
    layers = list(drawing(config))
    if layers:
        lines += ["## Layers", "", *layers, ""]
    lines += _section("Architecture", [_asked(each) for each in told if isinstance(each, Asked)])
    lines += _section("Built with", list(_stack(config)))
    habits = [each for each in told if isinstance(each, Habit)]
    for pack in sorted({each.pack for each in habits}, key=lambda pack: (pack == OWN_PACK, pack)):
        lines += _section(f"Avoid: `{pack}`", [_habit(each) for each in habits if each.pack == pack])
    return _joined(lines)


def of_place(config: Config, told: Sequence[Asked | Habit], place: Place) -> str:
    """What is to be kept in one place."""
    shown = f"{place.path}/" if place.is_folder and place.path != "." else place.path
    lines = [f"# `{shown}`", ""]
    for layer in place.layers:
        lines += [f"Belongs to the layer `{layer.name}`. {' '.join(standing(config, layer))}", ""]
    if config.layers and not place.layers:
        lines += [f"Belongs to no layer; the layers are {named(each.name for each in config.layers)}.", ""]
    demands = [each for each in told if isinstance(each, Asked)]
    lines += _section("Rules that hold here", [_asked(each) for each in demands if place.keeps(each.demand)])
    lines += _section("Allowed here, and not elsewhere", [_asked(e) for e in demands if place.may(e.demand)])
    habits = sum(isinstance(each, Habit) for each in told)
    lines += [f"{habits} more rules hold everywhere: `archlint constraints`.", ""]
    return _joined(lines)


def _section(title: str, items: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(items))
    return [f"## {title}", "", *(f"- {each}" for each in found), ""] if found else []


def _asked(asked: Asked) -> str:
    because = f", because {_unended(asked.because)}" if asked.because else ""
    return f"{asked.demand.text}{because}. {_mark(asked.rule, asked.severity)}"


def _habit(habit: Habit) -> str:
    return f"{habit.text} {_mark(habit.rule, habit.severity)}"


def _mark(rule: str, severity: Severity) -> str:
    return f"({rule})" if severity is Severity.ERROR else f"({rule}, {severity.value})"


def _stack(config: Config) -> Iterator[str]:
    said = (("ORM", config.stack.orm), ("database", config.stack.database), ("driver", config.stack.driver))
    yield from (f"{what}: {name}" for what, name in said if name)
    if config.contract.openapi:
        yield f"The HTTP API is promised in `{config.contract.openapi}`."


def _unended(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
