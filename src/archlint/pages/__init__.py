"""A rule's page: the Markdown of its docstring, for readers and for the tests."""

from __future__ import annotations

import inspect

import msgspec

from archlint.pages.example import Example, Expectation, PageError, is_example, read_example
from archlint.pages.markdown import Fence, Section, split
from archlint.rule import Rule

__all__ = ["Example", "Expectation", "Fence", "Page", "PageError", "Section", "page", "parse"]


class Page(msgspec.Struct, frozen=True):
    """What a rule says of itself."""

    rule: str
    summary: str
    """Its first paragraph: the bad thing, in a line."""

    introduction: str
    """What stands between the summary and the first section; mostly nothing."""

    sections: tuple[Section, ...]
    """In their order, with the examples among them."""

    examples: tuple[Example, ...]
    text: str
    """The whole page as it was written."""


def page(rule: type[Rule]) -> Page:
    """The page of a rule, mostly the docstring of its module. Raises PageError for a malformed example."""
    return parse(rule.text(), rule.id)


def parse(text: str, rule: str) -> Page:
    """Read a page of the rule with this id. Raises PageError for a malformed example."""
    clean = inspect.cleandoc(text)
    opening, sections = split(clean)
    summary, _, introduction = opening.partition("\n\n")
    return Page(
        rule=rule,
        summary=" ".join(summary.removeprefix("# ").split()),
        introduction=introduction.strip(),
        sections=sections,
        examples=tuple(read_example(rule, section) for section in sections if is_example(section)),
        text=clean,
    )
