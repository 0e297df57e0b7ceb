"""Type parameters and type aliases as they are nearly always written, lowered without a tree.

libcst takes a millisecond and more for a definition, and most new syntax is `def first[T](items: list[T])`:
brackets on one line, right behind the name. What is written otherwise is left to the tree. The outcome is
the same.
"""

from __future__ import annotations

import re

from archlint.concrete.sheet import accepts

_PLAIN = r"[^\]\[\n'\"#\\]*"
_BRACKETS = rf"\[(?=[ -~]*\]){_PLAIN}(?:\[{_PLAIN}(?:\[{_PLAIN}\]{_PLAIN})*\]{_PLAIN})*\]"
_FUNCTION = re.compile(rf"[ \t]*(?:async[ \t]+)?def[ \t]+\w+({_BRACKETS})(\()")
_CLASS = re.compile(rf"[ \t]*class[ \t]+\w+({_BRACKETS})(\(?)")
_ALIAS = re.compile(rf"[ \t]*(type[ \t]+([A-Za-z0-9_]+)({_BRACKETS})?)[ \t]*=(?!=)")
_NO_PARAMETER = re.compile(r"/|\*\s*(?:,|$)|\*\s*\w+\s*[:=]")
"""What parameters of functions may be and those of types may not."""


def lowered_head(text: str, at: int) -> str | None:
    """A text in which the head of the statement that starts at an offset is in older words.

    None where there is nothing to do, or it takes a closer look.
    """
    found = _FUNCTION.match(text, at) or _CLASS.match(text, at)
    if found and _are_parameters(found[1]):
        before = found[1] + found[2]
        after = "(".ljust(len(before)) if found[2] else "(".ljust(len(before) - 1) + ")"
        return text[: found.start(1)] + after + text[found.end(2) :]
    found = _ALIAS.match(text, at)
    if found and (found[3] is None or _are_parameters(found[3])):
        return text[: found.start(1)] + found[2].ljust(len(found[1])) + text[found.end(1) :]
    return None


def _are_parameters(brackets: str) -> bool:
    """Whether the running Python takes what stands in brackets for parameters, of a function at least."""
    inside = brackets[1:-1]
    is_sound = bool(inside.strip()) and not _NO_PARAMETER.search(inside)
    return is_sound and accepts(f"def _({inside}): 0".encode())
