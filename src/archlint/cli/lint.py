"""Runs the engine on every project that was asked for, and on those nested in them."""

from __future__ import annotations

import gc
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from archlint.baseline.standing import OWN, Choice
from archlint.cli.assignment import Assignment, nested
from archlint.config.narrowing import AS_CONFIGURED, Narrowing
from archlint.discovery.snapshot import Snapshot
from archlint.errors import UsageError
from archlint.finding import Severity
from archlint.replay import Asked, last_report
from archlint.report import Report
from archlint.store import Store

if TYPE_CHECKING:
    from archlint.cli.changing import Changing

CACHE: Final = ".archlint_cache"


class Order(msgspec.Struct, frozen=True):
    """How to lint, the same for every project."""

    jobs: int = 0
    is_cached: bool = True
    cache: Path | None = None
    """The folder of the cache; None for one in each project."""

    fail_on: Severity | None = None
    """None for what each project's configuration says."""

    narrowing: Narrowing = AS_CONFIGURED
    progress: Callable[[int, int], None] | None = None
    baseline: Choice = OWN
    """For the projects that are named; those nested in them have their own."""

    changing: Changing | None = None
    """What to compare with; None for nothing."""

    is_trial: bool = False
    """Whether files are held to be other than they are: nothing of that goes into a cache."""

    today: str = msgspec.field(default_factory=lambda: time.strftime("%Y-%m-%d"))
    """The day by which suppressions and accepted findings expire."""


class Linted(msgspec.Struct, frozen=True):
    """What a project came to."""

    report: Report
    fails: bool
    """Whether a finding is as bad as its configuration, or the order, does not allow."""

    home: Path
    """The project's root; that of the report is where the files are that were linted."""


def lint(assignments: Sequence[Assignment], order: Order) -> tuple[Linted, ...]:
    """Lint all projects, one after the other. Raises ArchlintError as the engine does."""
    if order.baseline.file is not None and len(assignments) > 1:
        raise UsageError("a baseline belongs to one project: with `--baseline`, lint one project at a time")
    base = Path(os.path.commonpath([each.root for each in assignments]))
    waiting = deque(assignments)
    asked: dict[Path, Assignment] = {}
    results: dict[Path, Linted] = {}
    while waiting:
        each = waiting.popleft()
        if each.root in asked and not asked[each.root].targets:
            continue  # named on its own, and found below another
        asked[each.root] = each
        results[each.root] = linted = _lint(each, order if each in assignments else _for_nested(order), base)
        waiting.extend(nested(each, project) for project in linted.report.projects)
    return tuple(results.values())


def _for_nested(order: Order) -> Order:
    narrowing = replace(order.narrowing, is_lenient=True)
    return replace(order, baseline=OWN if order.baseline.is_used else order.baseline, narrowing=narrowing)


def _lint(assignment: Assignment, order: Order, base: Path) -> Linted:
    folder = _cache(assignment.root, order, base)
    store = None
    if folder:
        store = Store(folder, folder.is_relative_to(assignment.root), is_kept=not order.is_trial)
    asked = Asked(
        assignment.root,
        assignment.config,
        assignment.targets,
        assignment.targets,
        order.narrowing,
        order.baseline,
        order.today,
    )
    report, snapshot = last_report(store, asked) if store and not order.changing else (None, None)
    if report is None:
        report = _run(asked, order, store, snapshot)
    return Linted(report, report.fails(order.fail_on or report.fail_on), asked.root)


def _run(asked: Asked, order: Order, store: Store | None, snapshot: Snapshot | None) -> Report:
    # Rules are dear to import, and not needed where the last report still holds.
    from archlint.engine import Request, run
    from archlint.registry import installed, recall
    from archlint.registry.opening import opened

    gc.collect()  # what the project before this one has left

    known = recall(store) if store else None
    registry = known or installed()
    request = Request(
        targets=asked.targets,
        named=asked.named,
        narrowing=asked.narrowing,
        baseline=asked.baseline,
        today=asked.today,
        jobs=1 if order.is_trial else order.jobs,  # other processes read what is on the disk
        store=store,
        snapshot=snapshot,
        progress=order.progress,
    )
    if order.changing is not None:
        from archlint.cli.changing import lint_change

        report = lint_change(asked.root, asked.config, registry, request, order.changing)
    else:
        report = run(*opened(asked.config, asked.root, registry), request)
    if store and not known:
        registry.keep(store)
    return report


def _cache(root: Path, order: Order, base: Path) -> Path | None:
    if not order.is_cached:
        return None
    if order.cache is None:
        return root / CACHE
    # Several projects share the folder, each at its place below the first.
    return order.cache.absolute() / root.relative_to(base)
