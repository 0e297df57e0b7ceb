"""`archlint rules`: what there is to check."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for
from archlint.cli.trust import folder_packs_option

if TYPE_CHECKING:
    from archlint.reporters.style import Style
    from archlint.rule import Rule


@click.command(short_help="List all rules.")
@click.option(
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to show the list.",
)
@folder_packs_option
@colour_option
def rules(output_format: str, color: str) -> int:
    """List the rules of all installed packs, and of those that the configuration here names.

    A rule marked with an asterisk runs only where it is configured.
    """
    from archlint.cli.assignment import assign
    from archlint.registry import installed
    from archlint.registry.opening import opened
    from archlint.reporters.json import dump

    (here,) = assign([])
    known = [card.load() for card in opened(here.config, here.root, installed()).registry.rules.values()]
    if output_format == "json":
        streams.answer(dump({"version": 1, "rules": [_described(rule) for rule in known]}))
    else:
        streams.answer(_table(known, style_for(sys.stdout, color)))
        if any(map(_mark, known)):
            streams.note("* runs only where it is configured\n")
    return 0


def _described(rule: type[Rule]) -> dict[str, Any]:
    from archlint.pages import page
    from archlint.reporters.links import link

    return {
        "rule": rule.id,
        "severity": rule.severity.value,
        "recommended": rule.recommended,
        "since": rule.since,
        "summary": page(rule).summary,
        "url": link(rule.id) or None,
    }


def _table(known: list[type[Rule]], style: Style) -> str:
    from archlint.pages import page

    width = max((len(rule.id) for rule in known), default=0) + 1
    return "".join(
        f"{style.strong(f'{rule.id}{_mark(rule)}'.ljust(width))}  "
        f"{style.severity(rule.severity, rule.severity.value.ljust(7))}  "
        f"{page(rule).summary}\n"
        for rule in known
    )


def _mark(rule: type[Rule]) -> str:
    return "" if rule.recommended else "*"
