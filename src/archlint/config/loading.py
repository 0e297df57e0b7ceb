"""From a configuration file to the frozen `Config`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec.structs import fields, replace

from archlint.card import Card
from archlint.config.code_patterns import code_patterns
from archlint.config.grammar import grammar
from archlint.config.inheritance import Inheritance
from archlint.config.merging import combined, instances
from archlint.config.model import (
    OWN_PACK,
    Config,
    Contract,
    Origin,
    RuleInstance,
    Stack,
    Suppressing,
    layers_of,
)
from archlint.config.options import field_name
from archlint.config.packs import FolderPack
from archlint.config.reader import Problems
from archlint.config.references import Target
from archlint.config.severities import OFF
from archlint.config.sourced import Sourced, Toml, origins, plain
from archlint.config.spelling import meant
from archlint.config.wording import quoted
from archlint.errors import ConfigProblem
from archlint.finding import Severity, pack_of


def load(
    file: Path | None,
    root: Path,
    rules: Mapping[str, Card],
    packs: Collection[str],
    unread: Collection[str] = (),
) -> Config:
    """The configuration of a file with all that it extends, or the defaults where there is no file.

    `unread` are packs whose rules nobody knows; what is said of those is passed over. Paths and patterns come
    out relative to the root. Raises `ConfigError` with all the mistakes of all the files at once, and
    `ArchlintError` where a configured rule declares options that no file can hold.
    """
    tree = _defaults()
    source = ""
    files: tuple[str, ...] = ()
    if file is not None:
        problems = Problems()
        inheritance = Inheritance(grammar(rules, packs, unread), root, problems)
        tree = combined(tree, inheritance.tree(Target(file)))
        files = inheritance.files
        source = tree.origin.source
        own = _own_patterns(tree, problems)
        _tell_unknown(tree, rules, packs, own, unread, problems)
        _tell_unconfigured(tree, rules, problems)
        _tell_left_out(tree, own, problems)
        problems.raise_if_any()
    return replace(_config(tree, root, source), file=file, files=files)


def _defaults() -> Sourced:
    default = Origin("default")

    def sourced(value: Toml) -> Sourced:
        below = {name: sourced(each) for name, each in value.items()} if isinstance(value, dict) else value
        return Sourced(below, default)

    return sourced(
        {
            "packs": None,
            "src": None,
            "exclude": (),
            "fixable": None,
            "unfixable": (),
            "fail-on": Severity.ERROR,
            "layers": {},
            "rules": {},
            "patterns": (),
            "stack": {each.name: "" for each in fields(Stack)},
            "contract": {each.name: "" for each in fields(Contract)},
            "inference": False,
            "baseline": "",
            "suppressions": {"require-reason": False},
        }
    )


def _tell_unconfigured(tree: Sourced, rules: Mapping[str, Card], problems: Problems) -> None:
    """A severity alone cannot turn on a rule that has options without a default."""
    for name, node in (tree.value["rules"].value or {}).items():
        if isinstance(node.value, Severity) and name in rules and rules[name].required:
            message = f"`{name}` does nothing without its options"
            hint = f'configure it with [[rules."{name}"]]'
            problems.add(ConfigProblem(*_place(node.origin), message, hint))


def _own_patterns(tree: Sourced, problems: Problems) -> Mapping[str, Sourced]:
    """The patterns by their ids; two of one id are a mistake."""
    found: dict[str, Sourced] = {}
    for node in tree.value["patterns"].value or ():
        name = (node.value or {}).get("id")
        if name is None or not name.value:
            continue  # told already
        if name.value in found:
            message = f"there are two patterns of the id {quoted(name.value)}"
            problems.add(
                ConfigProblem(*_place(name.origin), message, f"the other is in {found[name.value].origin}")
            )
        found[name.value] = node
    return found


def _tell_unknown(
    tree: Sourced,
    rules: Mapping[str, Card],
    packs: Collection[str],
    own: Collection[str],
    unread: Collection[str],
    problems: Problems,
) -> None:
    """Rules and packs that are neither installed nor written down as patterns."""
    there = {*packs, *unread, *map(pack_of, own)}
    for name, node in _spoken_of(tree):
        pack, _, rule = name.partition("/")
        if name in rules or name in own or pack in unread or (rule == "*" and pack in there):
            continue
        noun, known = ("pack", there) if rule == "*" else ("rule", {*rules, *own})
        said = pack if rule == "*" else name
        message = f"unknown {noun} {quoted(said)}"
        problems.add(ConfigProblem(*_place(node.origin), message, meant(said, known)))


def _spoken_of(tree: Sourced) -> Iterator[tuple[str, Sourced]]:
    """The names of rules and packs, each with where it stands."""
    yield from (tree.value["rules"].value or {}).items()
    for key in ("fixable", "unfixable"):
        nodes = tree.value[key].value or ()
        yield from ((node.value, node) for node in nodes if node.value not in (None, "*"))


def _tell_left_out(tree: Sourced, own: Collection[str], problems: Problems) -> None:
    """A rule does nothing where `packs` leaves out its pack; what is only inherited may be left out."""
    packs = tree.value["packs"]
    listed = _listed(packs)
    speaking = {tree.origin.source, packs.origin.source}
    for name, node in (tree.value["rules"].value or {}).items():
        pack, _, rule = name.partition("/")
        is_listed = listed is None or pack in {*plain(packs), OWN_PACK} or rule == "*"
        if is_listed or name in own or node.origin.source not in speaking or _is_turned_off(node):
            continue
        message = f"`{name}` does nothing: `packs` does not list `{pack}`"
        problems.add(ConfigProblem(*_place(node.origin), message, f"add `{pack}` to `packs`, or turn it off"))


def _listed(packs: Sourced) -> tuple[str, ...] | None:
    """The installed packs to run; folders come to those that are detected, where no others are listed."""
    names = plain(packs)
    if names and all(isinstance(each, FolderPack) for each in names):
        return None
    return None if names is None else tuple(str(each) for each in names)


def _is_turned_off(rule: Sourced) -> bool:
    tables = instances(rule)
    return all(map(_is_off, tables)) if tables else rule.value == OFF


def _place(origin: Origin) -> tuple[str, int, int]:
    return origin.source, origin.line, origin.column


def _config(tree: Sourced, root: Path, source: str) -> Config:
    table = {**tree.value, "rules": _with_instances_in_force(tree.value["rules"])}
    values = plain(Sourced(table, tree.origin))
    rules = table["rules"].value
    nodes = table["patterns"].value
    patterns = list(zip(code_patterns(nodes), nodes, strict=True))
    return Config(
        root=root,
        source=source,
        packs=_listed(table["packs"]),
        pack_folders=tuple(str(each) for each in values["packs"] or () if isinstance(each, FolderPack)),
        src=values["src"],
        exclude=values["exclude"],
        fixable=("*",) if values["fixable"] is None else values["fixable"],
        unfixable=values["unfixable"],
        fail_on=values["fail-on"],
        layers=layers_of(values["layers"]),
        severities={
            name: None if node.value == OFF else node.value
            for name, node in rules.items()
            if not isinstance(node.value, tuple)
        },
        rules={
            name: tuple(_instance(each) for each in node.value)
            for name, node in rules.items()
            if isinstance(node.value, tuple)
        }
        | {each.id: (RuleInstance({}, None, each.because, node.origin),) for each, node in patterns},
        patterns=tuple(each for each, _ in patterns),
        stack=Stack(**values["stack"]),
        contract=Contract(**values["contract"]),
        inference=values["inference"],
        baseline=values["baseline"],
        suppressions=Suppressing(values["suppressions"]["require-reason"]),
        origins=dict(origins(Sourced(table, tree.origin))),
    )


def _with_instances_in_force(rules: Sourced) -> Sourced:
    """Each rule as its instances that are not off; as `off` where none is left; else as its severity."""
    table = {}
    for name, node in rules.value.items():
        tables = instances(node)
        live = tuple(each for each in tables if not _is_off(each))
        if not tables:
            table[name] = node
        elif not live:
            table[name] = Sourced(OFF, tables[0].value["severity"].origin)
        else:
            table[name] = Sourced(live, node.origin)
    return Sourced(table, rules.origin)


def _is_off(instance: Sourced) -> bool:
    return "severity" in instance.value and instance.value["severity"].value == OFF


def _instance(node: Sourced) -> RuleInstance:
    values = plain(node)
    severity = values.pop("severity", None)
    because = values.pop("because", "")
    options = {field_name(option): value for option, value in values.items()}
    return RuleInstance(options, severity, because, node.origin)
