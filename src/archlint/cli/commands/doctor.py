"""`archlint doctor`: whether archlint sees the project as it should."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option


@click.command(short_help="Tell what was detected, and what is amiss.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What the examination looks like.",
)
@click.option(
    "--config",
    "file",
    type=PathType(exists=True, dir_okay=False),
    help="Use this configuration instead of the nearest one upward.",
)
@folder_packs_option
@colour_option
def doctor(path: Path, output_format: str, file: Path | None, color: str) -> int:
    """Tell what archlint makes of the project around PATH, by default the current folder.

    Where it is and which configuration counts; the files, frameworks and packs that were detected;
    contracts that guard nothing; how much could be resolved; and what to do about each. The exit status
    is 0 if nothing is amiss, 1 if something is, and 2 if there is no project to examine.
    """
    from archlint.cli.examining import examined
    from archlint.health.rendering import as_json, text

    examination = examined(path, file)
    if output_format == "json":
        streams.answer(as_json(examination))
    else:
        streams.answer(text(examination, style_for(sys.stdout, color)))
    return 0 if examination.is_sound else 1
