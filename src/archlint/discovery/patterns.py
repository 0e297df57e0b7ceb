"""The lines of one ignore file, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from archlint.discovery.globs import Glob

_SPECIAL = re.compile(r"[*?\[\\]")

# What git and pathspec differ in: pathspec also matches whatever lies below a match, and marks that
# part with this group. The walk asks for every folder on the way, so only a match of the path itself
# counts here.
_BELOW = "ps_d"


class _Pattern(msgspec.Struct, frozen=True):
    """One line: what it matches, and whether that is ignored or taken back with `!`."""

    body: str
    regex: re.Pattern[str]
    ignores: bool
    of_name: bool
    of_folders: bool
    glob: Glob | None
    """What to ask instead of the expression, which would take too long."""

    def matches(self, path: str, name: str, is_folder: bool) -> bool:
        if self.of_folders and not is_folder:
            return False
        subject = name if self.of_name else path
        if self.glob is not None:
            return self.glob.matches(subject)
        if self.of_folders:
            subject += "/"
        found = self.regex.search(subject)
        if found is None:
            return False
        return _BELOW not in self.regex.groupindex or found.start(_BELOW) in (-1, len(subject) - 1)


class Patterns:
    """Tells of a path whether these lines ignore it. The last line that matches decides."""

    __slots__ = ("_beginnings", "_endings", "_names", "_paths", "_patterns", "_wild")

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = tuple(_compile(lines))[::-1]
        names, paths = [p for p in self._patterns if p.of_name], [p for p in self._patterns if not p.of_name]
        starred = [p for p in names if _SPECIAL.search(p.body)]
        # Most files match no line. These are tested in a few calls, and leave the rest to the loop.
        self._names = frozenset(p.body for p in names if not _SPECIAL.search(p.body))
        self._beginnings = tuple(_literal_head(p.body) for p in starred if _literal_head(p.body))
        self._endings = tuple(p.body[1:] for p in starred if _is_ending(p.body))
        self._paths = tuple(_literal_head(p.body) for p in paths if _literal_head(p.body))
        self._wild = tuple(
            p
            for p in (*starred, *paths)
            if not _literal_head(p.body) and not (p.of_name and _is_ending(p.body))
        )

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def decide(self, path: str, name: str, is_folder: bool) -> bool | None:
        """Whether the path is ignored (True), taken back (False), or not spoken of (None).

        The path is relative to the folder of the ignore file; the name is its last segment.
        """
        if not self._may_match(path, name, is_folder):
            return None
        for pattern in self._patterns:
            if pattern.matches(path, name, is_folder):
                return pattern.ignores
        return None

    def _may_match(self, path: str, name: str, is_folder: bool) -> bool:
        return (
            name in self._names
            or name.endswith(self._endings)
            or name.startswith(self._beginnings)
            or path.startswith(self._paths)
            or any(pattern.matches(path, name, is_folder) for pattern in self._wild)
        )


def ignore_lines(data: bytes) -> list[str]:
    """The lines of an ignore file as git reads them."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.split("\n")]


def _compile(lines: Iterable[str]) -> Iterator[_Pattern]:
    from pathspec import GitIgnoreSpec

    for line in lines:
        negated, text = line.startswith("!"), _bare(line)
        body = text.rstrip("/").removeprefix("/")
        try:
            glob = Glob.of(body) if body.count("*") > 1 else None
            compiled = list(GitIgnoreSpec.from_lines(["!" + text if negated else text]).patterns)
        except (ValueError, re.error):
            continue  # Git, too, passes over a line it cannot read.
        for pattern in compiled:
            if pattern.include is None or pattern.regex is None:
                continue  # A comment or a blank line.
            yield _Pattern(
                body=body,
                regex=pattern.regex,
                ignores=pattern.include,
                of_name="/" not in text.rstrip("/"),
                of_folders=text.endswith("/"),
                glob=glob,
            )


def _bare(line: str) -> str:
    """The pattern without its `!`, and without what does not change its meaning."""
    text = line.removeprefix("!")
    text = text if "\\" in text else text.rstrip(" ")
    if text.endswith("/**/"):
        return text + "*/"  # The same to git; pathspec takes the former for the folder above as well.
    name = text.removeprefix("**/")  # `**/x` means `x`, and a bare name is the cheaper test.
    return text if "/" in name.rstrip("/") or not name.strip("/") else name


def _literal_head(body: str) -> str:
    special = _SPECIAL.search(body)
    return body[: special.start()] if special else body


def _is_ending(body: str) -> bool:
    return body.startswith("*") and not _SPECIAL.search(body, 1)
