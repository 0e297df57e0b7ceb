"""`archlint score`: how well the project keeps the rules in force, in numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option


@click.command(short_help="Measure how well the rules are kept.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--output-format",
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "markdown", "svg"]),
    default="text",
    show_default=True,
    help="How to show the score; `svg` is a badge.",
)
@click.option(
    "--output-file", type=PathType(dir_okay=False), help="Write to this file instead of standard output."
)
@click.option(
    "--since", metavar="REF", help="Also show what has changed since HEAD left this branch or commit."
)
@click.option(
    "--levels",
    is_flag=True,
    help="Also show how the score changes as more is prescribed.",
)
@config_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Number of processes, as for `check`.",
)
@click.option("--no-cache", is_flag=True, help="Do not read or write the cache.")
@folder_packs_option
@colour_option
@click.option("-q", "--quiet", is_flag=True, help="Print only the score.")
def score(
    path: Path,
    output_format: str,
    output_file: Path | None,
    since: str | None,
    levels: bool,
    config_file: Path | None,
    jobs: int,
    no_cache: bool,
    color: str,
    quiet: bool,
) -> int:
    """Measure how well the project around PATH, by default the current folder, keeps the rules in force.

    For each pack and in total: how many places the rules examined, how many of them are kept, broken and
    unknown, and the share that is known to be kept. Findings accepted by a comment or a baseline count as
    broken. The exit status is 0 whatever the score is, and 2 if there is none.
    """
    from archlint.cli.delivery import deliver
    from archlint.cli.lint import Order
    from archlint.cli.progress import bar
    from archlint.cli.scoring import standing
    from archlint.scoring.formats import FORMATS

    if output_format == "svg" and (levels or since):
        option = "--levels" if levels else "--since"
        raise click.UsageError(f"a badge shows only the total; `{option}` needs another format")
    if since == "":
        raise click.UsageError("--since: the name of the commit is empty")
    with bar(sys.stderr, not quiet) as progress:
        order = Order(jobs=jobs, is_cached=not no_cache, progress=progress)
        found, notices = standing(path, config_file, order, with_levels=levels, since=since or "")
    style = style_for(None if output_file else sys.stdout, color)
    deliver(FORMATS[output_format](found, style), output_file)
    if not quiet:
        for notice in notices:
            streams.tell(notice)
    return 0
