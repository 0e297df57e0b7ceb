"""`archlint explain`: the page of a rule, or what archlint knows of a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from archlint.cli import streams
from archlint.cli.colour import colour_option, style_for


@click.command(short_help="Explain a rule, or a file's place in the architecture.")
@click.argument("subject", metavar="RULE|PATH")
@colour_option
def explain(subject: str, color: str) -> int:
    """Print the page of a rule (`pack/rule-name`), or of a file its module, layer, rules and imports."""
    from archlint.cli.place import tell_place
    from archlint.cli.rule_page import tell_rule
    from archlint.registry import load

    registry = load()
    style = style_for(sys.stdout, color)
    if subject in registry.rules:
        streams.answer(tell_rule(registry.rules[subject], style))
    elif os.path.lexists(subject):
        text, notices = tell_place(Path(subject), registry, style)
        streams.answer(text)
        for notice in notices:
            streams.tell(notice)
    else:
        raise click.UsageError(f"there is no rule and no file `{subject}`{_meant(subject, registry.rules)}")
    return 0


def _meant(subject: str, rules: Iterable[str]) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(subject, list(rules), n=1)
    return f"; did you mean `{nearest[0]}`?" if nearest else ""
