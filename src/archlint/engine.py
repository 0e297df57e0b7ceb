"""The pipeline, from a configuration to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archlint import suppressions, verdicts
from archlint.baseline.standing import OWN, Baseline, Choice, place, standing
from archlint.checking import Checked, check
from archlint.checking.asking import configured
from archlint.checking.sharing import Sharing
from archlint.collector import without_collector
from archlint.config.model import Config
from archlint.config.narrowing import AS_CONFIGURED, Narrowing, narrowed
from archlint.discovery import name_modules
from archlint.discovery.snapshot import Snapshot, take
from archlint.errors import ConfigError, UsageError
from archlint.facts.cache import FactsCache
from archlint.facts.census import Progress, census
from archlint.facts.collecting import Collector
from archlint.facts.entry import Entry
from archlint.finding import Accepted, Finding
from archlint.fingerprint import identify
from archlint.frameworks.class_members import class_members
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.referrers import REFERRERS
from archlint.frameworks.results import RESULTS
from archlint.processors import processors
from archlint.project.module import Module
from archlint.project.project import Project
from archlint.project.reads import Reads
from archlint.registry import Registry
from archlint.registry.left_out import left_out, named, notices
from archlint.replay import Asked, as_they_are, keep
from archlint.report import Lapsed, Report, Tally
from archlint.settling import Settled, settle
from archlint.store import Store
from archlint.verdicts import Given

_WORTH_PROCESSES = 100
"""Modules from which dividing the rules among processes pays."""


class Request(msgspec.Struct, frozen=True):
    """What one run is asked for, besides the configuration. Paths are relative to the root."""

    targets: tuple[str, ...] = ()
    """Files and folders whose findings are shown; empty for all. The whole project is read anyway."""

    named: tuple[str, ...] = ()
    """Files and folders named by the user: linted even where they are ignored or excluded."""

    jobs: int = 0
    """Processes that work at the same time; 0 to choose by the size of the project."""

    store: Store | None = None
    """Where facts and the last report are kept; None to keep nothing."""

    narrowing: Narrowing = AS_CONFIGURED
    """The rules to run, and to leave out, whatever the configuration says."""

    snapshot: Snapshot | None = None
    """The files, where somebody has already looked."""

    progress: Progress | None = None
    """Told how many of how many files are done."""

    executor: Executor | None = None
    """Maps the census instead of processes of our own."""

    collectors: tuple[Collector, ...] = ()
    """What gives facts to packs; a run adds those of its registry."""

    baseline: Choice = OWN
    """Which findings count as accepted: by default what lies beside the configuration."""

    today: str = ""
    """The day, as `2027-01-31`, by which suppressions and accepted findings expire; empty for none to."""

    known: Mapping[str, Entry] = msgspec.field(default_factory=dict)
    """Facts of files from another state of the project; they count where the content is the same."""

    told: Callable[[Project, Report], None] | None = None
    """Given the project as soon as all rules have looked at it."""


@without_collector()
def run(config: Config, registry: Registry, request: Request | None = None) -> Report:
    """Lint a project.

    Raises ArchlintError for what the user has to mend first: a contract that matches nothing, a named
    file that cannot be read, a worker that was killed, a baseline that is damaged.
    """
    request = request or Request()
    registry = registry.with_patterns(config)
    request = replace(request, collectors=registry.collectors(config))
    config = narrowed(config, request.narrowing, registry.rules)
    store = request.store
    settings = as_they_are((*config.files, str(place(config, request.baseline))))
    baseline = standing(config, request.baseline)
    snapshot = _snapshot(config, request)
    project = _project(config, snapshot, request)
    sharing = _sharing(project, request)
    if store is None:
        checked = check(project, registry, Given(), sharing)
        return _told(project, _report(project, registry, checked, request, baseline), request)
    ground = verdicts.ground(project, registry.footing)
    project.inferred.load(store, ground)
    checked = check(project, registry, verdicts.load(store, ground, project, snapshot), sharing)
    project.inferred.save(store, ground)
    report = _report(project, registry, checked, request, baseline)
    if not checked.failures:
        verdicts.save(store, ground, project, snapshot, checked.given)
    keep(
        store,
        Asked(
            config.root,
            config.file,
            request.targets,
            request.named,
            request.narrowing,
            request.baseline,
            request.today,
        ),
        report,
        snapshot,
        settings=settings,
        footing=registry.footing,
        texts={
            path: project.digest(path)
            for path in sorted({*checked.given.texts, *project.texts_read} - snapshot.digests.keys())
        },
        ignored=project.asked_ignored,
        expires=_expires(project, baseline),
    )
    return _told(project, replace(report, notices=(*report.notices, *store.notices)), request)


def _told(project: Project, report: Report, request: Request) -> Report:
    if request.told is not None:
        request.told(project, report)
    return report


@without_collector()
def open_project(config: Config, request: Request | None = None) -> Project:
    """The project with the facts of all its files. Raises ArchlintError as `run` does."""
    request = request or Request()
    return _project(config, _snapshot(config, request), request)


@without_collector()
def examine(config: Config, registry: Registry, request: Request | None = None) -> tuple[Project, Checked]:
    """The project, and what each use of each rule says of it; nothing is saved but facts. Raises as `run`."""
    request = request or Request()
    registry = registry.with_patterns(config)
    request = replace(request, collectors=registry.collectors(config))
    snapshot = _snapshot(config, request)
    project = _project(config, snapshot, request)
    known = Given()
    if request.store is not None:
        known = verdicts.load(request.store, verdicts.ground(project, registry.footing), project, snapshot)
    return project, check(project, registry, known, _sharing(project, request))


def _sharing(project: Project, request: Request) -> Sharing:
    is_large = len(project.modules) >= _WORTH_PROCESSES
    return Sharing(request.jobs or (processors() if is_large else 1), DataFlow)


def store_for(folder: Path, root: Path) -> Store:
    """The cache in a folder, which is trusted less where it lies inside the project."""
    return Store(folder, folder.absolute().is_relative_to(root.absolute()))


def _snapshot(config: Config, request: Request) -> Snapshot:
    snapshot = request.snapshot
    if snapshot is None or (snapshot.exclude, snapshot.named) != (config.exclude, request.named):
        snapshot = take(config.root, config.exclude, request.named)
    reasons = {place.path: place.reason for place in snapshot.found.unreadable}
    refused = [f"{path}: {reasons[path]}" for path in (*request.named, ".") if path in reasons]
    if refused:
        raise UsageError("\n".join(refused))
    return snapshot


def _refuse_idle(config: Config, idle: tuple[str, ...]) -> None:
    """A source root that is not there would leave the imports from it unresolved, and so unseen."""
    places = {pattern: at for at, pattern in enumerate(config.src or ())}
    if idle:
        raise ConfigError(
            tuple(
                config.problem(f"src.{places[each]}", f"`{each}` matches no folder with Python files")
                for each in idle
            )
        )


def _project(config: Config, snapshot: Snapshot, request: Request) -> Project:
    """The project with the facts of all its files, from the cache where their digest is known."""
    named = name_modules(snapshot.found, config.src)
    _refuse_idle(config, named.idle)
    cache = FactsCache(request.store) if request.store else None
    entries = census(
        config.root,
        [(source.path, source.module) for source in named.sources],
        {**request.known, **(cache.load() if cache else {})},
        snapshot.digests,
        processes=request.jobs,
        collectors=request.collectors,
        progress=request.progress,
        executor=request.executor,
    )
    if cache:
        cache.save(entries)
    reads = Reads()
    modules = tuple(
        Module(s.path, s.module, s.is_package, s.root, entries[s.path], reads) for s in named.sources
    )
    return Project(
        config,
        modules,
        files=named.files,
        roots=named.roots,
        ignores=named.ignored.ignores,
        is_sparse=named.ignored.is_sparse,
        unreadable=named.unreadable,
        projects=named.projects,
        links=tuple(link.path for link in named.links),
        reads=reads,
        results=RESULTS,
        referrers=REFERRERS,
        class_members=class_members,
    )


def _report(
    project: Project,
    registry: Registry,
    checked: Checked,
    request: Request,
    baseline: Baseline | None,
) -> Report:
    targets = request.targets
    tallies = checked.tallies()
    ran = {active.card.id for active in checked.rules} - {failure.rule for failure in checked.failures}
    not_there = left_out(project.config, registry.packs)
    entries = baseline.entries if baseline else ()
    known = registry.rules.keys() | named(not_there, project.modules, entries)
    judged = suppressions.apply(
        checked.findings,
        {module.path: module.suppressions for module in project.modules if module.suppressions},
        known=known,
        ran=ran,
        today=request.today,
        require_reason=project.config.suppressions.require_reason,
    )
    written = sum(len(module.suppressions) for module in project.modules)
    reports: list[Finding] = []
    for active in (active for active in checked.rules if active.card.id in suppressions.REPORTS):
        own = [finding for finding in judged.reports if finding.rule == active.card.id]
        reports += configured(identify(project, own), active)
        tallies[active.card.id] = Tally(kept=max(written - len(own), 0), broken=len(own))
    found = (*judged.active, *reports)
    settled = Settled(found)
    if baseline is not None:
        settled = settle(project, found, baseline, known=known, ran=ran, today=request.today)
    return Report(
        root=project.root,
        files=len(_within(targets, (module.path for module in project.modules))),
        findings=_shown(targets, _fixable(project, _said_once(settled.active))),
        suppressed=_accepted(targets, judged.suppressed),
        baselined=_accepted(targets, settled.baselined),
        baseline=baseline.name if baseline else "",
        stale=_lapsed(targets, settled.stale),
        expired=_lapsed(targets, settled.expired),
        failures=checked.failures,
        tallies=tallies,
        notices=tuple(notices(not_there)),
        fail_on=project.config.fail_on,
        projects=tuple(sorted(_within(targets, project.projects))),
    )


def _said_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Where several rules say the same of the same place, the one that begins at the very name."""
    found = list(findings)
    nearest: dict[tuple[str, int, int, str], Finding] = {}
    for finding in found:
        other = nearest.setdefault(_words(finding), finding)
        if finding.location.column > other.location.column:
            nearest[_words(finding)] = finding
    yield from (each for each in found if each.rule == nearest[_words(each)].rule)


