"""What rules say of themselves, for the formats that carry them along."""

from __future__ import annotations

from archlint.reporters.surroundings import RuleText


def rule_text(rule: str) -> RuleText | None:
    """The words of an installed rule. Raises ArchlintError where packs cannot be loaded."""
    # Rules are imported only here, where their pages are asked for.
    from archlint.pages import page
    from archlint.registry import installed

    card = installed().rules.get(rule)
    if card is None:
        return None
    text = page(card.load())
    return RuleText(rule, card.severity, text.summary, text.text)
