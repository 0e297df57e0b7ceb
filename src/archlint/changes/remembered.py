"""What was found in an earlier state, kept for the next run."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from archlint.changes.found import Found
from archlint.config.model import Config

if TYPE_CHECKING:
    from archlint.engine import Request
    from archlint.registry import Registry
    from archlint.store import Store

_NAME: Final = "earlier.msgpack"


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    key: bytes
    found: Found


def key_of(content: str, config: Config, registry: Registry, request: Request) -> bytes:
    """All that what is found in some content rests on, as a digest."""
    same = replace(config, root=Path(), file=None, files=())
    said = (content, same, registry.footing, request.named, request.narrowing, request.today)
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=32).digest()


def recalled(store: Store | None, key: bytes) -> Found | None:
    """What was found before, if it is the same that is looked for."""
    saved = store.load(_NAME, _Saved) if store else None
    return saved.found if saved is not None and saved.key == key else None


def remember(store: Store | None, key: bytes, found: Found) -> None:
    """Keep what was found, if that is all."""
    if store is not None and found.is_whole:
        store.save(_NAME, _Saved(key, found))
