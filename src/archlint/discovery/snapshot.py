"""The files of a project at one moment, with digests of all its sources."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archlint.discovery.files import survey
from archlint.source import digest_of

if TYPE_CHECKING:
    from archlint.discovery.model import Survey


class Snapshot(msgspec.Struct, frozen=True):
    """What was found, and what the source files held when it was."""

    exclude: tuple[str, ...]
    named: tuple[str, ...]
    found: Survey
    digests: dict[str, bytes]
    """Per source file; none where it cannot be read."""

    def digest(self) -> bytes:
        """32 bytes that change with every name of a file and every content of a source."""
        found = self.found
        unreadable = (f"{place.path} {place.reason}" for place in found.unreadable)
        links = (f"{link.path} {link.target}" for link in found.links)
        parts = (*found.files, *found.projects, *unreadable, *links)
        digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=32)
        for path, content in self.digests.items():
            digest.update(path.encode("utf-8", "surrogatepass") + b"\0" + content)
        return digest.digest()


def take(root: Path, exclude: tuple[str, ...], named: tuple[str, ...]) -> Snapshot:
    """Survey a project and read all its sources once."""
    found = survey(root, exclude=exclude, named=named)
    return Snapshot(exclude, named, found, {path: digest_of(found.root / path) for path in found.sources})
