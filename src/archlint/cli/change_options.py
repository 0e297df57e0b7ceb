"""The options that lint a change instead of a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archlint.cli.changing import Changing

since_option = click.option(
    "--since",
    metavar="REF",
    help="Report what is new since HEAD left this branch or commit, and how the structure has changed.",
)
staged_option = click.option(
    "--staged",
    "is_staged",
    is_flag=True,
    help="Lint what is staged for the next commit, and report what is new in it.",
)


def changed(since: str | None, is_staged: bool, writes: bool) -> Changing | None:
    """What to compare with, if that is asked for; the files for it are there until the command ends.

    Raises click's UsageError for what the options cannot mean.
    """
    if since is None and not is_staged:
        return None
    if since == "":
        raise click.UsageError("--since: the name of the commit is empty")
    if is_staged and writes:
        raise click.UsageError("--staged lints what git holds, where no fix can be written")
    from archlint.cli.changing import Changing

    changing = Changing(since or "", is_staged)
    click.get_current_context().with_resource(changing.copies)
    return changing
