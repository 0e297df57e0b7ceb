from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archlint.discovery import Discovered, discover

Plant = Callable[..., Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Make files, by path: empty ones by position, others by a mapping to their text."""

    def make(*empty: str, texts: dict[str, str] | None = None) -> Path:
        root = tmp_path / "project"
        root.mkdir(exist_ok=True)
        for path, text in (dict.fromkeys(empty, "") | (texts or {})).items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return root

    return make


def paths(found: Discovered) -> list[str]:
    return [source.path for source in found.sources]


def modules(found: Discovered) -> list[str]:
    return [source.module for source in found.sources]


__all__ = ["Plant", "discover", "modules", "paths"]
