"""A badge for a readme: the share kept, as SVG."""

from __future__ import annotations

from fractions import Fraction
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from archlint.reporters.style import Style
from archlint.scoring.score import share_kept
from archlint.scoring.standing import Standing
from archlint.scoring.wording import percent

_LABEL: Final = "architecture"
_CHARACTER: Final = 6.6
"""About the width of a letter of the font; `textLength` makes it exactly that."""

_GREY: Final = "#9e9e9e"
_COLOURS: Final = (
    (Fraction(99, 100), "#2e7d32"),
    (Fraction(95, 100), "#7cb342"),
    (Fraction(85, 100), "#f9a825"),
    (Fraction(70, 100), "#ef6c00"),
)
_RED: Final = "#c62828"


def badge(standing: Standing, style: Style) -> str:
    """An image with two fields: what it speaks of, and the share of all places that is kept."""
    share = share_kept(standing.score.total)
    value = f"{percent(share)} kept" if share is not None else "nothing to score"
    left, right = _width(_LABEL), _width(value)
    title = f"{_LABEL}: {value}"
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" ',
            f"aria-label={quoteattr(title)}>\n",
            f"<title>{escape(title)}</title>\n",
            f'<clipPath id="round"><rect width="{left + right}" height="20" rx="3"/></clipPath>\n',
            f'<g clip-path="url(#round)"><rect width="{left}" height="20" fill="#455a64"/>',
            f'<rect x="{left}" width="{right}" height="20" fill="{_colour(share)}"/></g>\n',
            '<g fill="#fff" text-anchor="middle" font-family="Verdana,sans-serif" font-size="11">\n',
            _text(_LABEL, 0, left),
            _text(value, left, right),
            "</g>\n</svg>\n",
        )
    )


def _width(text: str) -> int:
    return round(len(text) * _CHARACTER) + 12


def _text(text: str, start: int, width: int) -> str:
    return f'<text x="{start + width / 2:g}" y="14" textLength="{width - 12}">{escape(text)}</text>\n'


def _colour(share: Fraction | None) -> str:
    if share is None:
        return _GREY
    return next((colour for least, colour in _COLOURS if share >= least), _RED)
