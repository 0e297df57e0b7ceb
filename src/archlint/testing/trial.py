"""All the examples of some rules and patterns, with how each result differs from what was promised."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from archlint.config.model import CodePattern, Config
from archlint.errors import UsageError
from archlint.registry import Registry
from archlint.testing.collect import examples
from archlint.testing.patterns import check_pattern

_SIGNS = (("expected ", "- "), ("unexpected ", "+ "))


def checked(
    config: Config, registry: Registry, names: Collection[str], edge_cases: Path | None
) -> list[tuple[str, list[str]]]:
    """The titles of examples, each with the lines of the difference, expected ones `-` and found ones `+`.

    `names` are packs and rules; with none of them, the configuration's own folders and patterns are meant.
    Raises UsageError for a name that is neither.
    """
    own = {pattern.id: pattern for pattern in config.patterns}
    known = {*registry.rules, *registry.packs, *own, *(pattern.pack for pattern in config.patterns)}
    for name in names:
        if name not in known:
            raise UsageError(f"no such pack, rule or pattern: `{name}`")
    wanted = names or {*config.pack_folders, *own}
    return [
        (title, [_signed(line) for line in lines]) for title, lines in _all(registry, own, wanted, edge_cases)
    ]


def _all(
    registry: Registry, own: dict[str, CodePattern], wanted: Collection[str], edge_cases: Path | None
) -> Iterator[tuple[str, list[str]]]:
    from archlint.testing import check_example  # the package itself, which is being imported above

    for pack in sorted({name.partition("/")[0] for name in wanted} & registry.packs.keys()):
        for example in examples(registry, pack, edge_cases):
            if pack in wanted or example.rule in wanted:
                yield str(example), check_example(example, registry)
    for pattern in own.values():
        if pattern.id in wanted or pattern.pack in wanted:
            yield from check_pattern(pattern, registry)


def _signed(line: str) -> str:
    return next((sign + line.removeprefix(word) for word, sign in _SIGNS if line.startswith(word)), line)
