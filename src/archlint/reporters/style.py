"""Colours, or none. Reporters say what a piece of text is; only this module knows how it looks."""

from __future__ import annotations

import msgspec

from archlint.finding import Severity


class Style(msgspec.Struct, frozen=True):
    """How text is shown on a stream. Disabled, every method gives the text back as it is."""

    enabled: bool = False

    def severity(self, severity: Severity, text: str) -> str:
        """A word or mark that says how bad a finding is."""
        colours = {Severity.ERROR: "RED", Severity.WARNING: "YELLOW", Severity.NOTE: "BLUE"}
        return self._paint(text, colours[severity], bright=True)

    def strong(self, text: str) -> str:
        """What the eye should find first: a path, a heading."""
        return self._paint(text, bright=True)

    def faint(self, text: str) -> str:
        """What frames the rest: line numbers, rules drawn in the margin."""
        return self._paint(text, "LIGHTBLACK_EX")

    def code(self, text: str) -> str:
        """A piece of code or configuration."""
        return self._paint(text, "CYAN")

    def good(self, text: str) -> str:
        """That all is well."""
        return self._paint(text, "GREEN", bright=True)

    def _paint(self, text: str, colour: str = "", *, bright: bool = False) -> str:
        if not (self.enabled and text):
            return text
        from colorama import Fore
        from colorama import Style as Weight

        codes = (Weight.BRIGHT if bright else "") + (getattr(Fore, colour) if colour else "")
        return f"{codes}{text}{Weight.RESET_ALL}"


PLAIN = Style()
