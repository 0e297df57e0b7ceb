"""A project against an earlier state: the findings that are new, and what became of the structure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.baseline import match
from archlint.changes.found import Base, Found
from archlint.changes.loosened import Loosened
from archlint.changes.remembered import key_of, recalled, remember
from archlint.changes.renames import renamed
from archlint.changes.state import State
from archlint.changes.structure import changed_routes, new_cycles, new_edges, unmigrated
from archlint.changes.taking import state_of
from archlint.config.narrowing import narrowed
from archlint.delta import Delta
from archlint.engine import Request, run
from archlint.finding import Finding
from archlint.report import Report, Tally

if TYPE_CHECKING:
    from archlint.config.model import Config
    from archlint.project import Project
    from archlint.registry import Registry


def lint_against(
    config: Config, registry: Registry, request: Request, base: Base, written: Config | None = None
) -> Report:
    """Lint a project, and leave of the findings those that are new.

    `written` is the configuration as the project has it, where this run asks for another one: what it is
    asked for loosens nothing. Raises as the engine does.
    """
    seen: list[Project] = []
    report = run(config, registry, replace(request, told=lambda project, _: seen.append(project)))
    project = seen[0]
    before = _before(config, registry, request, base, project)
    after = state_of(project, ())
    moved = renamed(before.state.modules, after.modules)
    in_force = narrowed(config, request.narrowing, registry.rules)
    loosened = Loosened(project, in_force, written or config, registry, request.baseline)
    less = tuple(loosened.findings(before, after, moved)) if before.is_told else ()
    compared = _compared(report, before, after, moved, less, request.targets, base)
    return replace(compared, delta=compared.delta and replace(compared.delta, grown=loosened.growth(before)))


def _before(config: Config, registry: Registry, request: Request, base: Base, project: Project) -> Found:
    """What was found in the base, now or in an earlier run."""
    key = key_of(base.content, config, registry, request)
    found = recalled(request.store, key) if base.content else None
    if found is None:
        from archlint.changes.earlier import look  # not needed where it is remembered

        known = {module.path: module.entry for module in project.modules}
        with base.files() as earlier:
            found = look(earlier, config, registry, request, known)
        if base.content:
            remember(request.store, key, found)
    return found


def _compared(
    report: Report,
    before: Found,
    after: State,
    moved: dict[str, str],
    less: tuple[Finding, ...],
    targets: tuple[str, ...],
    base: Base,
) -> Report:
    state = before.state
    entries = [entry for entry in state.findings if _is_inside(targets, moved.get(entry.path, entry.path))]
    matched = match(report.findings, entries, after.has)
    aside = [each.finding for each in (*report.baselined, *report.suppressed)]
    gone = match(aside, matched.stale, after.has).stale  # what is accepted meanwhile is still there
    shown = [finding for finding in less if _is_inside(targets, finding.location.path)]
    findings = sorted((*matched.new, *shown), key=lambda finding: finding.order)
    added, removed = changed_routes(state, after) if before.is_told else ((), ())
    delta = Delta(
        base=base.label,
        edges=new_edges(state, after) if before.is_told else (),
        cycles=new_cycles(state, after, moved) if before.is_told else (),
        routes_added=added,
        routes_removed=removed,
        models=unmigrated(state, after) if before.is_told else (),
        older=tuple(each.finding for each in matched.accepted),
        gone=sum(entry.count for entry in gone),
    )
    return replace(
        report,
        findings=tuple(findings),
        tallies=dict(_tallies(report, shown)),
        notices=(*report.notices, *base.notices, *before.notices),
        delta=delta,
    )


def _tallies(report: Report, less: list[Finding]) -> Iterator[tuple[str, Tally]]:
    for rule, tally in report.tallies.items():
        own = sum(finding.rule == rule for finding in less)
        yield rule, replace(tally, broken=tally.broken + own) if own else tally


def _is_inside(targets: tuple[str, ...], path: str) -> bool:
    if not targets or "." in targets or "" in targets:
        return True
    return path in targets or path.startswith(tuple(f"{target}/" for target in targets))
