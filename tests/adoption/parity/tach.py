"""tach and archlint on the same modules, layers and interfaces."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli

from archlint.adoption.moving import Move, moved
from archlint.adoption.proving import configured
from archlint.adoption.tach.settings import settings, with_domains
from archlint.adoption.trial import Trial
from archlint.config.model import Config
from archlint.engine import open_project
from archlint.finding import Finding
from archlint.project import Project
from archlint.project.imports.parts import REST, Parts
from archlint.registry import Registry

from .verdict import Verdict

_LEFT_OUT = shutil.ignore_patterns(".git", ".archlint_cache", ".tach", "node_modules")
_TOLD = ("Undeclared", "Forbidden", "Layer", "ClosedLayer", "Private", "InvalidDataType")
_TIMES = 5
"""With source roots inside each other, tach tells now one half and now the other: it is asked again."""

Table = dict[str, Any]


def compared(
    folder: Path, change: Callable[[Table], Table], registry: Registry, program: str
) -> list[Verdict]:
    """What tach and archlint say of a copy of a project whose configuration is changed."""
    with TemporaryDirectory(prefix="copy-") as scratch:
        copy = Path(scratch, "project")
        shutil.copytree(folder, copy, symlinks=True, ignore=_LEFT_OUT)
        file = copy / "tach.toml"
        file.write_text("\n".join(_dumped(change(read(folder)))) + "\n", encoding="utf-8")
        theirs = [_asked(copy, program) for _ in range(_TIMES)]
        pairs = frozenset(pair for each in theirs for pair in each.pairs)
        return [replace(theirs[0], is_kept=not pairs, pairs=pairs), _archlint_says(copy, registry)]


def read(folder: Path) -> Table:
    """The configuration as a table."""
    return tomli.loads((folder / "tach.toml").read_text(encoding="utf-8"))


def _asked(folder: Path, program: str) -> Verdict:
    command = [program, "check", "--output", "json"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        told = json.loads(run.stdout[run.stdout.index("\n[") if "\n[" in run.stdout else 0 :])
    except json.JSONDecodeError:
        return Verdict("tach", False, trouble=(run.stdout + run.stderr).strip()[-300:])
    pairs: set[tuple[str, str]] = set()
    for each in told:
        values: dict[str, Any] = next(iter(each.values()), {})
        code = values.get("details", {}).get("Code", {})
        for kind, details in code.items() if isinstance(code, dict) else ():
            if kind.startswith(_TOLD):
                pairs.add((details["usage_module"], details["definition_module"]))
    return Verdict("tach", not pairs, frozenset(pairs))


def _archlint_says(root: Path, registry: Registry) -> Verdict:
    root = root.resolve()
    draft = moved("tach", Move(root, None, lambda config: open_project(config), registry))
    if any(entry.is_left_out for entry in draft.entries):
        return Verdict("tach", False, trouble=" ".join(line for e in draft.entries for line in e.comments))
    project = open_project(Config(root=root, src=draft.src, exclude=draft.exclude))
    trial = Trial(project, configured(draft, project.config))
    wanted = {entry.rule for entry in draft.entries}
    found = [
        each
        for active in registry.select(trial.config, trial)
        if active.rule.id in wanted
        for each in active.rule.check(trial)
        if isinstance(each, Finding)
    ]
    told = with_domains(settings(root), root, project.files)
    parts = Parts([REST if module.path == "<root>" else module.path for module in told.modules])
    pairs = {pair for each in found for pair in _pair(each, project, parts)}
    return Verdict("tach", not found, frozenset(pairs))


def _pair(finding: Finding, project: Project, parts: Parts) -> Iterator[tuple[str, str]]:
    quoted = re.findall(r"`([^`]+)`", finding.message)
    if finding.rule == "imports/undeclared":
        said = re.sub(r"`[^`]+`", "", finding.message)  # a module may be called `cycle`
        if "cycle" not in said and "never" not in said:
            yield _named(quoted[0]), _named(quoted[1])
        return
    own = parts.of(project.by_path[finding.location.path])
    if finding.rule == "imports/private":
        yield _named(own), _named(quoted[1])
        return
    target = project.by_name[quoted[-1]][0]
    yield _named(own), _named(parts.of(target))


def _named(part: str) -> str:
    return "<root>" if part in (REST, "") else part


def _dumped(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        if not _is_tables(value) and not isinstance(value, dict):
            yield f"{name} = {_value(value)}"
    for name, value in table.items():
        if isinstance(value, dict):
            yield f"[{name}]"
            yield from (f"{key} = {_value(each)}" for key, each in value.items())
        elif _is_tables(value):
            for each in value:
                yield f"[[{name}]]"
                yield from (f"{key} = {_value(below)}" for key, below in each.items())


def _is_tables(value: object) -> bool:
    named = {"path", "paths", "expose"}
    return isinstance(value, list) and any(isinstance(each, dict) and named & each.keys() for each in value)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)


def _modules(change: Callable[[Table], None]) -> Callable[[Table], Table]:
    def changed(table: Table) -> Table:
        table = deepcopy(table)
        table.pop("forbid_circular_dependencies", None)
        for module in table.get("modules", ()):
            change(module)
        return table

    return changed


def _emptied(module: Table) -> None:
    module["depends_on"] = []


def _forbidden(module: Table) -> None:
    if module.get("depends_on"):
        module["cannot_depend_on"] = module["depends_on"]


def _upside_down(table: Table) -> Table:
    return {**table, "layers": table.get("layers", [])[::-1]}


def _explicit(table: Table) -> Table:
    return {**_modules(_emptied)(table), "layers_explicit_depends_on": True}


def _closed(table: Table) -> Table:
    layers = [
        {"name": each["name"] if isinstance(each, dict) else each, "closed": True}
        for each in table.get("layers", [])
    ]
    return {**table, "layers": layers} if layers else table


def _without_interfaces(table: Table) -> Table:
    return {**table, "interfaces": [{**each, "expose": ["nothing"]} for each in table.get("interfaces", ())]}


def _strict_root(table: Table) -> Table:
    return {**table, "root_module": "allow"}


def _for_types(table: Table) -> Table:
    return {**_modules(_emptied)(table), "ignore_type_checking_imports": False}


MUTATIONS: dict[str, Callable[[Table], Table]] = {
    "as it stands": lambda table: table,
    "`depends_on` emptied": _modules(_emptied),
    "`depends_on` forbidden": _modules(_forbidden),
    "layers reversed": _upside_down,
    "layers closed": _closed,
    "layers explicit": _explicit,
    "nothing exposed": _without_interfaces,
    "root counts": _strict_root,
    "types count": _for_types,
}
