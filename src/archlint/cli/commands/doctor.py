"""`archlint doctor`: whether archlint sees the project as it should."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option


@click.command(short_help="Show what was detected, and what is wrong.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show the result.",
)
@config_option
@folder_packs_option
@colour_option
def doctor(path: Path, output_format: str, config_file: Path | None, color: str) -> int:
    """Show how archlint sees the project around PATH, by default the current folder.

    Its root and its configuration; the files, frameworks and packs that were detected; contracts that
    guard nothing; how much could be resolved; and what to do about each. The exit status is 0 if all is
    well, 1 if something is wrong, and 2 if there is no project to examine.
    """
    from archlint.cli.examining import examined
    from archlint.health.rendering import as_json, text

    examination = examined(path, config_file)
    if output_format == "json":
        streams.answer(as_json(examination))
    else:
        streams.answer(text(examination, style_for(sys.stdout, color)))
    return 0 if examination.is_sound else 1
