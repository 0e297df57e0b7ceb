"""What a text of SQL is put together from: text, and the expressions between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Mapping,
    Name,
    Operation,
    Template,
    last_name,
)
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

Piece: TypeAlias = "str | Expression"

_DEPTH = 8
_PERCENT = re.compile(r"%(?:\((\w+)\))?([-#0 +]*\d*(?:\.\d+)?[a-zA-Z%])")
_FIELD = re.compile(r"\{(\w*)[^{}]*\}")
_SQL = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*\(?\s*(?:select|insert|update|delete|with|merge|replace|call|explain|where|order|and)\b",
    re.IGNORECASE,
)
_VALUE_BEFORE = re.compile(
    r"(?:[=<>]|\b(?:like|ilike|between|limit|offset|values\s*\(|in\s*\(|similar\s+to|regexp|rlike))\s*$",
    re.IGNORECASE,
)
_LISTED_BEFORE = re.compile(r"\bvalues\s*\([^()]*,\s*$", re.IGNORECASE)
_MEMBERS_BEFORE = re.compile(r"\bin\s*\(\s*$", re.IGNORECASE)
_SAME = frozenset({"dedent", "strip", "lstrip", "rstrip", "cleandoc"})


class Value(msgspec.Struct, frozen=True):
    """An expression that stands where SQL has a value, not a name."""

    form: Expression
    is_alone: bool
    """It is the whole value, in quotes or without."""


def pieces(project: Project, function: ProjectFunction, value: Expression, depth: int = 0) -> list[Piece]:
    """The text and the expressions that an expression is put together from; itself where nobody can tell."""
    if isinstance(value, Literal) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, Template):
        return [p for part in value.parts for p in _part(project, function, part, depth)]
    if isinstance(value, Operation) and value.operator == "+":
        return [p for part in value.operands for p in pieces(project, function, part, depth)]
    if isinstance(value, Operation) and value.operator == "%" and len(value.operands) == 2:
        return list(_filled(pieces(project, function, value.operands[0], depth), value.operands[1]))
    if isinstance(value, Call) and last_name(value.function) in _SAME:
        inner = value.arguments[0] if value.arguments else getattr(value.function, "value", None)
        return pieces(project, function, inner, depth) if inner is not None else [value]
    if isinstance(value, Call) and isinstance(value.function, Attribute) and value.function.attr == "format":
        return list(_formatted(pieces(project, function, value.function.value, depth), value))
    if isinstance(value, Name) and depth < _DEPTH:
        bound = project.view(Functions).summary(function).bound.get(value.id, ())
        if bound and all(each.how in ("assign", "augment") for each in bound):
            return [p for each in bound for p in pieces(project, function, each.value, depth + 1)]
    return [value]


def values(parts: list[Piece], *, is_part: bool = False) -> Iterator[Value]:
    """The expressions that stand where SQL has values. Nothing for what is no SQL, nor a part of some."""
    joined = _joined(parts)
    if not joined or not isinstance(joined[0], str) or not (is_part or _SQL.match(joined[0])):
        return
    before = ""
    for at, part in enumerate(joined):
        if isinstance(part, str):
            before += part
            continue
        after = joined[at + 1] if at + 1 < len(joined) else ""
        rest = after if isinstance(after, str) else ""
        if before.count("'") % 2:
            yield Value(part, before.endswith("'") and rest.startswith("'"))
        elif _VALUE_BEFORE.search(before) or _LISTED_BEFORE.search(before):
            may_be_more = _MEMBERS_BEFORE.search(before) is not None
            yield Value(part, not may_be_more and (not rest[:1].strip() or rest[:1] in ",);"))
        before += "?"


def _joined(parts: list[Piece]) -> list[Piece]:
    """Pieces of text that follow each other as one."""
    found: list[Piece] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return found


def _part(project: Project, function: ProjectFunction, part: Expression, depth: int) -> list[Piece]:
    """What stands in an f-string; a text of SQL in a variable may go on in it."""
    if isinstance(part, Literal):
        return [str(part.value)]
    found = pieces(project, function, part, depth + 1)
    return found if isinstance(found[0], str) else [part]


def _filled(text: list[Piece], given: Expression) -> Iterator[Piece]:
    """`text % given`."""
    items = list(given.items) if isinstance(given, Collection) and given.kind == "tuple" else [given]
    named = {}
    if isinstance(given, Mapping):
        named = {k.value: v for k, v in zip(given.keys, given.values, strict=True) if isinstance(k, Literal)}
    for part in text:
        if not isinstance(part, str):
            yield part
            continue
        at = 0
        for found in _PERCENT.finditer(part):
            yield part[at : found.start()].replace("%%", "%")
            at = found.end()
            if found[2] == "%":
                yield "%"
            elif found[2][-1] not in "sra":
                yield "0"
            elif found[1]:
                yield named.get(found[1], given)
            else:
                yield items.pop(0) if items else given
        yield part[at:]


def _formatted(text: list[Piece], call: Call) -> Iterator[Piece]:
    """`text.format(…)`."""
    named = {keyword.name: keyword.value for keyword in call.keywords}
    count = 0
    for part in text:
        if not isinstance(part, str):
            yield part
            continue
        at = 0
        for found in _FIELD.finditer(part):
            yield part[at : found.start()]
            at = found.end()
            index = int(found[1]) if found[1].isdigit() else count
            count += not found[1]
            if found[1] and not found[1].isdigit():
                yield named.get(found[1], call)
            else:
                yield call.arguments[index] if index < len(call.arguments) else call
        yield part[at:]
