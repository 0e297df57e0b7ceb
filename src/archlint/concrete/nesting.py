"""What may be handed to a recursive parser, found without recursion.

The native parser follows its input down the machine's stack, and a text that nests deeply enough would
end the process. So brackets and the length of chains (`a + b + c`, `a.b.c`, `--a`) are counted first, by
a scan that knows the tokens of the newest Python and nothing more. On its way it meets what no Python
will ever be: templates of Python files, which are not worth parsing. And it learns where statements start.
"""

from __future__ import annotations

import re

_MOST_FRAMES = 200
"""Brackets and f-strings within one another: as many as Python itself takes."""

_MOST_TOKENS = 2_000
"""In one chain, with those of the chains around it."""

_CODE = re.compile(
    r"""(?P<skip>(?:[ \t\f]|\\\r?\n|\#[^\r\n]*)+)
    |(?P<formatted>(?:[fFtT][rR]?|[rR][fFtT])(?:'''|\"""|'|"))
    |(?P<plain>(?:[bBuU]|[rR][bB]?|[bB][rR])?(?:'''|\"""|'|"))
    |(?P<impossible>\{%|\b(?:from|import|class|def)[ \t]+\{)
    |(?P<elif>\belif\b)
    |(?P<token>\w+)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<comma>,)
    |(?P<line>[\r\n;]+)
    |(?P<colon>:)
    |(?P<operator>.)""",
    re.VERBOSE,
)
_ENDS = {quote: re.compile(rf"(?s:\\.)|{quote}") for quote in ("'''", '"""')}
_ENDS |= {quote: re.compile(rf"(?s:\\.)|[\r\n]|{quote}") for quote in ("'", '"')}
_TEXTS = {quote: re.compile(rf"\\N\{{[^}}]*\}}|\\[^{{}}]|\{{\{{|\{{|{quote}") for quote in _ENDS}
_FORMAT = ":"
_TEXTS[_FORMAT] = re.compile(r"[{}]")
_FIELD = "{"
_BRACKET = "("


def bearable(text: str) -> bool:
    """Whether a text may be parsed: it is no template, and nests no deeper than programs do."""
    return scanned(text).bearable


def scanned(text: str) -> Scan:
    """A scan that has come to the end of a text, or to what makes it unbearable."""
    scan = Scan(text)
    while scan.at < len(text) and scan.bearable:
        scan.step()
    return scan


class Scan:
    """A position in a text, and the frames it lies in: brackets, f-strings, their fields and formats."""

    __slots__ = ("at", "bearable", "counts", "deepest", "elifs", "frames", "lines", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.bearable = True
        self.deepest = 0
        """The most tokens in one chain with those around it."""

        self.lines = [0]
        """Where logical lines start, with their indentation, and lines that hold nothing but a comment."""

        self.frames = [_BRACKET]
        self.counts = [0]
        self.tokens = 0
        self.elifs = 0

    def step(self) -> None:
        """Go behind the next token."""
        frame = self.frames[-1]
        if frame in _TEXTS:
            self._literal(frame)
            return
        found = _CODE.match(self.text, self.at)
        if found is None:
            self.at += 1
            return
        self.at = found.end()
        self._code(found.lastgroup or "", found[0], frame)

    def _code(self, kind: str, token: str, frame: str) -> None:
        if kind == "skip":
            return
        if kind == "comma" or (kind == "line" and len(self.frames) == 1):
            self._count(-self.counts[-1])
            if token[-1] in "\r\n":
                self.lines.append(self.at)
        elif kind == "close":
            self._close()
        elif kind == "colon" and frame == _FIELD:
            self._open(_FORMAT)
        elif kind == "impossible":
            self.bearable = False
        elif kind != "line":
            self._count(1)
            self._enter(kind, token)

    def _enter(self, kind: str, token: str) -> None:
        if kind == "open":
            self._open(_BRACKET)
        elif kind == "formatted":
            self._open(token.lstrip("fFtTrR"))
        elif kind == "plain":
            self._skip_string(token.lstrip("bBuUrR"))
        elif kind == "elif":
            self.elifs += 1
            self.bearable = self.elifs < _MOST_TOKENS

    def _literal(self, frame: str) -> None:
        found = _TEXTS[frame].search(self.text, self.at)
        if found is None:
            self.at = len(self.text)
            return
        self.at = found.end()
        if found[0] == "{":
            self._open(_FIELD)
        elif found[0] == frame:
            self._close()
        elif found[0] == "}":
            self._close()  # The format, and with it the field.
            self._close()

    def _skip_string(self, quote: str) -> None:
        for found in _ENDS[quote].finditer(self.text, self.at):
            if found[0][0] != "\\":
                self.at = found.end()
                return
        self.at = len(self.text)

    def _open(self, frame: str) -> None:
        self.frames.append(frame)
        self.counts.append(0)
        self.bearable = self.bearable and len(self.frames) <= _MOST_FRAMES

    def _close(self) -> None:
        if len(self.frames) > 1:
            self.frames.pop()
            self.tokens -= self.counts.pop()

    def _count(self, change: int) -> None:
        self.counts[-1] += change
        self.tokens += change
        self.deepest = max(self.deepest, self.tokens)
        self.bearable = self.bearable and self.tokens <= _MOST_TOKENS
