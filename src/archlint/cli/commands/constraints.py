"""`archlint constraints`: the rules in force, for whoever writes code."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option


@click.command(short_help="Summarise the rules in force, for whoever writes code.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--for",
    "place",
    type=PathType(),
    metavar="PATH",
    help="Only what concerns this file or folder, which need not exist yet.",
)
@config_option
@folder_packs_option
@click.option(
    "--output-file", type=PathType(dir_okay=False), help="Write to this file instead of standard output."
)
def constraints(path: Path, place: Path | None, config_file: Path | None, output_file: Path | None) -> int:
    """Summarise the rules in force for the project around PATH, as a page of Markdown.

    The page comes from the configuration that `archlint check` reads: the layers and who may use whom,
    what each contract demands and why, and the rules of all active packs, one line each.
    """
    from archlint.cli.constraining import constraints as told
    from archlint.cli.delivery import deliver

    text, notices = told(path, place, config_file)
    deliver(text, output_file)
    for notice in notices:
        streams.tell(notice)
    return 0
