"""Lints an earlier state by the rules of now, for its numbers alone."""

from __future__ import annotations

from pathlib import Path

from archlint.baseline.standing import Choice
from archlint.changes.found import Base
from archlint.cli.lint import CACHE, Order
from archlint.engine import Request, run, store_for
from archlint.errors import ArchlintError
from archlint.facts.cache import FactsCache
from archlint.registry import installed
from archlint.report import Report


def report_of(base: Base, home: Path, file: Path | None, order: Order) -> Report:
    """The report on an earlier state of the project at home.

    Rules of then would be another measure. Raises ArchlintError where those of now do not fit.
    """
    from archlint.changes.earlier import lenient
    from archlint.registry.opening import opened

    config, registry = opened(file, home, installed())
    known = FactsCache(store_for(home / CACHE, home)).load() if order.is_cached else {}
    request = Request(jobs=order.jobs, baseline=Choice(is_used=False), today=order.today, known=known)
    with base.files() as earlier:
        try:
            return run(lenient(config, earlier.root), registry, request)
        except ArchlintError as problem:
            raise ArchlintError(f"{base.label} cannot be linted by today's rules: {problem}") from problem
