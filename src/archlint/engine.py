"""The pipeline, from a configuration to a report."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from archlint import suppressions
from archlint.collector import without_collector
from archlint.config.model import Config
from archlint.discovery import Survey, name_modules, survey
from archlint.errors import ArchlintError, UsageError
from archlint.facts.cache import FactsCache
from archlint.facts.census import Progress, census, decode_facts
from archlint.finding import Finding
from archlint.fingerprint import identify
from archlint.project.module import Module
from archlint.project.project import Project
from archlint.registry import ActiveRule, Registry
from archlint.replay import Replay, key
from archlint.report import Report, RuleFailure, Tally
from archlint.rule import Outcome
from archlint.source import digest_of
from archlint.store import Store


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


@without_collector()
def run(config: Config, registry: Registry, request: Request | None = None) -> Report:
    """Lint a project.

    Raises ArchlintError for what the user has to mend first: a contract that matches nothing, a named
    file that cannot be read, a worker that was killed.
    """
    request = request or Request()
    found = _surveyed(config, request)
    store = _store(config, request)
    if store is None:
        return _report(_project(config, found, request), registry, request)
    digests = _digests(found)
    asked = (request.targets, request.named)
    replay = Replay(store, config, key(config, registry, asked, found.files, digests))
    report = replay.load()
    if report is None:
        project = _project(config, found, request, FactsCache(store), digests)
        report = _report(project, registry, request)
        replay.save(report, (path for path in project.texts_read if path not in digests))
    return replace(report, notices=(*report.notices, *store.notices))


@without_collector()
def open_project(config: Config, request: Request | None = None) -> Project:
    """The project with the facts of all its files. Raises ArchlintError as `run` does."""
    request = request or Request()
    found = _surveyed(config, request)
    store = _store(config, request)
    if store is None:
        return _project(config, found, request)
    return _project(config, found, request, FactsCache(store), _digests(found))


def _surveyed(config: Config, request: Request) -> Survey:
    found = survey(config.root, exclude=config.exclude, named=request.named)
    reasons = {place.path: place.reason for place in found.unreadable}
    refused = [f"{path}: {reasons[path]}" for path in request.named if path in reasons]
    if refused:
        raise UsageError("\n".join(refused))
    return found


def _store(config: Config, request: Request) -> Store | None:
    if request.cache is None:
        return None
    return Store(request.cache, request.cache.absolute().is_relative_to(config.root.absolute()))


def _digests(found: Survey) -> dict[str, bytes]:
    return {path: digest_of(found.root / path) for path in found.sources}


def _project(
    config: Config,
    found: Survey,
    request: Request,
    cache: FactsCache | None = None,
    digests: Mapping[str, bytes] | None = None,
) -> Project:
    """The project with the facts of all its files, from the cache where their digest is known."""
    named = name_modules(found, config.src)
    entries = census(
        config.root,
        [(source.path, source.module) for source in named.sources],
        cache.load() if cache else None,
        digests,
        processes=request.jobs,
        progress=request.progress,
        executor=request.executor,
    )
    if cache:
        cache.save(entries)
    modules = tuple(
        Module(s.path, s.module, s.is_package, s.root, decode_facts(entries[s.path].facts))
        for s in named.sources
    )
    return Project(config, modules, named.files, named.roots, named.ignored.ignores, named.unreadable)


def _report(project: Project, registry: Registry, request: Request) -> Report:
    rules = registry.select(project.config, project)
    found, tallies, failures = _check(project, rules)
    failed = {failure.rule for failure in failures}
    judged = suppressions.apply(
        identify(project, found),
        {module.path: module.facts.suppressions for module in project.modules if module.facts.suppressions},
        known=registry.rules,
        ran={active.rule.id for active in rules} - failed,
    )
    unused = identify(project, _as_configured(judged.unused, rules))
    return Report(
        root=project.root,
        files=len(_within(request.targets, (module.path for module in project.modules))),
        findings=_shown(request.targets, (*judged.active, *unused)),
        suppressed=_shown(request.targets, judged.suppressed),
        failures=failures,
        tallies=tallies,
        notices=project.notices,
    )


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
        tallies[rule.id] = Tally(before.kept + kept, before.broken + len(own), before.unknown + unknown)
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


def _shown(targets: tuple[str, ...], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings below the targets, in order."""
    found = list(findings)
    inside = _within(targets, (finding.location.path for finding in found))
    shown = (finding for finding in found if finding.location.path in inside)
    return tuple(sorted(shown, key=lambda finding: (finding.location, finding.rule, finding.message)))


def _within(targets: tuple[str, ...], paths: Iterable[str]) -> set[str]:
    every = set(paths)
    if not targets or "." in targets or "" in targets:
        return every
    folders = tuple(f"{target}/" for target in targets)
    return {path for path in every if path in targets or path.startswith(folders)}
