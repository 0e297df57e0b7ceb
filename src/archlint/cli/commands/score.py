"""`archlint score`: how well the project keeps the rules in force, in numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option


@click.command(short_help="Tell how well the rules are kept, in numbers.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--output-format",
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "markdown", "svg"]),
    default="text",
    show_default=True,
    help="What the score looks like; `svg` is a badge.",
)
@click.option(
    "--output-file", type=PathType(dir_okay=False), help="Write it to this file instead of standard output."
)
@click.option(
    "--since", metavar="REF", help="Tell as well what has changed since HEAD left this branch or commit."
)
@click.option("--levels", is_flag=True, help="Tell as well what is kept as more and more is prescribed.")
@click.option(
    "--config",
    "file",
    type=PathType(exists=True, dir_okay=False),
    help="Use this configuration instead of the nearest one upward.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="As of `check`.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write a cache.")
@folder_packs_option
@colour_option
@click.option("-q", "--quiet", is_flag=True, help="Print the score and nothing else.")
def score(
    path: Path,
    output_format: str,
    output_file: Path | None,
    since: str | None,
    levels: bool,
    file: Path | None,
    jobs: int,
    no_cache: bool,
    color: str,
    quiet: bool,
) -> int:
    """Tell how well the project around PATH, by default the current folder, keeps the rules in force.

    For each pack and in total: the places that rules examined, those that are kept, broken and unknown,
    and the share that is known to be kept. Findings that a comment or a baseline accepts are broken all
    the same. The exit status is 0 whatever the score is, and 2 if there is none.
    """
    from archlint.cli.delivery import deliver
    from archlint.cli.lint import Order
    from archlint.cli.progress import bar
    from archlint.cli.scoring import standing
    from archlint.scoring.formats import FORMATS

    if output_format == "svg" and (levels or since):
        option = "--levels" if levels else "--since"
        raise click.UsageError(f"a badge shows the total only; `{option}` needs another format")
    if since == "":
        raise click.UsageError("--since: an empty text is no commit")
    with bar(sys.stderr, not quiet) as progress:
        order = Order(jobs=jobs, is_cached=not no_cache, progress=progress)
        found, notices = standing(path, file, order, with_levels=levels, since=since or "")
    style = style_for(None if output_file else sys.stdout, color)
    deliver(FORMATS[output_format](found, style), output_file)
    if not quiet:
        for notice in notices:
            streams.tell(notice)
    return 0
