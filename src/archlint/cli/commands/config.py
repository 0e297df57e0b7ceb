"""`archlint config`: what is in force, and what could be."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.path_type import PathType


@click.group(short_help="Show the configuration in force, or its schema.")
def config() -> None:
    """Show the configuration in force, or its schema."""


@config.command(short_help="Print what is in force, and where it comes from.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--config",
    "file",
    type=PathType(exists=True, dir_okay=False),
    help="Use this configuration instead of the nearest one upward.",
)
def show(path: Path, file: Path | None) -> int:
    """Print what is in force for PATH, by default the current folder, and where each value comes from."""
    from archlint.cli.assignment import assign
    from archlint.config.showing import show as shown
    from archlint.registry import installed
    from archlint.registry.opening import opened

    (assignment,) = assign([path], file)
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