def _words(finding: Finding) -> tuple[str, int, int, str]:
    """What a finding says, and where that ends."""
    place = finding.location
    return place.path, place.end_line, place.end_column, finding.message


def _fixable(project: Project, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings with what mends them only where the configuration lets it."""
    for finding in findings:
        is_kept = project.config.may_fix(finding.rule) or not (finding.fix or finding.remedy)
        yield finding if is_kept else replace(finding, fix=None, remedy=None)


def _shown(targets: tuple[str, ...], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings below the targets, in order."""
    found = list(findings)
    inside = _within(targets, (finding.location.path for finding in found))
    shown = (finding for finding in found if finding.location.path in inside)
    return tuple(sorted(shown, key=lambda finding: finding.order))


def _accepted(targets: tuple[str, ...], accepted: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """The accepted findings below the targets, in order."""
    known = list(accepted)
    inside = _within(targets, (each.finding.location.path for each in known))
    shown = (each for each in known if each.finding.location.path in inside)
    return tuple(sorted(shown, key=lambda each: each.finding.order))


def _lapsed(targets: tuple[str, ...], lapsed: tuple[Lapsed, ...]) -> tuple[Lapsed, ...]:
    inside = _within(targets, (each.path for each in lapsed))
    return tuple(each for each in lapsed if each.path in inside)


def _expires(project: Project, baseline: Baseline | None) -> bool:
    """Whether it matters for a report on which day it is made."""
    entries = baseline.entries if baseline else ()
    comments = (each for module in project.modules for each in module.suppressions)
    return any(entry.expires for entry in entries) or any(comment.expires for comment in comments)


def _within(targets: tuple[str, ...], paths: Iterable[str]) -> set[str]:
    every = set(paths)
    if not targets or "." in targets or "" in targets:
        return every
    folders = tuple(f"{target}/" for target in targets)
    return {path for path in every if path in targets or path.startswith(folders)}
