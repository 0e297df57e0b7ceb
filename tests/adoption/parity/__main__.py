"""Compare on whole projects, and print what differs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from archlint.adoption.import_linter.settings import settings
from archlint.config.model import Config
from archlint.engine import open_project
from archlint.registry import Registry, load

from . import import_linter, tach
from .verdict import Verdict, differences


def main() -> None:
    """Compare every folder that is named."""
    parser = argparse.ArgumentParser(prog="parity", description=__doc__)
    parser.add_argument("tool", choices=["import-linter", "tach"])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--python", default=sys.executable, help="a Python that has import-linter")
    parser.add_argument("--tach", default="tach", help="the program")
    parser.add_argument("--generated", default="", metavar="PACKAGE", help="compare contracts made up for it")
    options = parser.parse_args()
    registry = load()
    for folder in options.folders:
        if options.tool == "tach":
            for mutation, change in tach.MUTATIONS.items():
                report(folder, mutation, [tach.compared(folder, change, registry, options.tach)])
        else:
            for mutation, verdicts in _of_import_linter(folder, options, registry):
                report(folder, mutation, verdicts)


def _of_import_linter(
    folder: Path, options: argparse.Namespace, registry: Registry
) -> Iterator[tuple[str, list[list[Verdict]]]]:
    root, package = folder.resolve(), options.generated
    project = open_project(Config(root=root))
    if package:
        project = open_project(Config(root=root, exclude=import_linter.unseen(project, package)))
        changed = {"made up": import_linter.generated(project, package)}
    else:
        found = settings(folder)
        changed = {name: change(found) for name, change in import_linter.MUTATIONS.items()}
    for mutation, told in changed.items():
        theirs = import_linter.asked(told, root, list(project.roots), options.python)
        ours = import_linter.archlint_says(told, project, registry)
        yield mutation, [list(pair) for pair in zip(theirs, ours, strict=True)]


def report(folder: Path, mutation: str, verdicts: list[list[Verdict]]) -> None:
    """Print how many contracts there are, and what is said differently of them."""
    broken = sum(not theirs.is_kept for theirs, _ in verdicts)
    pairs = sum(len(theirs.pairs) for theirs, _ in verdicts)
    told = [
        f"    {theirs.contract}: {each}" for theirs, ours in verdicts for each in differences(theirs, ours)
    ]
    head = (
        f"{folder.name}, {mutation}: {len(verdicts)} contracts, {broken} broken, {pairs} pairs, "
        f"{len(told)} differences"
    )
    sys.stdout.write("\n".join((head, *told, "")))
    sys.stdout.flush()


main()
