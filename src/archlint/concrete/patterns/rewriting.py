"""What a pattern leaves open, as Python: starred in calls and displays, a name in parameters and chains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from keyword import iskeyword
from typing import Final

import msgspec

from archlint.concrete.patterns import placeholders
from archlint.concrete.patterns.tokens import GAP, MANY, NAME, ONE, STRING, WITHIN, Token

_OPENING: Final = {"(": ")", "[": "]", "{": "}"}
_INSIDE: Final = re.compile(r"\$(\.\.\.)?([A-Z_][A-Z0-9_]*)")
_FORMATTED: Final = re.compile(r"(?i)[rt]?f")
_STARS: Final = {"call": "*", "row": "*", "dict": "**"}


class Rewriting(msgspec.Struct):
    """The Python of a pattern while it is made, and which places of it are whose in the pattern."""

    code: str = ""
    names: frozenset[str] = frozenset()
    places: list[tuple[int, int, int, int]] = msgspec.field(default_factory=list)
    """Of each token: its line and column in the code, and in the pattern."""

    def add(self, token: Token, text: str) -> None:
        """Write a token down as this text."""
        self.code += token.before
        line, column = self.code.count("\n") + 1, len(self.code) - self.code.rfind("\n")
        self.places.append((line, column, token.line, token.column))
        self.code += text

    def place(self, line: int, column: int) -> tuple[int, int]:
        """The place in the pattern of a place in the code."""
        before = [each for each in self.places if each[:2] <= (line, column)]
        return before[-1][2:] if before else (1, 1)


def rewritten(found: Sequence[Token]) -> Rewriting:
    """The Python of a pattern."""
    made = Rewriting()
    made.names = frozenset(each.name for each in found if each.name) | _names_in_strings(found)
    brackets: list[str] = []
    has_default = False
    for at, token in enumerate(found):
        previous = found[at - 1].text if at else ""
        following = found[at + 1].text if at + 1 < len(found) else ""
        if token.text in _OPENING:
            brackets.append(_kind(found, at))
            has_default = has_default and brackets[-1] != "parameters"
        elif token.text in _OPENING.values() and brackets:
            brackets.pop()
        inside = brackets[-1] if brackets else ""
        has_default = has_default or (inside == "parameters" and token.text == "=")
        is_item = previous in ("(", "[", "{", ",") and following in (")", "]", "}", ",")
        made.add(token, _spelled(token, inside if is_item else "", previous, has_default))
    return made


def _spelled(token: Token, inside: str, previous: str, has_default: bool) -> str:
    if token.kind == STRING and _FORMATTED.match(token.text):
        return _INSIDE.sub(lambda each: placeholders.one(each[2]), token.text)
    if token.kind == WITHIN:
        return f"{placeholders.WITHIN}(" if token.text.startswith("<") else ")"
    if token.kind == ONE:
        return placeholders.one(token.name)
    if token.kind not in (MANY, GAP):
        return token.text
    name = placeholders.many(token.name) if token.kind == MANY else placeholders.GAP
    if inside == "parameters":
        return f"{name}=0" if has_default else name
    if inside:
        return _STARS[inside] + name
    is_name = token.kind == MANY or previous in (".", "import", "lambda")
    return name if is_name else token.text


def _kind(found: Sequence[Token], at: int) -> str:
    """What an opening bracket opens: a `call`, `parameters`, a `row` of elements, a `dict`, or else ``."""
    token, before = found[at], found[at - 1] if at else None
    follows_value = before is not None and (
        before.text in (")", "]")
        or before.kind in (ONE, STRING)
        or (before.kind == NAME and not iskeyword(before.text))
    )
    if token.text == "{":
        return "dict" if _is_dict(found, at) else "row"
    if token.text == "[":
        return "" if follows_value else "row"
    if follows_value:
        return "parameters" if at > 1 and found[at - 2].text == "def" else "call"
    return "row" if _has_comma(found, at) else ""


def _has_comma(found: Sequence[Token], at: int) -> bool:
    return any(token.text == "," for token in _directly_inside(found, at))


def _is_dict(found: Sequence[Token], at: int) -> bool:
    inside = _directly_inside(found, at)
    return any(token.text == ":" for token in inside) or all(token.kind == GAP for token in inside)


def _directly_inside(found: Sequence[Token], at: int) -> list[Token]:
    """The tokens within a bracket and no other."""
    depth, inside = 0, []
    for token in found[at:]:
        depth += (token.text in _OPENING) - (token.text in _OPENING.values())
        if depth == 0:
            break
        if depth == 1 and token.text not in _OPENING:
            inside.append(token)
    return [token for token in inside if token.text not in _OPENING.values()]


def _names_in_strings(found: Sequence[Token]) -> frozenset[str]:
    """Metavariables in f-strings, and strings that are nothing but one."""
    names = set()
    for token in found:
        if token.kind != STRING:
            continue
        content = token.text.strip("\"'")
        whole = _INSIDE.fullmatch(content)
        if whole:
            names.add(whole[2])
        elif _FORMATTED.match(token.text):
            names.update(each[2] for each in _INSIDE.finditer(token.text))
    return frozenset(names)
