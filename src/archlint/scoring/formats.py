"""What a standing looks like, one function a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from archlint.reporters.style import Style
from archlint.scoring.badge import badge
from archlint.scoring.data import as_json
from archlint.scoring.standing import Standing
from archlint.scoring.text import markdown, text

FORMATS: Mapping[str, Callable[[Standing, Style], str]] = MappingProxyType(
    {"text": text, "json": as_json, "markdown": markdown, "svg": badge}
)
"""The formats by their names."""
