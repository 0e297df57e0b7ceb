"""import-linter's expressions for modules and imports, as archlint's patterns.

In both, `*` is one part of a dotted name. `**` is one part or more there, and here also none: it becomes
`*.**`.
"""

from __future__ import annotations


def module(expression: str) -> str:
    """The pattern of the very modules that an expression names."""
    return ".".join("*.**" if part == "**" else part for part in expression.split("."))


def package(expression: str) -> str:
    """The pattern of the modules with all that lies inside them."""
    pattern = module(expression)
    return pattern if pattern.endswith(".**") else f"{pattern}.**"


def imports(expression: str, may_match_nothing: bool) -> str:
    """An entry of `ignore`; in parentheses it may name no import."""
    importer, _, imported = expression.partition("->")
    entry = f"{module(importer.strip())} -> {module(imported.strip())}"
    return f"({entry})" if may_match_nothing else entry


def overlap(one: str, other: str) -> bool:
    """Whether two dotted names are the same, or one lies inside the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
