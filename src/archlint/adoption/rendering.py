"""A draft as the text of a configuration file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from archlint.adoption.draft import Draft, Entry, Options
from archlint.adoption.toml import assignment, comment, key


def rendered(draft: Draft, prefix: str = "") -> str:
    """The text of a draft; `prefix` is `tool.archlint` where it becomes a table of `pyproject.toml`."""
    blocks = [
        _top(draft, prefix),
        _table(_joined(prefix, "layers"), draft.layers, draft.layers_comments) if draft.layers else (),
        _table(_joined(prefix, "rules"), draft.severities, draft.severities_comments)
        if draft.severities
        else (),
        *(_entry(entry, prefix) for entry in draft.entries),
        _without_equal(draft.without_equal),
    ]
    texts = ("\n".join(block) for block in blocks)
    return "\n\n".join(text for text in texts if text) + "\n"


def _top(draft: Draft, prefix: str) -> Iterator[str]:
    yield from _told(draft.comments)
    values = {"src": draft.src, "exclude": draft.exclude or None}
    lines = [line for name, value in values.items() if value is not None for line in assignment(name, value)]
    if prefix:
        yield f"[{prefix}]"
    yield from lines


def _table(header: str, values: Options, comments: tuple[str, ...]) -> Iterator[str]:
    yield from _told(comments)
    yield f"[{header}]"
    for name, value in values.items():
        yield from assignment(name, value)


def _entry(entry: Entry, prefix: str) -> Iterator[str]:
    yield from _told(entry.comments)
    lines = _tables(entry, prefix)
    yield from (f"# {line}".rstrip() for line in lines) if entry.is_left_out else lines


def _tables(entry: Entry, prefix: str) -> Iterator[str]:
    header = _joined(prefix, f"rules.{key(entry.rule)}")
    yield f"[[{header}]]"
    if entry.because:
        yield from assignment("because", entry.because)
    tables: dict[str, Options] = {}
    for name, value in entry.options.items():
        if isinstance(value, Mapping):
            tables[name] = value
        else:
            yield from assignment(name, value)
    for name, table in tables.items():
        yield ""
        yield from _table(f"{header}.{key(name)}", table, ())


def _without_equal(told: Iterable[str]) -> Iterator[str]:
    lines = [line for each in told for line in comment(f"- {each}")]
    if lines:
        yield "# What has no equal here, and was left behind:"
        yield from lines


def _told(comments: Iterable[str]) -> Iterator[str]:
    yield from chain.from_iterable(map(comment, comments))


def _joined(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name
