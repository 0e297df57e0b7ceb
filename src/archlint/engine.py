"""The pipeline, from a configuration to a report."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from archlint import suppressions
from archlint.config.model import Config
from archlint.discovery import Discovered, discover
from archlint.errors import ArchlintError, UsageError
from archlint.facts.cache import Cache
from archlint.facts.census import Progress, census, decode_facts
from archlint.finding import Finding
from archlint.fingerprint import identify
from archlint.project.module import Module
from archlint.project.project import Project
from archlint.registry import ActiveRule, Registry
from archlint.report import Report, RuleFailure, Tally
from archlint.rule import Outcome


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked for, besides the configuration. Paths are relative to the root."""

    targets: tuple[str, ...] = ()
    """Files and folders whose findings are shown; empty for all. The whole project is read anyway."""

    named: tuple[str, ...] = ()
    """Files and folders named by the user: linted even where they are ignored or excluded."""

    jobs: int = 0
    """Processes of the census; 0 to choose by the size of the project."""

    cache: Path | None = None
    """The folder of the cache; None for none."""

    progress: Progress | None = None
    """Told how many of how many files are done."""

    executor: Executor | None = None
    """Maps the census instead of processes of our own."""


def run(config: Config, registry: Registry, request: Request | None = None) -> Report:
    """Lint a project.

    Raises ArchlintError for what the user has to mend first: a contract that matches nothing, a named
    file that cannot be read, a worker that was killed.
    """
    request = request or Request()
    project, notices = open_project(config, request)
    rules = registry.select(config, project)
    found, tallies, failures = _check(project, rules)
    failed = {failure.rule for failure in failures}
    judged = suppressions.apply(
        identify(project, found),
        {module.path: module.facts.suppressions for module in project.modules if module.facts.suppressions},
        known=registry.rules,
        ran={active.rule.id for active in rules} - failed,
    )
    unused = _as_configured(judged.unused, rules)
    shown = _within(request.targets, (*judged.active, *identify(project, unused)))
    return Report(
        root=config.root,
        files=len(_within_paths(request.targets, (module.path for module in project.modules))),
        findings=tuple(sorted(shown, key=_place)),
        suppressed=tuple(sorted(_within(request.targets, judged.suppressed), key=_place)),
        failures=failures,
        tallies=tallies,
        notices=notices,
    )


def open_project(config: Config, request: Request) -> tuple[Project, tuple[str, ...]]:
    """The project with the facts of all its files, and the notices that came up."""
    found = discover(config.root, exclude=config.exclude, src=config.src, named=request.named)
    _refuse_unreadable(found, request)
    cache = Cache(request.cache, _is_inside(request.cache, config.root)) if request.cache else None
    known = cache.load() if cache else {}
    entries = census(
        config.root,
        [(source.path, source.module) for source in found.sources],
        known,
        processes=request.jobs,
        progress=request.progress,
        executor=request.executor,
    )
    if cache and (len(known) != len(entries) or any(known.get(path) is not e for path, e in entries.items())):
        cache.save(entries)
    modules = tuple(
        Module(s.path, s.module, s.is_package, s.root, decode_facts(entries[s.path].facts))
        for s in found.sources
    )
    project = Project(config, modules, found.files, found.roots, found.ignored.ignores)
    unread = tuple(f"{place.path} cannot be read ({place.reason})" for place in found.unreadable)
    return project, (*unread, *(cache.notices if cache else ()))


def _check(
    project: Project, rules: Iterable[ActiveRule]
) -> tuple[list[Finding], dict[str, Tally], tuple[RuleFailure, ...]]:
    findings: list[Finding] = []
    tallies: dict[str, Tally] = {}
    failures: list[RuleFailure] = []
    for active in rules:
        rule = active.rule
        own: list[Finding] = []
        kept = unknown = 0
        try:
            for verdict in rule.check(project):
                if verdict is Outcome.KEPT:
                    kept += 1
                elif verdict is Outcome.UNKNOWN:
                    unknown += 1
                elif isinstance(verdict, Finding):
                    own.append(verdict)
        except ArchlintError:
            raise
        except Exception as error:
            summary = f"{type(error).__name__}: {error}"
            failures.append(RuleFailure(rule.id, summary, traceback.format_exc()))
        before = tallies.get(rule.id, Tally())
        tallies[rule.id] = Tally(
            before.kept + kept, before.broken + len(own), before.unknown + unknown
        )
        findings += _as_configured(own, (active,))
    return findings, dict(sorted(tallies.items())), tuple(failures)


def _as_configured(findings: Iterable[Finding], rules: Iterable[ActiveRule]) -> list[Finding]:
    """The findings with the severity and the reason the user has given their rules."""
    by_id = {active.rule.id: active for active in rules}
    return [
        replace(
            finding,
            severity=by_id[finding.rule].severity or finding.severity,
            because=by_id[finding.rule].because,
        )
        for finding in findings
    ]


def _place(finding: Finding) -> tuple[object, ...]:
    return (finding.location, finding.rule, finding.message)


def _within(targets: tuple[str, ...], findings: Iterable[Finding]) -> list[Finding]:
    found = list(findings)
    inside = _within_paths(targets, (finding.location.path for finding in found))
    return [finding for finding in found if finding.location.path in inside]


def _within_paths(targets: tuple[str, ...], paths: Iterable[str]) -> set[str]:
    every = set(paths)
    if not targets or "." in targets or "" in targets:
        return every
    folders = tuple(f"{target}/" for target in targets)
    return {path for path in every if path in targets or path.startswith(folders)}


def _refuse_unreadable(found: Discovered, request: Request) -> None:
    named = {place.path: place.reason for place in found.unreadable}
    refused = [f"{path}: {named[path]}" for path in request.named if path in named]
    if refused:
        raise UsageError("\n".join(refused))


def _is_inside(folder: Path, root: Path) -> bool:
    return folder.absolute().is_relative_to(root.absolute())
