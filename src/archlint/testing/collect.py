"""Finds the examples: in the pages of rules, and in the files of edge cases beside the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archlint.errors import ArchlintError
from archlint.pages import Example, page, parse
from archlint.registry import Registry


def examples(registry: Registry, pack: str = "", edge_cases: Path | None = None) -> list[Example]:
    """Every example of the pages of a pack's rules (empty: of all packs) and of the edge-case files.

    Edge cases of rule `pack/rule` lie in `<edge_cases>/<pack>/<rule>.md` and are written as a page is.
    Raises ArchlintError for a file that no rule answers to, and for a page without a Bad or a Good
    section; PageError for a malformed example.
    """
    rules = [rule for rule in registry.rules if pack in ("", rule.partition("/")[0])]
    found = [example for rule in rules for example in _of_page(registry, rule)]
    return found + list(_of_files(registry, edge_cases, pack or "*") if edge_cases else ())


def _of_page(registry: Registry, rule: str) -> tuple[Example, ...]:
    found = page(registry.rules[rule].load()).examples
    if {example.is_bad for example in found} != {True, False}:
        raise ArchlintError(f"the page of `{rule}` needs both a Bad and a Good section")
    return found


def _of_files(registry: Registry, folder: Path, pack: str) -> Iterator[Example]:
    for file in sorted(folder.glob(f"{pack}/*.md")):
        rule = f"{file.parent.name}/{file.stem}"
        if rule not in registry.rules:
            raise ArchlintError(f"{file}: no such rule: `{rule}`")
        yield from parse(file.read_text(encoding="utf-8"), rule).examples
