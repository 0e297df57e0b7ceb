"""What an examination looks like."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from msgspec.structs import replace

from archlint import __version__
from archlint.finding import Severity
from archlint.health.sign import Examination, Section, Sign, State
from archlint.reporters.json import dump
from archlint.reporters.style import Style
from archlint.reporters.summary import counted
from archlint.reporters.text import plain

VERSION: Final = 1
"""Raised when a reader of the last version could misread the next."""

_ALIKE: Final = 3
"""How many signs with the same name and the same hint are shown one by one."""

_MARKS: Final = {State.GOOD: " ", State.ADVICE: "-", State.AMISS: "!"}
_SEVERITIES: Final = {State.ADVICE: Severity.WARNING, State.AMISS: Severity.ERROR}


def text(examination: Examination, style: Style) -> str:
    """Sections for a terminal; what is amiss is marked `!`, what could be better `-`."""
    blocks = ["".join(f"{line}\n" for line in _section(each, style)) for each in examination.sections]
    return "\n".join([*blocks, f"{_sum(examination, style)}\n"])


def as_json(examination: Examination) -> str:
    """One JSON object, versioned as the report is."""
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "archlint", "version": __version__},
            "sound": examination.is_sound,
            "amiss": len(list(examination.having(State.AMISS))),
            "advice": len(list(examination.having(State.ADVICE))),
            "sections": [
                {"title": section.title, "signs": [_sign(each) for each in section.signs]}
                for section in examination.sections
            ],
        }
    )


def _sign(sign: Sign) -> dict[str, Any]:
    return {"name": sign.name, "text": sign.text, "state": sign.state.value, "hint": sign.hint}


def _section(section: Section, style: Style) -> Iterator[str]:
    yield style.strong(section.title)
    signs = list(_shortened(section.signs))
    width = max(len(plain(sign.name)) for sign in signs)
    for sign, following in zip(signs, [*signs[1:], None], strict=True):
        mark = _MARKS[sign.state]
        if sign.state in _SEVERITIES:
            mark = style.severity(_SEVERITIES[sign.state], mark)
        yield f"{mark} {plain(sign.name):<{width}}  {plain(sign.text)}"
        if sign.hint and (following is None or following.hint != sign.hint):
            yield f"  {'':<{width}}  = hint: {sign.hint}"


def _shortened(signs: tuple[Sign, ...]) -> Iterator[Sign]:
    """The signs, but of many alike only the first ones and how many there are more."""
    for name, alike in groupby(signs, key=lambda sign: (sign.name, sign.state, sign.hint)):
        shown = list(alike)
        yield from shown[:_ALIKE]
        if len(shown) > _ALIKE:
            yield replace(shown[0], name=name[0], text=f"… and {len(shown) - _ALIKE:,} more")


def _sum(examination: Examination, style: Style) -> str:
    amiss, advice = (len(list(examination.having(state))) for state in (State.AMISS, State.ADVICE))
    more = f"; {counted(advice, 'suggestion')}" if advice else ""
    if not amiss:
        return f"{style.good('All is well')}{more}."
    return f"{style.severity(Severity.ERROR, counted(amiss, 'problem'))} found{more}."
