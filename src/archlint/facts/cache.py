"""The facts of files as they were extracted before, keyed by the content of the files.

They lie in two files: all of them, and the few that have changed since. A run after one edit writes
some kilobytes instead of everything.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from archlint.facts.entry import Entry
from archlint.facts.module import FACTS_VERSION
from archlint.store import Store

_ALL = "facts.msgpack"
_CHANGED = "facts-changed.msgpack"
_FEW = 0.1
"""Part of the entries up to which changes are kept apart."""


class _Facts(msgspec.Struct, frozen=True, array_like=True):
    version: int
    generation: bytes
    """Drawn when all are written; the changed ones name the generation they belong to."""

    entries: dict[str, Entry]


class FactsCache:
    """What is known of files from earlier runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._base: Mapping[str, Entry] = {}
        self._known: Mapping[str, Entry] = {}
        self._generation = b""

    def load(self) -> Mapping[str, Entry]:
        """The entries by path."""
        base = self._store.load(_ALL, _Facts)
        if base is None or base.version != FACTS_VERSION:
            return {}
        self._base, self._generation = base.entries, base.generation
        changed = self._store.load(_CHANGED, _Facts)
        fits = changed is not None and changed.generation == base.generation
        self._known = {**base.entries, **changed.entries} if changed is not None and fits else base.entries
        return self._known

    def save(self, entries: Mapping[str, Entry]) -> None:
        """Keep the entries of this run, and no others. A path that is no text is not worth its trouble."""
        entries = {path: entry for path, entry in entries.items() if _is_text(path)}
        if len(entries) == len(self._known) and all(self._known.get(p) is e for p, e in entries.items()):
            return
        changed = {path: entry for path, entry in entries.items() if self._base.get(path) is not entry}
        gone = len(self._base.keys() - entries.keys())
        if self._base and len(changed) + gone <= _FEW * len(self._base):
            self._store.save(_CHANGED, _Facts(FACTS_VERSION, self._generation, changed))
            return
        self._store.drop(_CHANGED)
        generation = _drawn(entries)
        self._store.save(_ALL, _Facts(FACTS_VERSION, generation, dict(entries)))


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _drawn(entries: Mapping[str, Entry]) -> bytes:
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for path, entry in entries.items():
        digest.update(path.encode("utf-8", "surrogatepass") + b"\0" + entry.digest)
    return digest.digest()
