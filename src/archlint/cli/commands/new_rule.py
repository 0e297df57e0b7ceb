"""`archlint new-rule`: begin a rule of one's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archlint.cli import streams
from archlint.cli.path_type import PathType

if TYPE_CHECKING:
    from archlint.registry import Pack


@click.command("new-rule", short_help="Begin a rule of your own.")
@click.argument("rule", metavar="PACK/NAME")
@click.option(
    "--to",
    "folder",
    type=PathType(file_okay=False),
    help="The folder of the pack.  [default: where the pack is, or tools/PACK]",
)
def new_rule(rule: str, folder: Path | None) -> int:
    """Write the module of a new rule into its pack, with a page whose example still fails.

    PACK is a folder that the configuration names, or a pack that is installed in editable mode. Any other
    is created as a folder.
    """
    from archlint.adoption.new_rule import write_rule
    from archlint.cli.assignment import assign
    from archlint.registry import installed
    from archlint.registry.opening import opened

    (here,) = assign([])
    name = rule.partition("/")[0]
    pack = opened(here.config, here.root, installed()).registry.packs.get(name)
    target = folder or (_folder(pack) if pack else here.root / "tools" / name.replace("-", "_"))
    for each in write_rule(rule, target):
        streams.answer(f"{os.path.relpath(each)}\n")
    if pack is None:
        entry = Path(os.path.relpath(target, here.root)).as_posix()
        streams.tell(f'add `packs = ["./{entry}"]` to the configuration')
    streams.tell(f"see it fail with `archlint test {rule}`, then write the rule")
    return 0


def _folder(pack: Pack) -> Path:
    from importlib import import_module

    (folder, *_) = import_module(pack.package).__path__
    return Path(folder)
