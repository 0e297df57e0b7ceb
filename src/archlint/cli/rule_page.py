"""The page of a rule in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archlint.config.docs import option_docs
from archlint.config.options import options_of
from archlint.pages import page
from archlint.reporters.links import link
from archlint.reporters.style import Style
from archlint.rule import Rule

_INDENT: Final = "    "
_FENCE: Final = re.compile(r"(?P<ticks>`{3,})[\w+-]*\s*")
_CODE: Final = re.compile(r"`([^`]+)`")


def tell_rule(rule: type[Rule], style: Style) -> str:
    """The rule's id, its page, its options, and where to read it on the web, if it is there."""
    severity = style.severity(rule.severity, rule.severity.value)
    running = "runs with its pack" if rule.recommended else "runs where it is configured"
    address = link(rule.id)
    return "\n".join(
        [
            f"{style.strong(rule.id)} ({severity}, since {rule.since}, {running})",
            "",
            *_shown(page(rule).text, style),
            *_options(rule, style),
            "",
            *([address, ""] if address else []),
        ]
    )


def _shown(markdown: str, style: Style) -> Iterator[str]:
    """Markdown without its marks: headings stand out, blocks of code are set in."""
    closing = ""
    for line in markdown.splitlines():
        fence = _FENCE.fullmatch(line)
        if closing and line.rstrip() == closing:
            closing = ""
        elif closing:
            yield f"{_INDENT}{style.code(line)}" if line.strip() else ""
        elif fence:
            closing = fence["ticks"]
        elif line.startswith("#"):
            yield style.strong(line.lstrip("#").strip())
        else:
            yield _prose(line, style)


def _prose(line: str, style: Style) -> str:
    # Without colours the backticks are all that tells code from words.
    return _CODE.sub(lambda code: style.code(code[1]), line) if style.enabled else line


def _options(rule: type[Rule], style: Style) -> Iterator[str]:
    options = options_of(rule, option_docs(rule))
    if not options:
        return
    yield ""
    yield style.strong("Options")
    for name, key in options.items():
        default = "required" if key.is_required else f"default: {_toml(key.default)}"
        yield ""
        yield f"{_INDENT}{style.code(name)}: {key.kind.words} ({default})"
        yield from (f"{_INDENT * 2}{_prose(line, style)}" for line in key.doc.splitlines())


def _toml(value: object) -> str:
    import json

    return "none" if value is None else json.dumps(value, ensure_ascii=False)
