"""Patterns with many wildcards, matched in a time that no pattern and no path can blow up.

As regular expressions they would try every way to share a path out among the wildcards: a hostile
`.gitignore` could keep the walk busy for ever.
"""

from __future__ import annotations

import re

import msgspec

_ANY_FOLDERS = None
"""What stands for `**` among the segments of a pattern."""

_NOTHING = re.compile(r"(?!)")
_TOKEN = re.compile(  # a set is over soon, or none: else many `[` would each look at all that follows
    r"(?s:\\(?P<escaped>.)|(?P<star>\*+)|(?P<one>\?)|(?P<set>\[[!^]?\]?(?:\\.|[^\]\\]){0,1000}\])|(?P<plain>.))"
)


class Glob(msgspec.Struct, frozen=True):
    """One pattern of a `.gitignore`, as seen from the folder of that file."""

    segments: tuple[re.Pattern[str] | None, ...]

    @classmethod
    def of(cls, body: str) -> Glob:
        """The glob of a pattern without `!` and without slashes at its ends. Raises `re.error`."""
        segments = tuple(
            _ANY_FOLDERS if segment == "**" else re.compile(_translated(segment))
            for segment in body.split("/")
        )
        # At its end `**` is all that lies below, and at least something.
        return cls((*segments, re.compile("")) if segments[-1] is _ANY_FOLDERS else segments)

    def matches(self, path: str) -> bool:
        """Whether the whole of a path matches: its last `**` alone ever has to be tried again."""
        names = path.split("/")
        at = met = 0
        again: tuple[int, int] | None = None
        while met < len(names):
            segment = self.segments[at] if at < len(self.segments) else _NOTHING
            if segment is _ANY_FOLDERS:
                at += 1
                again = (at, met)
            elif segment.match(names[met]):
                at, met = at + 1, met + 1
            elif again is None:
                return False
            else:
                at, met = again = (again[0], again[1] + 1)
        return at == len(self.segments)


def _translated(segment: str) -> str:
    """A segment as a regular expression that takes the first fit for every wildcard but the last."""
    fixed = [""]
    for token in _TOKEN.finditer(segment):
        if token["star"]:
            fixed.append("")
        elif token["set"]:
            fixed[-1] += _set(token["set"][1:-1])
        else:
            fixed[-1] += "." if token["one"] else re.escape(token["escaped"] or token["plain"])
    if len(fixed) == 1:
        return rf"(?s:{fixed[0]})\Z"
    first, *between, last = fixed
    # A group looked for ahead and then repeated is not entered again: Python 3.10 has no atomic ones.
    fits = (rf"(?=(?P<fit{n}>.*?{part}))(?P=fit{n})" for n, part in enumerate(between))
    return rf"(?s:{first}{''.join(fits)}.*{last})\Z"


def _set(inside: str) -> str:
    negation = "^" if inside[:1] in ("!", "^") else ""
    members = inside[len(negation) :]
    # Within brackets Python wants these escaped, at least for its days to come.
    return f"[{negation}" + re.sub(r"(?<!\\)[\[\]&~|]|--", r"\\\g<0>", members) + "]"
