"""`archlint baseline`: the findings that a project has accepted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archlint.cli import streams
from archlint.cli.accepting import baseline_option
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.baseline.changing import Change
    from archlint.baseline.entry import Entry
    from archlint.cli.baselining import Kept, Terms

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(short_help="Accept today's findings.")
def baseline() -> None:
    """Accept today's findings, so that only new ones are reported.

    They are listed in archlint-baseline.json beside the configuration, which later runs read by themselves.
    """


def _about_a_project(command: Command) -> Command:
    """What all of these commands can be told."""
    path = click.argument("path", default=".", type=PathType())
    return path(config_option(baseline_option(command)))


def _about_new_entries(command: Command) -> Command:
    """What can be said of findings that are accepted."""
    reason = click.option("--reason", default="", help="Why they are accepted; kept with each entry.")
    expires = click.option(
        "--expires", default="", metavar="DATE", help="The last day they are accepted, as 2027-01-31."
    )
    return reason(expires(command))


@baseline.command(short_help="Write a baseline of all findings.")
@_about_a_project
@_about_new_entries
@click.option("--force", is_flag=True, help="Overwrite an existing baseline, and lose its reasons.")
def write(
    path: Path, config_file: Path | None, baseline: Path | None, reason: str, expires: str, force: bool
) -> int:
    """Write a baseline of all findings in the project around PATH, and in the projects inside it."""
    from archlint.cli.baselining import Terms
    from archlint.errors import UsageError

    terms = Terms(reason, expires)
    projects = _projects(path, config_file, baseline, terms)
    for each in projects:
        if each.is_there and not force:
            way = "`archlint baseline update` adds new findings, --force overwrites it"
            raise UsageError(f"`{each.name}` already exists; {way}")
    for each in projects:
        if each.is_named or each.findings:
            change = each.accepting_all(terms)
            each.save(change)
            streams.tell(f"wrote `{each.name}`: {_accepts(change)}")
            _tell_unread(each)
    return 0


@baseline.command()
@_about_a_project
@_about_new_entries
def update(path: Path, config_file: Path | None, baseline: Path | None, reason: str, expires: str) -> int:
    """Add new findings and remove those that are gone; reasons are kept."""
    from archlint.cli.baselining import Terms

    terms = Terms(reason, expires)
    return _change(_projects(path, config_file, baseline, terms), lambda each: each.updated(terms))


@baseline.command()
@_about_a_project
def prune(path: Path, config_file: Path | None, baseline: Path | None) -> int:
    """Remove entries whose findings are gone; add nothing."""
    return _change(_projects(path, config_file, baseline), lambda each: each.pruned())


@baseline.command()
@_about_a_project
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show the counts.",
)
def show(path: Path, config_file: Path | None, baseline: Path | None, output_format: str) -> int:
    """Count accepted findings by rule and by path, without linting."""
    from archlint.cli.baselining import listed
    from archlint.reporters.json import dump

    name, entries = listed(path, config_file, baseline)
    by_rule, by_path = _counts(entries, lambda e: e.rule), _counts(entries, lambda e: e.path)
    total = sum(by_rule.values())
    days = sorted(entry.expires for entry in entries if entry.expires)
    reasons = sum(entry.count for entry in entries if entry.reason)
    if output_format == "json":
        said = {"version": 1, "baseline": name, "findings": total, "entries": len(entries)}
        more = {"with_reason": reasons, "first_expiry": days[0] if days else None}
        streams.answer(dump({**said, **more, "rules": _ranked(by_rule), "paths": _ranked(by_path)}))
        return 0
    day = f"; the first expires after {days[0]}" if days else ""
    lines = [f"{name}: {_counted(total, 'finding')} accepted, {reasons:,} with a reason{day}"]
    for title, counts in (("by rule", by_rule), ("by path", by_path)):
        lines += ["", title, *(f"  {count:>6,}  {what}" for what, count in _ranked(counts).items())]
    streams.answer("\n".join(lines if total else lines[:1]) + "\n")
    return 0


def _projects(
    path: Path, config_file: Path | None, baseline: Path | None, terms: Terms | None = None
) -> list[Kept]:
    from archlint.cli.baselining import kept
    from archlint.cli.lint import Order
    from archlint.cli.progress import bar

    with bar(sys.stderr, True) as progress:
        order = Order(progress=progress)
        if terms is not None:
            terms.refuse_if_over(order.today)
        return list(kept(path, config_file, baseline, order))


def _change(projects: Sequence[Kept], change: Callable[[Kept], Change]) -> int:
    from archlint.errors import UsageError

    for each in projects:
        if each.is_there:
            changed = change(each)
            each.save(changed)
            streams.tell(f"`{each.name}`: {_changes(changed)}; {_accepts(changed)}")
            _tell_unread(each)
        elif each.is_named:
            raise UsageError(f"no baseline `{each.name}`; `archlint baseline write` makes one")
        elif each.findings:
            found = _counted(len(each.findings), "finding")
            streams.tell(f"no baseline `{each.name}`, and {found} beside it")
    return 0


def _tell_unread(project: Kept) -> None:
    """Nobody should take a file for checked that archlint could not even parse."""
    if project.unread:
        files = _counted(len(project.unread), "file")
        streams.tell(
            f"{files} cannot be read or parsed, so nothing in there is checked; better to `exclude` it"
        )


def _changes(change: Change) -> str:
    numbers = ((change.added, "added"), (change.removed, "removed"), (change.moved, "moved"))
    parts = [f"{number:,} {what}" for number, what in numbers if number]
    if change.expired:
        parts.append(f"{change.expired:,} expired, and reported until fixed or given a new date")
    return ", ".join(parts) or "nothing changed"


def _accepts(change: Change) -> str:
    return f"{_counted(change.accepted - change.expired, 'finding')} accepted"


def _counted(number: int, noun: str) -> str:
    from archlint.reporters.summary import counted

    return counted(number, noun)


def _counts(entries: Sequence[Entry], key: Callable[[Entry], str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[key(entry)] += entry.count
    return counts


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
