"""`archlint config`: what is in force, and what could be."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.config_option import config_option
from archlint.cli.path_type import PathType


@click.group(short_help="Show the configuration in force, or its schema.")
def config() -> None:
    """Show the configuration in force, or its schema."""


@config.command(short_help="Print the settings in force, and where each comes from.")
@click.argument("path", default=".", type=PathType())
@config_option
def show(path: Path, config_file: Path | None) -> int:
    """Print the settings in force for PATH, by default the current folder, and where each comes from."""
    from archlint.cli.assignment import assign
    from archlint.config.showing import show as shown
    from archlint.registry import installed
    from archlint.registry.opening import opened

    (assignment,) = assign([path], config_file)
    config, _ = opened(assignment.config, assignment.root, installed())
    streams.answer(shown(config))
    return 0


@config.command(short_help="Print the JSON Schema of archlint.toml.")
def schema() -> int:
    """Print the JSON Schema of archlint.toml, with the options of all installed rules."""
    from archlint.config.json_schema import schema as described
    from archlint.registry import installed
    from archlint.reporters.json import dump

    registry = installed()
    streams.answer(dump(described(registry.rules, registry.packs)))
    return 0
