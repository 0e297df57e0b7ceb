"""The options about accepted findings, for every command that lints, and what is told of the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from archlint.baseline.standing import Choice
from archlint.cli import streams
from archlint.cli.path_type import PathType
from archlint.report import Lapsed, Report

Command = TypeVar("Command", bound=Callable[..., Any])


def baseline_option(command: Command) -> Command:
    """The option that names a baseline."""
    return click.option(
        "--baseline",
        type=PathType(dir_okay=False),
        metavar="FILE",
        help="The baseline file.  [default: archlint-baseline.json beside the configuration]",
    )(command)


def no_baseline_option(command: Command) -> Command:
    """The option that leaves the baseline out of it."""
    return click.option("--no-baseline", is_flag=True, help="Report accepted findings, too.")(command)


def chosen(baseline: Path | None, no_baseline: bool) -> Choice:
    """Which baseline counts. Fails, with the usage, where the options contradict each other."""
    if baseline is not None and no_baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
    return Choice(baseline.absolute() if baseline else None, not no_baseline)


def tell_lapsed(report: Report, *, in_full: bool) -> None:
    """What the baseline lists and does not accept, as numbers or one by one."""
    from archlint.reporters.lapsed import told

    for each in told(report):
        streams.tell(each.sentence)
        for line in _lines(each.entries) if in_full else ():
            streams.note(f"{line}\n")


def _lines(lapsed: tuple[Lapsed, ...]) -> Iterator[str]:
    from archlint.reporters.text import plain

    for each in lapsed:
        place = f"{plain(each.path)}: [{each.rule}]" + (f" in {plain(each.symbol)}" if each.symbol else "")
        times = f", {each.count} times" if each.count > 1 else ""
        until = f", until {each.expires}" if each.expires else ""
        yield f"  {place}{times}{until}"
