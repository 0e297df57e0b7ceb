"""import-linter and archlint on the same contracts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec.structs import replace

from archlint.adoption.draft import Entry
from archlint.adoption.import_linter.settings import Options, Settings
from archlint.adoption.import_linter.translation import draft
from archlint.adoption.moving import loads_by_name
from archlint.adoption.proving import configured, proven
from archlint.adoption.toml import assignment
from archlint.adoption.trial import Trial
from archlint.errors import ArchlintError
from archlint.finding import Finding
from archlint.project import Project
from archlint.project.patterns import matches_name
from archlint.registry import Registry

from .verdict import Pairs, Verdict, holders

DRIVER = """
import json, sys
sys.path[:0] = sys.argv[2].split(":")
from importlinter.configuration import configure
configure()
from importlinter.application import use_cases
options = use_cases.read_user_options(config_filename=sys.argv[1])
use_cases._register_contract_types(options)
found = []
contracts = options.contracts_options
for at, contract in enumerate(contracts):
    options.contracts_options = [contract]
    told = {"name": contract.get("name"), "at": at}
    try:
        report = use_cases.create_report(options, cache_dir=None)
        if report.invalid_contract_options if hasattr(report, "invalid_contract_options") else ():
            raise ValueError("invalid options")
        ((each, check),) = report.get_contracts_and_checks()
        meta = check.metadata
        told["kept"] = check.kept
        told["pairs"] = (
            [(c["downstream_module"], c["upstream_module"]) for c in meta.get("invalid_chains", ())]
            + [(d["importer"], d["imported"]) for d in meta.get("invalid_dependencies", ())]
            + [(m, "") for m in meta.get("undeclared_modules", ())]
            + [(link["importer"], link["imported"])
               for each in meta.get("illegal_imports", ()) for link in each.illegal_links]
            + [(p, "") for p in meta.get("cycle_breakers_by_package", ())]
        )
    except Exception as error:
        told["trouble"] = f"{type(error).__name__}: {error}"
    found.append(told)
