"""`archlint graph`: who imports whom, and where that breaks a rule."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType


@click.command(short_help="Draw who imports whom.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--level",
    type=click.Choice(["layer", "package", "module"]),
    help="What a box stands for.  [default: layer if any are configured, else package]",
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
def graph(path: Path, level: str | None, output_format: str, config_file: Path | None) -> int:
    """Draw the imports of PATH, by default those of the whole project.

    Imports that a rule of the packs `layers` and `imports` reports are marked as broken.
    """
    from archlint.cli.drawing import draw
    from archlint.reporters.graph import FORMATS

    overview, notices = draw(path, level, config_file)
    streams.answer(FORMATS[output_format](overview))
    for notice in notices:
        streams.tell(notice)
    return 0
