"""`archlint graph`: who imports whom, and where that breaks a rule."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType

_LEVELS = ("layer", "package", "module")


def _singular(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    return value.removesuffix("s") if value else None


@click.command(short_help="Draw who imports whom.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--level",
    type=click.Choice([*_LEVELS, *(f"{level}s" for level in _LEVELS)]),
    metavar=f"[{'|'.join(_LEVELS)}]",
    callback=_singular,
    help="What a box stands for.  [default: layer if any are configured, else package]",
)
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="NAMES",
    help="Draw `shop.orders.api` as part of `shop.orders` for a depth of 2.  "
    "[default: of packages as many as can be read; all in JSON]",
)
@click.option(
    "--output-format",
    "--format",
    "output_format",
    type=click.Choice(["mermaid", "dot", "json"]),
    default="mermaid",
    show_default=True,
    help="Mermaid, Graphviz (dot), or JSON for programs.",
)
@config_option
def graph(
    path: Path, level: str | None, depth: int | None, output_format: str, config_file: Path | None
) -> int:
    """Draw the imports of PATH, by default those of the whole project.

    Imports that a rule of the packs `layers` and `imports` reports are marked as broken.
    """
    from archlint.cli.drawing import draw
    from archlint.reporters.graph import FORMATS

    overview, notices = draw(path, level, depth, config_file, is_read=output_format != "json")
    streams.answer(FORMATS[output_format](overview))
    for notice in notices:
        streams.tell(notice)
    return 0
