"""URLs of databases as SQLAlchemy has them."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.builtins.beginnings import Beginning
from archlint.project.flow.values import Arguments, Constant, Value, alternatives


class Url(Beginning, frozen=True):
    """A URL, of which the dialect and driver are enough."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """The same URL, or with another driver."""
        if name == "set":
            driver = arguments.get("drivername")
            return self if driver is None and not arguments.is_open else _with_driver(driver)
        return Beginning.method(self, name, arguments, site)


class UrlMaker(Behaviour, frozen=True):
    """`URL.create`, `PostgresDsn.build`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A URL."""
        return _with_driver(arguments.get("drivername", 0) or arguments.get("scheme"))


class UrlParser(Behaviour, frozen=True):
    """`make_url`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The URL that a text is."""
        text = text_of(arguments.get("name_or_url", 0))
        return Url(text) if text else UNKNOWN


def text_of(value: Value | None) -> str:
    """The text that a value is, as far as it is known and no environment says otherwise."""
    texts = [_text(option) for option in alternatives(value)] if value is not None else []
    known = [text for text in texts if text]
    return known[0] if len(known) == 1 else ""


def _with_driver(name: Value | None) -> Value:
    return Url(f"{_text(name)}://") if name is not None and _text(name) else UNKNOWN


def _text(value: Value) -> str:
    if isinstance(value, Beginning):
        return value.text
    return value.value if isinstance(value, Constant) and isinstance(value.value, str) else ""
