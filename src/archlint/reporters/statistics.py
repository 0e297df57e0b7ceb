"""What each rule looked at, so that silence can be told from a pass."""

from __future__ import annotations

from typing import Final

from archlint.report import Report, Tally
from archlint.reporters.style import Style

_HEAD: Final = ("rule", "examined", "kept", "broken", "unknown")


def statistics(report: Report, style: Style) -> str:
    """A table, one line a rule that ran. A rule that examined nothing stands out."""
    rows = [(rule, *_numbers(tally)) for rule, tally in report.tallies.items()]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    lines = [style.strong(_line(_HEAD, widths))]
    for row, tally in zip(rows, report.tallies.values(), strict=True):
        line = _line(row, widths)
        lines.append(line if tally.examined else style.faint(line))
    return "".join(f"{line}\n" for line in lines)


def _numbers(tally: Tally) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in (tally.examined, tally.kept, tally.broken, tally.unknown))


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    rule, *numbers = row
    cells = (f"{number:>{width}}" for number, width in zip(numbers, widths[1:], strict=True))
    return "  ".join([f"{rule:<{widths[0]}}", *cells])
