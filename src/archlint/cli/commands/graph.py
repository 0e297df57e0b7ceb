"""`archlint graph`: who imports whom, and where that breaks a rule."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams


@click.command(short_help="Draw who imports whom.")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--level",
    type=click.Choice(["layer", "package", "module"]),
    help="What a box stands for; by default layers if there are any, else packages.",
)
@click.option(
    "--output-format",
    "--format",
    "output_format",
    type=click.Choice(["mermaid", "dot", "json"]),
    default="mermaid",
    show_default=True,
    help="For Mermaid, for Graphviz, or for programs.",
)
@click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Use this configuration instead of the nearest one upward.",
)
def graph(path: Path, level: str | None, output_format: str, file: Path | None) -> int:
    """Draw the imports of PATH, by default those of the whole project.

    Imports that a rule of the packs `layers` and `imports` reports are marked as broken.
    """
    from archlint.cli.drawing import draw
    from archlint.reporters.graph import FORMATS

    overview, notices = draw(path, level, file)
    streams.answer(FORMATS[output_format](overview))
    for notice in notices:
        streams.tell(notice)
    return 0