print("@@" + json.dumps(found))
"""


def asked(settings: Settings, folder: Path, roots: list[str], python: str = sys.executable) -> list[Verdict]:
    """What import-linter says of each contract."""
    with TemporaryDirectory() as scratch:
        file = Path(scratch, "contracts.toml")
        file.write_text("\n".join(_dumped(settings)), encoding="utf-8")
        command = [python, "-c", DRIVER, str(file), ":".join(str(folder / root) for root in roots)]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    _, mark, told = run.stdout.partition("@@")
    if not mark:
        raise RuntimeError(run.stdout + run.stderr)
    return [
        Verdict(
            each["name"] or str(each["at"]),
            each.get("kept", False),
            frozenset((a, b) for a, b in each.get("pairs", ())),
            each.get("trouble", ""),
        )
        for each in json.loads(told)
    ]


def archlint_says(settings: Settings, project: Project, registry: Registry) -> list[Verdict]:
    """What the translated rules say of each contract."""
    return [
        _verdict(replace(settings, contracts=(told,)), told, project, registry) for told in settings.contracts
    ]


def _verdict(settings: Settings, told: Options, project: Project, registry: Registry) -> Verdict:
    name = told.text("name")
    names = [module.name for module in project.modules]
    translated = draft(settings, names, loads_by_name=loads_by_name(project))
    if not translated.entries and "overlap" in "".join(translated.without_equal):
        return Verdict(name, True)
    if not translated.entries:
        return Verdict(name, False, trouble=translated.without_equal[0])
    held = proven(translated, project, registry)
    lost = [each for entry in held.entries for each in entry.comments] + list(held.layers_comments)
    if lost:
        return Verdict(name, False, trouble=" ".join(lost))
    trial = Trial(project, configured(held, project.config))
    try:
        found = list(_findings(trial, held.entries, registry))
    except ArchlintError as problem:
        return Verdict(name, False, trouble=str(problem))
    return Verdict(name, not found, _pairs(told, found, project, settings))


def _findings(project: Project, entries: tuple[Entry, ...], registry: Registry) -> Iterator[Finding]:
    wanted = {entry.rule for entry in entries}
    for active in registry.select(project.config, project):
        if active.rule.id in wanted:
            yield from (each for each in active.rule.check(project) if isinstance(each, Finding))


def _pairs(told: Options, findings: list[Finding], project: Project, settings: Settings) -> Pairs:
    """Findings as the pairs that import-linter tells."""
    names = [module.name for module in project.modules]
    kind = told.text("type")
    if kind == "acyclic_siblings":
        return frozenset((_quoted(each.message.partition(" inside ")[2])[0], "") for each in findings)
    if kind == "protected":
        return frozenset((_quoted(each.message)[1], _quoted(each.message)[0]) for each in findings)
    parts = _parts(told, names)
    found: set[tuple[str, str]] = set()
    for each in findings:
        module = project.by_path[each.location.path].name
        if each.rule == "layers/unassigned-module":
            found.add((_child(_there(told.values("containers"), names), module), ""))
            continue
        end = _end(each)
        found |= {
            (a, b)
            for sources, targets in parts
            for a in holders(module, sources)
            for b in holders(end, targets)
            if a != b
        }
    return frozenset(found)


def _end(finding: Finding) -> str:
    """The module or package that a way leads to."""
    if finding.related and finding.rule != "imports/independent":
        return _quoted(finding.related[-1].message)[-1]
    if finding.rule == "imports/forbidden":
        return _quoted(finding.message)[1]
    if finding.rule == "imports/independent":
        return _quoted(finding.message)[-1]
    return _quoted(finding.message)[-1]


def _parts(told: Options, names: list[str]) -> list[tuple[list[str], list[str]]]:
    """Who stands against whom in a contract: sources and targets."""

    def there(expressions: tuple[str, ...]) -> list[str]:
        return _there(expressions, names)

    if told.text("type") == "forbidden":
        return [(there(told.values("source_modules")), there(told.values("forbidden_modules")))]
    if told.text("type") == "independence":
        modules = there(told.values("modules"))
        return [(modules, modules)]
    tails = [tail.strip("() ") for line in told.values("layers") for tail in re.split(r"[|:]", line)]
    containers = there(told.values("containers")) or [""]
    drawn = [[f"{each}.{tail}" if each else tail for tail in tails] for each in containers]
    return [(each, each) for each in drawn]


def _there(expressions: tuple[str, ...], names: list[str]) -> list[str]:
    """The modules that some expressions stand for."""
    patterns = [re.sub(r"\*\*", "*.**", each) for each in expressions]
    packages = {".".join(name.split(".")[:end]) for name in names for end in range(1, name.count(".") + 2)}
    wild = {name for name in packages for each in patterns if "*" in each and matches_name(name, each)}
    return [*(each for each in expressions if "*" not in each), *sorted(wild)]


def _child(containers: list[str], module: str) -> str:
    container = max((each for each in containers if f"{module}.".startswith(f"{each}.")), key=len)
    return ".".join(module.split(".")[: container.count(".") + 2])


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _dumped(settings: Settings) -> Iterator[str]:
    yield "[tool.importlinter]"
    yield from _keys({name: value for name, value in settings.session.table.items() if name != "contracts"})
    for told in settings.contracts:
        yield "[[tool.importlinter.contracts]]"
        yield from _keys(dict(told.table))


def _keys(table: dict[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        several = tuple(value) if isinstance(value, (list, tuple)) else value
        if isinstance(several, tuple) and len(several) == 1 and name not in _LISTS:
            several = several[0]
        yield from assignment(name, several)


_LISTS = (
    "protected_modules",
    "allowed_importers",
    "ancestors",
    "layers",
    "containers",
    "ignore_imports",
    "modules",
    "source_modules",
    "forbidden_modules",
    "root_packages",
)

Mutation = Callable[[Settings], Settings]


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Mutation:
    def mutated(settings: Settings) -> Settings:
        return replace(settings, contracts=tuple(Options(change(dict(c.table))) for c in settings.contracts))

    return mutated


def _without_ignores(table: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != "ignore_imports"}


def _are_inside(told: Options) -> bool:
    """Whether what is forbidden lies in the same package as who may not import it."""
    ends = (*told.values("source_modules"), *told.values("forbidden_modules"))
    return len({each.partition(".")[0] for each in ends}) == 1


def _reversed(table: dict[str, Any]) -> dict[str, Any]:
    swapped = dict(_without_ignores(table))
    told = Options(table)
    if told.text("type") == "layers":
        swapped["layers"] = list(told.values("layers"))[::-1]
    if told.text("type") == "forbidden" and _are_inside(told):
        swapped["source_modules"] = list(told.values("forbidden_modules"))
        swapped["forbidden_modules"] = list(told.values("source_modules"))
    return swapped


def _direct(table: dict[str, Any]) -> dict[str, Any]:
    if table.get("type") != "forbidden" and table.get("type") != ["forbidden"]:
        return table
    return {**_without_ignores(table), "allow_indirect_imports": "True"}


def _for_independence(table: dict[str, Any]) -> dict[str, Any]:
    """Layers, and what is protected, as parts that are independent of each other."""
    told = Options(table)
    lines = " | ".join(line for line in told.values("layers") if not set(line) & set("():"))
    return {**_without_ignores(table), "layers": [lines]} if lines else table


MUTATIONS: dict[str, Mutation] = {
    "as it stands": lambda settings: settings,
    "ignores removed": _each(_without_ignores),
    "reversed": _each(_reversed),
    "direct only": _each(_direct),
    "all independent": _each(_for_independence),
}


def generated(project: Project, root: str) -> Settings:
    """Contracts of every type over the children of a package, most of which the code breaks."""
    depth = root.count(".") + 1
    children = sorted(
        module.name
        for module in project.modules
        if module.name.startswith(f"{root}.") and module.name.count(".") == depth
    )
    names = [each.rpartition(".")[2] for each in children]
    half = len(children) // 2
    contracts: list[dict[str, Any]] = [
        {"type": "layers", "layers": children},
        {"type": "layers", "layers": children[::-1]},
        {
            "type": "layers",
            "containers": [root],
            "layers": [" : ".join(names[:half]), " | ".join(names[half:])],
        },
        {"type": "layers", "containers": [root], "layers": names[:half], "exhaustive": True},
        {"type": "independence", "modules": [f"{root}.*"]},
        {"type": "independence", "modules": children[::3]},
        {"type": "forbidden", "source_modules": children[:half], "forbidden_modules": children[half:]},
        {"type": "forbidden", "source_modules": children[half:], "forbidden_modules": [f"{root}.*"]},
        {"type": "forbidden", "source_modules": [root], "forbidden_modules": children[:2]},
        {
            "type": "forbidden",
            "source_modules": children[::2],
            "forbidden_modules": children[1::2],
            "as_packages": "False",
        },
        {
            "type": "forbidden",
            "source_modules": children[:half],
            "forbidden_modules": children[half:],
            "allow_indirect_imports": "True",
        },
        {"type": "protected", "protected_modules": children[:half], "allowed_importers": children[half:]},
        {"type": "protected", "protected_modules": [f"{root}.*"], "allowed_importers": []},
        {
            "type": "protected",
            "protected_modules": [f"{root}.**"],
            "allowed_importers": [root],
            "as_packages": "False",
        },
        {"type": "acyclic_siblings", "ancestors": [root]},
        {"type": "acyclic_siblings", "ancestors": [f"{root}.*"], "depth": "0"},
    ]
    for at, contract in enumerate(contracts):
        contract["name"] = f"{at} {contract['type']}"
    session = {"root_packages": [root.partition(".")[0]]}
    return Settings("generated", Options(session), tuple(map(Options, contracts)))


def unseen(project: Project, root: str) -> tuple[str, ...]:
    """The folders of a package that import-linter does not look into: those without `__init__.py`."""
    inside = [module for module in project.modules if f"{module.name}.".startswith(f"{root}.")]
    packages = {module.folder for module in inside if module.is_package}
    folders = {module.folder for module in inside} - packages
    return tuple(sorted(f"/{folder}/" for folder in folders))
