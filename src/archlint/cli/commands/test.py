"""`archlint test`: run the examples of rules and patterns."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.path_type import PathType


@click.command(short_help="Run the examples of rules and patterns.")
@click.argument("subjects", nargs=-1, metavar="[PACK|PACK/RULE|FOLDER]...")
@click.option(
    "--edge-cases",
    type=PathType(exists=True, file_okay=False),
    help="A folder with further examples, as PACK/RULE.md.",
)
@colour_option
def test(subjects: tuple[str, ...], edge_cases: Path | None, color: str) -> int:
    """Run the examples in the pages of packs and rules, and those of patterns in the configuration.

    Without arguments, run those of the patterns in the configuration here, and of the packs that it names as
    folders. The exit status is 1 if an example fails, and 2 if there is nothing to run.
    """
    from archlint.cli.assignment import assign
    from archlint.errors import UsageError
    from archlint.registry import installed
    from archlint.registry.opening import opened
    from archlint.reporters.summary import counted
    from archlint.testing.trial import checked

    (here,) = assign([])
    config, registry = opened(here.config, here.root, installed())
    folders = [os.path.realpath(each) for each in subjects if "/" in each and os.path.isdir(each)]
    own = {pack.folder for pack in registry.packs.values()}
    registry = registry.with_folders(each for each in folders if each not in own)
    names = {os.path.basename(each).replace("_", "-") for each in folders}
    names |= {each for each in subjects if os.path.realpath(each) not in folders}
    results = checked(config, registry, names, edge_cases)
    if not results:
        raise UsageError(f"no examples of {', '.join(sorted(names)) or 'this configuration'}")
    style = style_for(sys.stdout, color)
    failed = [(title, lines) for title, lines in results if lines]
    for title, lines in failed:
        streams.answer(f"{style.strong(title)}\n" + "".join(f"  {line}\n" for line in lines) + "\n")
    count = counted(len(results), "example")
    streams.note(f"{count}, {len(failed)} failed.\n" if failed else f"{count}, all passed.\n")
    return 1 if failed else 0
