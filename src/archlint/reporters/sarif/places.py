"""Places in files as SARIF tells them."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote

from archlint.finding import Location, Related

ROOT: Final = "SRCROOT"
"""What all addresses of files start from."""

_NO_BYTES: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Half characters that do not stand for a byte of a file's name."""


class Places:
    """Tells places, and remembers the files they are in, which have a list of their own."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._indices: dict[str, int] = {}

    def artifact(self, path: str) -> dict[str, Any]:
        """A file."""
        index = self._indices.setdefault(path, len(self._indices))
        return {"uri": uri(f"{self._prefix}{path}"), "uriBaseId": ROOT, "index": index}

    def artifacts(self) -> list[dict[str, Any]]:
        """All files that were named."""
        return [
            {"location": self.artifact(path), **({"sourceLanguage": "python"} if is_python(path) else {})}
            for path in list(self._indices)
        ]

    def physical(self, location: Location) -> dict[str, Any]:
        """A stretch of a file."""
        return {"artifactLocation": self.artifact(location.path), "region": region(location)}

    def related(self, related: Related) -> dict[str, Any]:
        """A place with what is to be said of it."""
        return {
            "physicalLocation": self.physical(related.location),
            "message": {"text": related.message},
        }


def uri(path: str) -> str:
    """A path with everything percent-encoded that has a meaning in an address, or none."""
    return quote(_NO_BYTES.sub("\ufffd", path).encode("utf-8", "surrogateescape"), safe="/")


def region(location: Location) -> dict[str, int]:
    """Lines and columns from 1 on, in characters, the end column after the last: as archlint counts."""
    return {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.end_line,
        "endColumn": location.end_column,
    }


def is_python(path: str) -> bool:
    """Whether a file is Python source."""
    return path.endswith((".py", ".pyi"))
