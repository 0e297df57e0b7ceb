"""From the text of a pattern to Python: what it leaves open gets names that any parser takes.

Nothing heavy is needed for that, so a configuration with patterns is checked at little cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from keyword import iskeyword
from typing import Final

import msgspec

from archlint.concrete.parsing import parse
from archlint.concrete.patterns.placeholders import is_placeholder
from archlint.concrete.patterns.rewriting import Rewriting, rewritten
from archlint.concrete.patterns.tokens import NAME, PatternError, Token, tokens
from archlint.source import Unparsable

__all__ = ["PatternError", "Reading", "read"]

_FUNCTION: Final = "\ndef __archlint_gap__(__archlint_gap__): ..."
"""What a decorator alone decorates."""


class Reading(msgspec.Struct, frozen=True):
    """A pattern that is Python, once its placeholders are."""

    text: str
    """As it was written."""

    code: str
    """With names for what is left open."""

    is_decorator: bool
    words: frozenset[str]
    """The names that every match has in it, keywords of the language apart."""

    names: frozenset[str]
    """The metavariables, without `$`."""

    chains: tuple[str, ...]
    """The names in it that could have been imported, with what is asked of them: `cache.get`."""

    @property
    def chain(self) -> str:
        """The first of them."""
        return self.chains[0] if self.chains else ""


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read a pattern. Raises PatternError for one that is no Python, with its line and column."""
    if not text.strip():
        raise PatternError("the pattern is empty", 1, 1)
    found = tuple(tokens(text))
    made = rewritten(found)
    code = made.code.strip("\n")
    is_decorator = _is_decorator_alone(found)
    _parse(code + _FUNCTION if is_decorator else code, made, text)
    _refuse_boundless(found)
    words = frozenset(token.text for token in found if token.kind == NAME and not iskeyword(token.text))
    return Reading(text, code, is_decorator, words, made.names, tuple(_chains(found)))


def _is_decorator_alone(found: tuple[Token, ...]) -> bool:
    return found[0].text == "@" and not any(token.text in ("def", "class") for token in found)


def _chains(found: tuple[Token, ...]) -> Iterator[str]:
    for at, token in enumerate(found):
        before, after = (found[n].text if 0 <= n < len(found) else "" for n in (at - 1, at + 1))
        is_keyword = after == "=" and before in ("(", ",")
        if is_keyword or token.kind != NAME or iskeyword(token.text):
            continue
        if before not in (".", "def", "class"):
            yield "".join(_chain_from(found[at:]))


def _chain_from(found: tuple[Token, ...]) -> Iterator[str]:
    yield found[0].text
    for dot, name in zip(found[1::2], found[2::2], strict=False):
        if dot.text != "." or name.kind != NAME:
            return
        yield f".{name.text}"


def _parse(code: str, made: Rewriting, text: str) -> None:
    try:
        parse(code.encode())
    except Unparsable as problem:
        skipped = len(made.code) - len(made.code.lstrip("\n"))
        line, column = made.place(problem.line + skipped, problem.column)
        line = min(line, text.count("\n") + 1)
        raise PatternError(problem.message, line, column) from problem


def _refuse_boundless(found: tuple[Token, ...]) -> None:
    """A metavariable or `...` alone would match everything there is."""
    if len(found) == 1 and (found[0].is_open or is_placeholder(found[0].text)):
        raise PatternError(f"`{found[0].text}` alone matches everything", found[0].line, found[0].column)
