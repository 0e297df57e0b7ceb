"""Plain words inside Markdown: shown as they are, whatever signs are in them."""

from __future__ import annotations

import re
from typing import Final

from archlint.reporters.text import plain

_CODE: Final = re.compile(r"(`[^`]+`)")
_SIGNS: Final = {
    **{ord(sign): f"\\{sign}" for sign in r"\`*_[]|~!#"},
    **{ord(sign): f"&#{ord(sign)};" for sign in "<>&"},
    # Otherwise a word after it would call somebody of that name.
    ord("@"): "@<!-- -->",
}


def words(text: str) -> str:
    """A message on one line; what it sets in backquotes stays code."""
    parts = _CODE.split(plain(text))
    return "".join(part if at % 2 else part.translate(_SIGNS) for at, part in enumerate(parts))


def code(text: str) -> str:
    """A name or path as code."""
    shown = plain(text)
    return f"`{shown}`" if "`" not in shown else f"`` {shown} ``"


def linked(text: str, address: str) -> str:
    """Markdown that leads somewhere, if there is somewhere to lead to."""
    return f"[{text}]({address})" if address else text
