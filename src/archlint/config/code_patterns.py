"""The array `patterns`: rules without Python, each a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archlint.config.containers import Array, Either, Table
from archlint.config.model import CodePattern
from archlint.config.patterns import layer_pattern
from archlint.config.positions import KeyPath
from archlint.config.reader import Reader
from archlint.config.records import Key, Record
from archlint.config.scalars import FLAG, PathText, Text
from archlint.config.severities import THRESHOLD
from archlint.config.sourced import Sourced, Toml, plain
from archlint.config.spelling import meant
from archlint.config.wording import quoted
from archlint.finding import Severity, pack_of

_ID: Final = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
_NAME: Final = Text(may_be_empty=False)
_NAMES: Final = Array(_NAME, "strings", least=1)
_ONE_OR_MORE: Final = Either((_NAME, _NAMES))
_PLACES: Final = Array(PathText(rebase=layer_pattern), "patterns", least=1)


@dataclass(frozen=True, slots=True)
class CodeText(Text):
    """A pattern of code, which is read to see that it is one."""

    may_be_empty: bool = False

    def convert(self, value: str, path: KeyPath, reader: Reader) -> Sourced:
        """The text as it is."""
        # Only where somebody writes patterns.
        from archlint.concrete.patterns.reading import PatternError, read

        try:
            read(value)
        except PatternError as problem:
            place = f"line {problem.line}, column {problem.column} of the pattern"
            reader.problem(path, f"is not a pattern of Python: {problem.message}, at {place}")
        return Sourced(value, reader.origin(path))


_CODE: Final = CodeText()
_CODES: Final = Either((_CODE, Array(_CODE, "patterns", least=1)))

_KEYS: Final = {
    "id": Key(_NAME, "What its findings are called: `pack/name`.", is_required=True),
    "pattern": Key(_CODE, "The code that is looked for."),
    "any": Key(Array(_CODE, "patterns", least=1), "Several patterns, any of which is looked for."),
    "message": Key(_NAME, "What is wrong with such code.", is_required=True),
    "hint": Key(_NAME, "What to do; `{NAME}` and `$NAME` are what a metavariable stands for."),
    "fix": Key(Text(), "What to write instead, with metavariables."),
    "fix-is-safe": Key(FLAG, "Whether the fix keeps what the code means.", default=True),
    "fix-imports": Key(
        Array(_NAME, "dotted names", least=1),
        "Names that the fix takes from elsewhere, by their last part; imported where that is needed.",
    ),
    "where": Key(Table(_NAME), "A regular expression for all that a metavariable stands for."),
    "type": Key(Table(_ONE_OR_MORE), "The class, or classes, of what a metavariable is an object of."),
    "resolve": Key(
        Either((FLAG, _NAME, _NAMES, Table(_ONE_OR_MORE))),
        "What the first name, or each of some, stands for; `true`: dotted names are what they say.",
    ),
    "in": Key(_PLACES, "Layers, paths and modules to look in; everywhere where omitted."),
    "not-in": Key(_PLACES, "Layers, paths and modules where such code is allowed."),
    "inside": Key(
        Either((_CODE, Array(Either((_CODE, Array(_CODE, "patterns", least=1))), "patterns", least=1))),
        "Patterns, one of which has to be around the place; of arrays in it, one of each.",
    ),
    "not-inside": Key(_CODES, "Patterns, none of which may be around the place."),
    "not": Key(_CODES, "Patterns that the place itself may not match."),
    "focus": Key(_NAME, "The metavariable to report at, instead of the whole."),
    "severity": Key(THRESHOLD, "How bad a finding is.", default=Severity.ERROR.value),
    "because": Key(Text(), "Why the rule is there, told with each finding."),
    "bad": Key(Array(_NAME, "strings"), "Code in which it has to be found, for `archlint test`."),
    "good": Key(Array(_NAME, "strings"), "Code in which it must not be found."),
}


@dataclass(frozen=True, slots=True)
class PatternTable(Record):
    """One such table; what it says is checked against its own patterns."""

    rules: Collection[str] = ()
    packs: Collection[str] = ()

    def convert(self, value: dict[str, Toml], path: KeyPath, reader: Reader) -> Sourced:
        """The known keys, with all mistakes in what they say of each other."""
        told = len(reader.problems.told)
        node = Record.convert(self, value, path, reader)
        if len(reader.problems.told) == told:  # else what follows would only be said twice
            for key, message, hint in self._mistakes(plain(node)):
                reader.problem((*path, *key), message, hint)
        return node

    def _mistakes(self, said: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, str]]:
        pack = pack_of(said["id"])
        if not _ID.fullmatch(said["id"]):
            yield ("id",), f"{quoted(said['id'])} must be `pack/name`, in lower case, with hyphens", ""
        elif pack in self.packs:
            yield ("id",), f"the pack {quoted(pack)} is there already", "take the name of your project"
        if ("pattern" in said) == ("any" in said):
            yield (), "it needs `pattern`, or else `any` with several patterns", ""
            return
        if not said.get("hint") and not said.get("fix"):
            yield (), "it needs a `hint`, or a `fix`, that says what to do", ""
        yield from _unknown_names(said)


def pattern_table(rules: Collection[str], packs: Collection[str]) -> PatternTable:
    """The kind of a table of `patterns`, beside the packs that are there."""
    return PatternTable("key", _KEYS, rules, packs)


def code_patterns(nodes: tuple[Sourced, ...]) -> tuple[CodePattern, ...]:
    """The patterns of a configuration, as the rest of archlint has them."""
    return tuple(_pattern(plain(node), f"patterns.{at}") for at, node in enumerate(nodes))


def _pattern(said: Mapping[str, Any], key: str) -> CodePattern:
    resolve = said.get("resolve", {})
    fix = said.get("fix", "")
    return CodePattern(
        id=said["id"],
        alternatives=said["any"] if "any" in said else (said["pattern"],),
        message=said["message"],
        hint=said.get("hint") or f"write `{fix}`",
        fix=fix,
        fix_is_safe=said.get("fix-is-safe", True),
        fix_imports=said.get("fix-imports", ()),
        where=said.get("where", {}),
        types={name: _many(each) for name, each in said.get("type", {}).items()},
        resolve=_targets(resolve),
        dotted=resolve is True,
        within=said.get("in", ()),
        outside=said.get("not-in", ()),
        inside=_groups(said.get("inside", ())),
        not_inside=_many(said.get("not-inside", ())),
        unless=_many(said.get("not", ())),
        focus=said.get("focus", "").removeprefix("$"),
        severity=said.get("severity", Severity.ERROR),
        because=said.get("because", ""),
        bad=said.get("bad", ()),
        good=said.get("good", ()),
        key=key,
    )


def written(pattern: CodePattern) -> dict[str, object]:
    """A pattern as its table would say it, without what is not said."""
    said: dict[str, object] = {
        "id": pattern.id,
        "any": pattern.alternatives,
        "message": pattern.message,
        "hint": pattern.hint,
        "fix": pattern.fix,
        "fix-imports": pattern.fix_imports,
        "where": pattern.where,
        "type": pattern.types,
        "resolve": pattern.dotted or pattern.resolve.get("", pattern.resolve),
        "in": pattern.within,
        "not-in": pattern.outside,
        "inside": pattern.inside,
        "not-inside": pattern.not_inside,
        "not": pattern.unless,
        "focus": pattern.focus,
        "because": pattern.because,
        "bad": pattern.bad,
        "good": pattern.good,
    }
    safety = {"fix-is-safe": pattern.fix_is_safe} if pattern.fix else {}
    return {name: each for name, each in said.items() if each} | safety | {"severity": pattern.severity}


def _targets(resolve: Toml) -> dict[str, tuple[str, ...]]:
    if isinstance(resolve, bool):
        return {}
    if isinstance(resolve, Mapping):
        return {name: _many(each) for name, each in resolve.items()}
    return {"": _many(resolve)}


def _groups(value: Toml) -> tuple[tuple[str, ...], ...]:
    """`["a", "b"]` is one of two; `[["a", "b"], "c"]` one of two, and a third."""
    if isinstance(value, str):
        return ((value,),)
    if all(isinstance(each, str) for each in value):
        return (value,) if value else ()
    return tuple(_many(each) for each in value)


def _many(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _unknown_names(said: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, str]]:
    """Metavariables that are spoken of and stand in no pattern; regular expressions that are none."""
    from archlint.concrete.patterns.reading import read
    from archlint.concrete.patterns.regular import Endless, spells
    from archlint.concrete.patterns.templates import unknown_names

    own = [read(each).names for each in _many(said.get("any", said.get("pattern", ())))]
    around = [[read(each).names for each in group] for group in _groups(said.get("inside", ()))]
    against = [read(each).names for key in ("not", "not-inside") for each in _many(said.get(key, ()))]
    some = frozenset().union(*own, *against, *(names for group in around for names in group))
    always = frozenset.intersection(*own).union(*(frozenset.intersection(*group) for group in around))
    spoken: dict[KeyPath, str] = {("where", name): name for name in said.get("where", {})}
    spoken |= {("type", name): name for name in said.get("type", {})}
    for path, name in spoken.items():
        if name not in some:
            yield path, f"no metavariable {quoted(name)} stands in the pattern", meant(name, some)
    told: list[tuple[str, str]] = [("focus", said["focus"].removeprefix("$"))] if "focus" in said else []
    for key in ("message", "hint", "fix"):
        names = unknown_names(said.get(key, ""), always, has_braces=key != "fix")
        told += ((key, name) for name in names)
    for key, name in told:
        if name not in always:
            yield (key,), f"no metavariable {quoted(name)} stands in every pattern", meant(name, always)
    for at, dotted in enumerate(said.get("fix-imports", ())):
        module, _, last = dotted.rpartition(".")
        if not module or not re.search(rf"(?<![\w.$]){re.escape(last)}(?!\w)", said.get("fix", "")):
            hint = "a dotted name, whose last part stands in the fix"
            yield ("fix-imports", at), f"{quoted(dotted)} does not stand in the fix", f"write {hint}"
    for name, regex in said.get("where", {}).items():
        try:
            spells(regex, "")
        except Endless as problem:
            yield ("where", name), f"{quoted(regex)} may take for ever: {problem}", "say it without"
        except re.error as problem:
            yield ("where", name), f"{quoted(regex)} is not a valid regular expression: {problem}", ""
