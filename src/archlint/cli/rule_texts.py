"""What rules say of themselves, for the formats that carry them along."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archlint.reporters.surroundings import RuleText

if TYPE_CHECKING:
    from archlint.card import Card


def rule_texts(roots: Iterable[Path], config: Path | None) -> Callable[[str], RuleText | None]:
    """Gives the words of a rule, be it installed or written down in a configuration.

    `config` stands for the configuration files of the projects, which are looked for otherwise. Rules are
    imported when one is first asked for; that raises ArchlintError as loading packs and configurations does.
    """

    @cache
    def cards() -> dict[str, Card]:
        from archlint.config.lookup import find
        from archlint.registry import installed
        from archlint.registry.opening import opened

        registry = installed()
        known = dict(registry.rules)
        for root in roots:
            known |= opened(config or find(root), root, registry).registry.rules
        return known

    def rule_text(rule: str) -> RuleText | None:
        card = cards().get(rule)
        if card is None:
            return None
        page = inspect.cleandoc(card.load().text())
        summary = page.partition("\n\n")[0].removeprefix("# ")
        return RuleText(rule, card.severity, " ".join(summary.split()), page)

    return rule_text
