"""The cache, and whether it serves."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.health.sign import Sign, State
from archlint.store import Store


def cache(store: Store) -> Iterator[Sign]:
    """The state of a cache that has just been used."""
    kept = sorted(store.folder.glob("*.msgpack")) if store.folder.is_dir() else []
    size = sum(each.stat().st_size for each in kept)
    yield Sign("folder", f"{store.folder} ({size / 1e6:.1f} MB)" if kept else f"{store.folder}, empty")
    for notice in store.notices:
        hint = "let this user write there, choose another folder with `--cache-dir`, or remove the cache"
        yield Sign("cache", notice, State.ADVICE, hint)
