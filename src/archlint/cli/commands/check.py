"""`archlint check`: lint, report, and say by the exit status how it went."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from archlint.cli import streams
from archlint.cli.accepting import baseline_option, chosen, no_baseline_option, tell_lapsed
from archlint.cli.change_options import changed, since_option, staged_option
from archlint.cli.colour import colour_option
from archlint.cli.completing import rules
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType
from archlint.cli.trust import folder_packs_option
from archlint.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archlint.cli.assignment import Assignment
    from archlint.cli.lint import Linted
    from archlint.cli.mending import Fixed


@click.command(short_help="Lint files and folders.")
@click.argument("paths", nargs=-1, type=PathType())
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    envvar="ARCHLINT_OUTPUT_FORMAT",
    show_envvar=True,
    help="How to show the findings.  [default: full; on GitHub Actions with annotations and a summary]",
)
@click.option(
    "--output-file",
    "files",
    multiple=True,
    metavar="[FORMAT=]FILE",
    help="Write the report to FILE instead of standard output. FORMAT=FILE writes one more; may be repeated.",
)
@config_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Number of processes; 0, the default, chooses by the size of the project.",
)
@click.option("--no-cache", is_flag=True, help="Do not read or write the cache.")
@click.option(
    "--cache-dir",
    type=PathType(file_okay=False),
    help="Keep the cache in this folder.  [default: .archlint_cache in each project]",
)
@click.option(
    "--fail-on",
    type=click.Choice(["note", "warning", "error"]),
    help="The lowest severity that makes the exit status 1, whatever the configuration says.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=rules,
    help="Run only these rules or packs, separated by commas, whatever the configuration says.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=rules,
    help="Do not run these rules or packs. A rule named by one option beats its pack named by the other.",
)
@baseline_option
@no_baseline_option
@click.option(
    "--strict-baseline", is_flag=True, help="Fail if the baseline lists findings that no longer occur."
)
@since_option
@staged_option
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 whatever is found.")
@click.option("--fix", "wants_fixes", is_flag=True, help="Apply the fixes that keep the meaning of the code.")
@click.option(
    "--unsafe-fixes",
    "are_unsafe",
    is_flag=True,
    help="Include fixes that may change the meaning of the code.",
)
@click.option("--diff", "wants_diff", is_flag=True, help="Show the fixes as a diff instead of applying them.")
@click.option("--fix-only", "only_fixes", is_flag=True, help="Apply the fixes, and report no findings.")
@click.option(
    "--statistics", "wants_statistics", is_flag=True, help="Count the places that each rule examined."
)
@folder_packs_option
@colour_option
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show accepted findings with their reasons, and tracebacks of rules that fail.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only the findings.")
def check(
    paths: tuple[Path, ...],
    output_format: str | None,
    files: tuple[str, ...],
    config_file: Path | None,
    jobs: int,
    no_cache: bool,
    cache_dir: Path | None,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    no_baseline: bool,
    strict_baseline: bool,
    since: str | None,
    is_staged: bool,
    exit_zero: bool,
    wants_fixes: bool,
    are_unsafe: bool,
    wants_diff: bool,
    only_fixes: bool,
    wants_statistics: bool,
    color: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Lint PATHS, by default the current folder.

    A project is the nearest folder upward with a configuration for archlint; without one, the nearest with
    a pyproject.toml, a setup.py, a setup.cfg or a .git. The whole project is read, and the findings in PATHS
    are reported.

    The exit status is 0 if no finding reaches `fail-on`, 1 if one does, and 2 if archlint could not do
    its job. With --strict-baseline it is also 1 if the baseline lists findings that no longer occur. With
    --diff it is 1 if there is something to fix; with --fix-only and --exit-zero it does not depend on the
    findings.
    """
    from archlint.cli.aside import tell_about, tell_failures, tell_more
    from archlint.cli.assignment import assign
    from archlint.cli.combination import combine
    from archlint.cli.lint import Order, lint
    from archlint.cli.outputs import give, planned
    from archlint.cli.progress import bar
    from archlint.config.narrowing import Narrowing
    from archlint.finding import Severity

    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other")
    outputs = planned(output_format, files)
    changing = changed(since, is_staged, wants_fixes or wants_diff or only_fixes)
    with bar(sys.stderr, not quiet) as progress:
        order = Order(
            jobs=jobs,
            is_cached=not no_cache,
            cache=cache_dir,
            fail_on=Severity(fail_on) if fail_on else None,
            narrowing=Narrowing.of(select, ignore),
            progress=progress,
            baseline=chosen(baseline, no_baseline),
            changing=changing,
        )
        assignments = assign(paths, config_file)
        results = lint(assignments, order)
        if wants_diff:
            trial = replace(order, is_trial=True)
            status = _show_diff(results, assignments, lambda: lint(assignments, trial), are_unsafe, quiet)
            return 0 if exit_zero and status == 1 else status
        if wants_fixes or only_fixes:
            from archlint.cli.mending import fix

            results, fixed = fix(results, lambda: lint(assignments, order), unsafe=are_unsafe)
            _tell_fixed(fixed, quiet)
    if only_fixes:
        return 2 if any(each.report.failures for each in results) else 0
    reports = [each.report for each in results]
    if outputs.show_fixes:
        from archlint.fixing.mending import with_fixes

        reports = [with_fixes(each) for each in reports]
    told = [replace(each, root=of.home) for each, of in zip(reports, results, strict=True)]
    report = replace(combine(told, [each.root for each in assignments]), is_strict=strict_baseline)
    give(outputs, report, color, {each.home: each.report.root for each in results}, config_file)
    if verbose:
        tell_more(report)
    if not quiet:
        tell_about(report, color, wants_statistics=wants_statistics, has_summary=outputs.has_room_for_words)
    if report.is_behind or not quiet:
        tell_lapsed(report, in_full=report.is_behind or verbose)
    tell_failures(report, verbose=verbose)
    if report.failures:
        return 2
    return 1 if (report.is_behind or any(each.fails for each in results)) and not exit_zero else 0


def _show_diff(
    results: tuple[Linted, ...],
    assignments: Sequence[Assignment],
    lint: Callable[[], tuple[Linted, ...]],
    are_unsafe: bool,
    quiet: bool,
) -> int:
    from archlint.cli.combination import combine
    from archlint.cli.mending import would_fix

    report = combine([each.report for each in results], [each.root for each in assignments])
    text, fixed = would_fix(results, report.root, lint, unsafe=are_unsafe)
    streams.answer(text)
    _tell_fixed(fixed, quiet, "Would have fixed")
    return 2 if report.failures else 1 if text else 0


def _tell_fixed(fixed: Fixed, quiet: bool, verb: str = "Fixed") -> None:
    for notice in fixed.notices:
        streams.tell(notice)
    if not quiet:
        streams.note(f"{fixed.words(verb)}\n")
