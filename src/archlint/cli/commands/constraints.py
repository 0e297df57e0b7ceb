"""`archlint constraints`: the rules in force, for whoever writes code."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option


@click.command(short_help="Tell the rules in force, before code is written.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--for",
    "place",
    type=PathType(),
    metavar="PATH",
    help="Tell only what concerns this file or folder, which need not be there yet.",
)
@click.option(
    "--config",
    "file",
    type=PathType(exists=True, dir_okay=False),
    help="Use this configuration instead of the nearest one upward.",
)
@folder_packs_option
@click.option("--output-file", type=PathType(dir_okay=False), help="Write it to this file instead.")
def constraints(path: Path, place: Path | None, file: Path | None, output_file: Path | None) -> int:
    """Tell the rules in force for the project around PATH as Markdown, short enough to be read.

    It comes from the configuration that `archlint check` holds the code to: the layers and who may use
    whom, what the contracts ask for and why, and the rules of all active packs, one line each.
    """
    from archlint.cli.constraining import constraints as told
    from archlint.cli.delivery import deliver

    text, notices = told(path, place, file)
    deliver(text, output_file)
    for notice in notices:
        streams.tell(notice)
    return 0
