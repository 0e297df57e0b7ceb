"""Texts of which only the beginning is known: the address of a database, up to its host or its file."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Value

_TELLING = "://"
"""What a beginning holds that says something by itself: all others are not worth to be followed."""

_SAME = frozenset({"rstrip", "strip", "render_as_string", "unicode_string"})
_GAPS = {"%": "%", "format": "{"}
"""What stands where something is filled in, for each way to do so."""


class Beginning(Behaviour, frozen=True):
    """A text that begins so, whatever follows."""

    is_noted = False

    text: str
    is_whole: bool = False
    """This is all of it, where no environment says otherwise."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The same text, or with another word in it."""
        return filled_in(self, name, arguments)


def begun(parts: Iterable[Value]) -> Value:
    """What is known of texts one after the other; UNKNOWN where that says nothing."""
    text = ""
    for part in parts:
        text += _text(part) or ""
        if not isinstance(part, Constant) and not (isinstance(part, Beginning) and part.is_whole):
            break
    return Beginning(text) if _TELLING in text else UNKNOWN


def filled_in(of: Value, way: str, arguments: Arguments) -> Value:
    """`"sqlite:///%s" % name`, `"sqlite:///{}".format(name)`, `url.replace("sqlite", "sqlite+aiosqlite")`."""
    text = _text(of)
    if text is None or _TELLING not in text:
        return UNKNOWN
    if way in _GAPS:
        return begun((Constant(text.partition(_GAPS[way])[0]), UNKNOWN))
    if way == "replace":
        old, new = map(_text, (*arguments.positional[:2], UNKNOWN, UNKNOWN)[:2])
        return UNKNOWN if old is None or new is None else _as(of, text.replace(old, new))
    return of if way in _SAME else UNKNOWN


def _as(of: Value, text: str) -> Value:
    return Beginning(text, of.is_whole) if isinstance(of, Beginning) else Constant(text)


def _text(of: Value) -> str | None:
    if isinstance(of, Beginning):
        return of.text
    return of.value if isinstance(of, Constant) and isinstance(of.value, str) else None
