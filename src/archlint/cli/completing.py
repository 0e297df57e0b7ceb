"""What a shell completes: commands, options and paths of itself, and the names of rules from here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from archlint.errors import ArchlintError


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The rules and packs that begin like this; of a list with commas, like its last part."""
    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{before}{comma}{name}") for name in _names() if name.startswith(last)]


def rules_or_paths(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Rules that begin like this, or else files."""
    return [files(incomplete), *(each for each in rules(ctx, param, incomplete) if "/" in each.value)]


def files(incomplete: str) -> CompletionItem:
    """That the shell itself completes a path. For bash this has to stand before all else."""
    return CompletionItem(incomplete, type="file")


def _names() -> Iterable[str]:
    from archlint.cli.lint import CACHE
    from archlint.registry import installed, recall
    from archlint.store import Store

    here = Path.cwd()
    caches = (folder / CACHE for folder in (here, *here.parents))
    near = next((folder for folder in caches if folder.is_dir()), None)
    try:
        # Who presses a key does not want to wait until all rules are imported.
        registry = (recall(Store(near, inside_project=True)) if near else None) or installed()
    except ArchlintError:
        return ()
    return sorted((*registry.packs, *registry.rules))
