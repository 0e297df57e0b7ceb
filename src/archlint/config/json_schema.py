"""The JSON Schema of the configuration, for editors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from archlint.card import Card
from archlint.config.grammar import grammar


def schema(rules: Mapping[str, Card], packs: Collection[str]) -> dict[str, Any]:
    """A JSON Schema (2020-12) of `archlint.toml`, with the options and docs of the given rules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archlint",
        "description": "The configuration of archlint, a static architecture linter for Python web backends.",
        **grammar(rules, packs).schema(),
    }
