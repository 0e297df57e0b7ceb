"""Texts of a request, and what it keeps them in."""

from __future__ import annotations

from typing import ClassVar, Final

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import NONE, Arguments, Constant, Items, Many, Value, alternatives, joined

_MAKING_TEXT: Final = frozenset(
    {
        *("capitalize", "casefold", "lower", "lstrip", "removeprefix", "removesuffix", "replace", "rstrip"),
        *("strip", "title", "upper"),
    }
)
_MAKING_TEXTS: Final = frozenset({"rsplit", "split", "splitlines"})
_CONVERTING: Final = 2
"""Where `get(name, default, type)` takes what makes something else of a text."""

QUERY: Final = "the query string"
HEADERS: Final = "the headers"
COOKIES: Final = "the cookies"
FORM: Final = "the form"


class SentText(Behaviour, frozen=True):
    """A text that a client has sent."""

    may_be_empty: ClassVar[bool] = True
    is_raw: ClassVar[bool] = True

    source: str
    """Where it stands, in words."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What methods of texts make of it, as far as that is text again."""
        if name in _MAKING_TEXT:
            return self
        if name in _MAKING_TEXTS:
            return Many(self)
        return Items("tuple", (self, self, self)) if name in ("partition", "rpartition") else UNKNOWN

    def item(self, index: Value, site: Site) -> Value:
        """A part of it."""
        return self


class SentTexts(Behaviour, frozen=True):
    """The query string, the headers and their like: texts by names."""

    is_noted: ClassVar[bool] = False

    source: str
    is_list: bool = False
    """Whether there is a list of texts under each name."""

    def item(self, index: Value, site: Site) -> Value:
        """The text under a name, which has to be there."""
        return Many(SentText(self.source)) if self.is_list else SentText(self.source)

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("get", "getall", "getlist")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The text under a name, or what is passed instead; something else where `type` says what."""
        if name in ("getall", "getlist"):
            return Many(SentText(self.source))
        if name != "get" or arguments.is_open or arguments.get("type", _CONVERTING) is not None:
            return UNKNOWN
        return joined(SentText(self.source), arguments.get("default", 1) or NONE)


class SentTextGetter(Behaviour, frozen=True):
    """A method of a request that gives the text under a name: `self.get_argument("page", 1)`."""

    is_noted: ClassVar[bool] = False

    source: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The text, or what is passed instead."""
        return SentTexts(self.source).method("get", arguments, site)


def source_of(value: Value) -> str:
    """Where a text of a request comes from, or else what is written down for its place; empty for others."""
    options = alternatives(value)
    if not all(isinstance(each, (Constant, SentText)) for each in options):
        return ""
    return next((each.source for each in options if isinstance(each, SentText)), "")
