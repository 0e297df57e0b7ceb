"""The lean form of one expression that is written outside any file of the project."""

from __future__ import annotations

from functools import lru_cache

from archlint.facts.expressions import Expression
from archlint.facts.statements import Evaluate
from archlint.facts.walk.expressions import EXPRESSIONS
from archlint.facts.walk.state import Walk
from archlint.facts.walk.statements import STATEMENTS
from archlint.source import Unparsable, parse


@lru_cache(maxsize=4096)
def fragment(code: str) -> Expression | None:
    """The form of an expression; its places are those in the code. None for what is none."""
    try:
        tree = parse(f"(\n{code}\n)".encode())
    except Unparsable:
        return None
    (statement,) = Walk("", False, EXPRESSIONS, STATEMENTS).body(tree.body)[:1] or (None,)
    return statement.value if isinstance(statement, Evaluate) else None
