"""The grammar of a suppression inside one comment.

    # archlint: ignore[pack/rule, other/*] -- reason
    # archlint: ignore-file[pack/rule] -- reason, expires: 2027-01-31

Without brackets every rule is meant. A second comment sign may follow instead of the reason. The day on
which a suppression expires, its last, stands anywhere in the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from archlint.day import is_day
from archlint.nearness import nearest

IGNORE: Final = "ignore"
IGNORE_FILE: Final = "ignore-file"

# The sign stands at the start or after a space: a comment may quote one without being one.
_START: Final = re.compile(r"(?:^|(?<=\s))#\s*archlint:\s*")
_BODY: Final = re.compile(r"(?P<verb>[\w-]*)\s*(?:\[(?P<names>[^\]]*)\])?\s*(?P<rest>.*)", re.DOTALL)
_EXPIRES: Final = re.compile(
    r"\(?\bexpires\b(?:\s*[:=]\s*|\s+(?:on\s+)?(?=\d{4}-))(?P<day>[^\s,;()]*)\)?", re.IGNORECASE
)
_NAME: Final = re.compile(r"[^\s,](?:[^,]*[^\s,])?")


class Pragma(msgspec.Struct, frozen=True):
    """What one suppression says. Offsets count characters from the start of the comment."""

    start: int
    end: int
    verb: str = ""
    names: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    expires: str = ""
    fault: str = ""


def pragmas(comment: str) -> Iterator[Pragma]:
    """Every suppression in a comment, well-formed or not."""
    starts = list(_START.finditer(comment))
    ends = [start.start() for start in starts[1:]] + [len(comment)]
    for start, end in zip(starts, ends, strict=False):
        yield _read(comment[start.end() : end].rstrip(), start.start(), start.end())


def _read(text: str, start: int, offset: int) -> Pragma:
    body = _BODY.match(text)
    assert body is not None  # every part of the pattern may be empty
    verb, rest = body["verb"], body["rest"]
    end = offset + len(text)
    if verb not in (IGNORE, IGNORE_FILE):
        return Pragma(start, end, fault=_unknown_verb(verb))
    if rest.startswith("["):
        return Pragma(start, end, fault="the bracket after `" + verb + "` is not closed")
    if rest and not rest.startswith(("--", "#")):
        return Pragma(start, end, fault="a reason starts with `--`")
    names = _names(body["names"] or "", offset + body.start("names"))
    if body["names"] is not None and not names:
        return Pragma(start, end, fault="the brackets name no rule")
    reason, expires = _divided(rest[2:]) if rest.startswith("--") else ("", None)
    if expires is not None and not is_day(expires):
        return Pragma(start, end, fault=f"`{expires}` is not a date, write `expires: 2027-01-31`")
    return Pragma(
        start, offset + len(text[: body.start("rest")].rstrip()), verb, names, reason, expires or ""
    )


def _divided(text: str) -> tuple[str, str | None]:
    """The reason, and the day it names as its last, if any."""
    found = _EXPIRES.search(text)
    if found is None:
        return text.strip(), None
    parts = (text[: found.start()].strip(" \t,;"), text[found.end() :].strip(" \t,;"))
    return " ".join(part for part in parts if part), found["day"].rstrip(".")


def _names(text: str, offset: int) -> tuple[tuple[str, int], ...]:
    return tuple((name[0], offset + name.start()) for name in _NAME.finditer(text))


def _unknown_verb(verb: str) -> str:
    if not verb:
        return "`archlint:` asks for nothing"
    near = nearest(verb, (IGNORE, IGNORE_FILE))
    return f"`{verb}` is not known" + (f", did you mean `{near}`?" if near else "")
