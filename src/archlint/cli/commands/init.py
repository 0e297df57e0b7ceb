"""`archlint init`: write a first configuration."""

from __future__ import annotations

from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.path_type import PathType


@click.command(short_help="Write a first configuration.")
@click.argument("path", default=".", type=PathType())
@click.option(
    "--from",
    "tool",
    type=click.Choice(["import-linter", "tach"]),
    help="Translate the configuration of this tool instead of proposing one.",
)
@click.option(
    "--to",
    "name",
    type=click.Choice(["pyproject.toml", "archlint.toml"]),
    help="The file to write.  [default: pyproject.toml if there is one, else archlint.toml]",
)
@click.option("--dry-run", is_flag=True, help="Print the configuration, and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite an existing configuration.")
def init(path: Path, tool: str | None, name: str | None, dry_run: bool, force: bool) -> int:
    """Write a first configuration for the project in PATH, by default the current folder.

    Without --from, archlint reads the project, names the frameworks it uses, and proposes the layers that
    its imports already keep to. With --from, PATH may be the other tool's configuration file.
    """
    from archlint.adoption.placing import filled, named, place, write
    from archlint.adoption.rendering import rendered
    from archlint.cli.adopting import drafted

    file = path if path.is_file() else None
    root = (path.parent if file else path).resolve()
    if dry_run:
        draft = drafted(root, tool, file, is_cached=False)
        streams.answer(rendered(draft, named(root, name).prefix))
        return 0
    target = place(root, name, is_forced=force)
    write(target, filled(target, drafted(root, tool, file, is_cached=True)))
    streams.tell(f"wrote `{target.file.name}`; read it, then run `archlint`")
    streams.tell("`archlint baseline write` accepts today's findings, so that only new ones are reported")
    return 0
