"""What a configuration may say: the one description that loading and the JSON Schema are made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archlint.card import Card
from archlint.config.code_patterns import pattern_table
from archlint.config.containers import Array, Either, Keyed
from archlint.config.docs import option_docs, summary
from archlint.config.drawing import DRAWING
from archlint.config.kind import Kind, Schema
from archlint.config.options import options_of
from archlint.config.packs import PackName
from archlint.config.patterns import exclude_pattern, plain_path
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.records import Key, Record
from archlint.config.rule_names import RuleName
from archlint.config.scalars import FLAG, PathText, Text
from archlint.config.severities import SEVERITY, THRESHOLD
from archlint.config.sourced import Sourced, Toml

NAME = Text(may_be_empty=False)


def grammar(rules: Mapping[str, Card], packs: Collection[str], unread: Collection[str] = ()) -> Record:
    """The top-level keys, given the rules and packs there are, and packs whose rules nobody knows."""
    stack = {
        "orm": Key(Text(), "The ORM the models are written in."),
        "database": Key(Text(), "The database in production."),
        "driver": Key(Text(), "The package that talks to the database."),
    }
    openapi = Key(PathText(rebase=plain_path, may_be_empty=True), "The path of the OpenAPI file.")
    reason = Key(FLAG, "Whether each suppression has to say why it is there.", default=False)
    of_packs = (f"{pack}/*" for pack in sorted({*packs, *unread}))
    names = ("*", *of_packs, *sorted(rules))
    some = Array(RuleName("rule", names, packs=frozenset(packs), unread=frozenset(unread)), "rules")
    keys = {
        "extends": Key(
            Array(NAME, "strings"), "Presets and files to start from, later ones over earlier ones."
        ),
        "packs": Key(
            Array(PackName("pack", tuple(packs)), "packs"),
            "The packs to run, detected where omitted; with a slash, a folder that is one.",
        ),
        "src": Key(Array(PathText(rebase=plain_path), "paths"), "Source roots; detected where omitted."),
        "exclude": Key(
            Array(PathText(rebase=exclude_pattern), "patterns"), "What not to lint, as in .gitignore."
        ),
        "fixable": Key(some, "The rules whose findings `--fix` may fix; all of them where omitted."),
        "unfixable": Key(some, "The rules whose findings it never fixes."),
        "fail-on": Key(THRESHOLD, "The lowest severity that makes the exit status 1."),
        "layers": Key(DRAWING, "The layers from top to bottom; each may use those below it."),
        "rules": Key(Rules(rules, packs, frozenset(unread)), "Severities and options of rules and packs."),
        "patterns": Key(
            Array(pattern_table(rules, packs), "tables"), "Rules without Python: code that is to be found."
        ),
        "stack": Key(Record("key", stack), "What the project is built with."),
        "contract": Key(Record("key", {"openapi": openapi}), "The HTTP API that is promised."),
        "inference": Key(
            FLAG, "Whether to infer, where the layers ask, what an object is that nothing else tells."
        ),
        "baseline": Key(
            PathText(rebase=plain_path),
            "The file of accepted findings; `archlint-baseline.json` beside the configuration where omitted.",
        ),
        "suppressions": Key(Record("key", {"require-reason": reason}), "What is asked of suppressions."),
    }
    return Record("key", keys)


def rule_kind(card: Card, *, documented: bool = False) -> Either:
    """What may be said of one rule: a severity, a table of options, or an array of such tables."""
    rule = card.load()
    keys = {
        **options_of(rule, option_docs(rule) if documented else None),
        "severity": Key(SEVERITY, "How bad a finding is; `off` to leave it out."),
        "because": Key(Text(), "Why the rule is there, told with each finding."),
    }
    table = Record("option", keys)
    return Either((SEVERITY, table, Array(table, "tables", least=1)))


@dataclass(frozen=True, slots=True)
class Rules(Keyed):
    """The table of rules, by `pack/rule` and `pack/*`."""

    rules: Mapping[str, Card]
    packs: Collection[str]
    unread: frozenset[str] = frozenset()

    def convert(self, value: dict[str, Toml], path: KeyPath, reader: Reader) -> Sourced:
        """Each rule and pack that is there; others are mistakes."""
        entries = {}
        for name, each in value.items():
            kind = self._kind(name, each, (*path, name), reader)
            if kind:
                entries[name] = kind.read(each, (*path, name), reader)
        return Sourced(entries, reader.origin(path))

    def _kind(self, name: str, value: Toml, path: KeyPath, reader: Reader) -> Kind | None:
        pack, _, rule = name.partition("/")
        if pack in self.unread:
            return None
        if name in self.rules:
            # Only for a table somebody has to look at the rule itself.
            return SEVERITY if SEVERITY.accepts(value) else rule_kind(self.rules[name])
        if rule == "*" and pack in self.packs:
            return SEVERITY
        if pack and rule and pack not in self.packs and SEVERITY.accepts(value):
            return SEVERITY  # that of a pattern, maybe of another file: known when all are read
        if rule == "*":
            reader.unknown(path, "pack", pack, self.packs)
        else:
            reader.unknown(path, "rule", name, self.rules)
        return None

    def schema(self) -> Schema:
        """One property a rule and a pack, in the order of their names."""
        packs = {f"{pack}/*": SEVERITY.schema() for pack in sorted(self.packs)}
        rules = {
            name: {**rule_kind(card, documented=True).schema(), "description": summary(card.load())}
            for name, card in sorted(self.rules.items())
        }
        return {"type": "object", "properties": {**packs, **rules}, "additionalProperties": False}
