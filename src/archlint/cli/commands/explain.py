"""`archlint explain`: the page of a rule, what archlint knows of a file, or why A reaches B."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.completing import rules_or_paths
from archlint.cli.trust import folder_packs_option
from archlint.nearness import nearest

if TYPE_CHECKING:
    from archlint.registry import Registry


@click.command(short_help="Explain a rule, a file's place in the architecture, or why A reaches B.")
@click.argument("subject", metavar="RULE|PATH|A", shell_complete=rules_or_paths)
@click.argument("goal", required=False, metavar="[B]", shell_complete=rules_or_paths)
@folder_packs_option
@colour_option
def explain(subject: str, goal: str | None, color: str) -> int:
    """Print the page of a rule (`pack/rule-name`), or the module, layer, rules and imports of a file.

    With A and B, print the shortest chain of imports from A to B. Each is a layer, a path, or a dotted
    module or package; B may be a package from outside the project.
    """
    from archlint.cli.place import tell_place
    from archlint.cli.rule_page import tell_rule
    from archlint.registry import load

    registry = load()
    style = style_for(sys.stdout, color)
    if goal is not None:
        from archlint.cli.way import tell_way

        _tell(*tell_way(subject, goal, registry, style))
        return 0
    known = _known(registry) if "/" in subject and subject not in registry.rules else registry
    if subject in known.rules:
        streams.answer(tell_rule(known.rules[subject].load(), style))
    elif os.path.lexists(subject):
        _tell(*tell_place(Path(subject), registry, style))
    else:
        raise click.UsageError(f"no such rule or file: `{subject}`{_meant(subject, known.rules)}")
    return 0


def _tell(text: str, notices: Iterable[str]) -> None:
    streams.answer(text)
    for notice in notices:
        streams.tell(notice)


def _known(registry: Registry) -> Registry:
    """The registry with the packs and patterns of the configuration in force here."""
    from archlint.cli.assignment import assign
    from archlint.registry.opening import opened

    (here,) = assign([])
    return opened(here.config, here.root, registry).registry


def _meant(subject: str, rules: Iterable[str]) -> str:
    near = nearest(subject, rules)
    return f"; did you mean `{near}`?" if near else ""
