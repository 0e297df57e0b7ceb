"""A standing for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.reporters.style import Style
from archlint.scoring.standing import Standing
from archlint.scoring.tables import Row, Table, sentence, tables


def text(standing: Standing, style: Style) -> str:
    """Aligned columns, and the standing in a sentence."""
    blocks = ["".join(f"{line}\n" for line in _aligned(table, style)) for table in tables(standing)]
    return "\n".join([*blocks, f"{sentence(standing)}\n"])


def markdown(standing: Standing, style: Style) -> str:
    """Tables as GitHub and GitLab show them, for a comment or a page. Never coloured."""
    blocks = ["".join(f"{line}\n" for line in _piped(table)) for table in tables(standing)]
    return "\n".join([*blocks, f"{sentence(standing)}\n"])


def _aligned(table: Table, style: Style) -> Iterator[str]:
    every = (table.head, *table.rows, *([table.foot] if table.foot else []))
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    yield style.strong(_line(table.head, widths))
    yield from (_line(row, widths) for row in table.rows)
    if table.foot:
        yield style.strong(_line(table.foot, widths))


def _line(row: Row, widths: list[int]) -> str:
    name, *numbers = row
    cells = (f"{number:>{width}}" for number, width in zip(numbers, widths[1:], strict=True))
    return "  ".join([f"{name:<{widths[0]}}", *cells])


def _piped(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row((":--", *("--:" for _ in table.head[1:])))
    yield from map(_row, table.rows)
    if table.foot:
        yield _row(tuple(f"**{cell}**" for cell in table.foot))


def _row(cells: Row) -> str:
    return "| " + " | ".join(each.replace("|", "\\|") for each in cells) + " |"
