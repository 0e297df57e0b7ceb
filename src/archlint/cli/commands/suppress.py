"""`archlint suppress`: leave findings out by comments in the code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.accepting import baseline_option, chosen, no_baseline_option
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType


@click.command(short_help="Add suppression comments to the code.")
@click.argument("paths", nargs=-1, type=PathType())
@click.option(
    "--rule",
    "names",
    multiple=True,
    required=True,
    metavar="RULE",
    help="The rule to suppress, or a pack as `pack/*`; may be repeated.",
)
@click.option("--reason", required=True, help="Why; it is written into each comment.")
@click.option("--expires", default="", metavar="DATE", help="The last day the comments hold, as 2027-01-31.")
@click.option("--dry-run", is_flag=True, help="Print the changes as a diff, and write nothing.")
@click.option(
    "--line-length",
    type=click.IntRange(min=40),
    default=100,
    show_default=True,
    help="The longest line; a comment that does not fit gets a line of its own.",
)
@config_option
@baseline_option
@no_baseline_option
def suppress(
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    reason: str,
    expires: str,
    dry_run: bool,
    line_length: int,
    config_file: Path | None,
    baseline: Path | None,
    no_baseline: bool,
) -> int:
    """Add comments that suppress the findings of a rule in PATHS, by default in the current folder.

    Findings that the baseline accepts get no comment, unless --no-baseline is given. The exit status is 1
    if a file had to be left as it is.
    """
    from archlint.cli.assignment import assign
    from archlint.cli.lint import Order, lint
    from archlint.cli.progress import bar
    from archlint.cli.suppressing import checked, matching, write_all
    from archlint.registry import installed
    from archlint.reporters.summary import counted
    from archlint.suppressions.writing import Terms

    rules = matching(names, installed().rules)
    with bar(sys.stderr, True) as progress:
        order = Order(progress=progress, baseline=chosen(baseline, no_baseline))
        terms = checked(Terms(" ".join(reason.split()), expires, line_length, order.today))
        results = lint(assign(paths, config_file), order)
    written = write_all(results, rules, terms, is_dry=dry_run)
    if dry_run:
        streams.answer(written.diff(Path(os.path.commonpath([each.report.root for each in results]))))
    for reason_left in written.left:
        streams.tell(reason_left)
    verb = "would have suppressed" if dry_run else "suppressed"
    found = counted(written.findings, "finding")
    streams.tell(f"{verb} {found} in {counted(len(written.files), 'file')}")
    if written.accepted:
        kept = counted(written.accepted, "finding")
        streams.tell(f"the baseline accepts {kept} already; --no-baseline writes comments for them as well")
    return 1 if written.left else 0
