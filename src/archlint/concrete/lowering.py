"""Source for a newer Python, rewritten so that the running one can parse it.

`def f[T](x: T)`, `type A = B`, `f"{a["b"]}"`, `except A, B:` and their like become what older Pythons
call the same. Lines stay lines, and nearly always columns stay columns; names, calls and strings stay
where they are. Only the walk ever reads the result: nobody runs it.
"""

from __future__ import annotations

import re
import sys
import threading
from typing import TYPE_CHECKING, Any

from archlint.concrete import clauses, declarations
from archlint.concrete.nesting import scanned
from archlint.concrete.pieces import Pieces
from archlint.concrete.sheet import Sheet
from archlint.concrete.strings import KINDS, lower_strings
from archlint.source import encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 2_000_000
_SHALLOW = 60
"""Tokens in a chain that any stack has room for."""

_STACK = 128 * 1024 * 1024
_RECURSION = 50_000

# A form feed at the start of a line takes back the indentation before it; libcst does not keep it.
_FORM_FEED = re.compile(r"(?m)^[ \t]*\f[ \t\f]*?(?=[ \t]*(?:\S|$))")
_CONVERSION = re.compile(r"(![rsa])([ \t]+)(?=[}:])")
_LONE_RETURN = re.compile(r"\r(?!\n)")

# By the names of their nodes, so that no libcst is asked for a node it does not know yet.
_LOWERINGS: dict[str, Callable[[Any, Sheet], None]] = {
    "Annotation": clauses.lower_annotation,
    "ClassDef": declarations.lower_class,
    "ExceptHandler": clauses.lower_except,
    "ExceptStarHandler": clauses.lower_except_star,
    "FunctionDef": declarations.lower_function,
    "GeneratorExp": clauses.lower_comprehension,
    "Index": clauses.lower_index,
    "LazyImport": declarations.lower_lazy_import,
    "LazyImportFrom": declarations.lower_lazy_import,
    "ListComp": clauses.lower_comprehension,
    "SetComp": clauses.lower_comprehension,
    "StarredDictComp": clauses.lower_dict_comprehension,
    "TypeAlias": declarations.lower_alias,
}


def lower(data: bytes) -> bytes | None:
    """The same program in the words of the running Python, or None if it is no Python at all.

    What has no older words is left, so the result need not parse. Never raises.
    """
    text = _text(data) if len(data) <= _LARGEST and b"\0" not in data else None
    if text is None:
        return None
    # libcst is not sure of its places in a last line that has no end.
    ending = "" if text.endswith("\n") else "\n"
    scan = scanned(text + ending)
    if not scan.bearable:
        return None
    pieces = Pieces(scan.text, scan.lines, _lowered)
    try:
        result = _attempted(pieces.whole, scan.deepest) or _attempted(
            lambda: _lowered(scan.text), scan.deepest
        )
        return None if result is None else result.removesuffix(ending).encode(encoding_of(data))
    except ValueError:  # A surrogate, or a character that the file's encoding does not have.
        return None


def _text(data: bytes) -> str | None:
    try:
        text = data.decode(encoding_of(data))
    except Exception:  # A codec may raise what it likes, and some are no text codecs at all.
        return None
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    return _FORM_FEED.sub("", text) if "\f" in text else text


def _attempted(work: Callable[[], str], depth: int) -> str | None:
    """What comes of some work with libcst; None where it fails."""
    try:
        return work() if depth <= _SHALLOW else _on_a_large_stack(work)
    except RecursionError:
        return _on_a_large_stack(work)  # Blocks in blocks in blocks: they are not counted in the depth.
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # libcst's native part may panic, which is no Exception.
        return None


def _on_a_large_stack(work: Callable[[], str]) -> str | None:
    """Trees as deep as the scan lets pass need more stack than the main thread may have."""
    result: list[str] = []

    def attempt() -> None:
        try:
            result.append(work())
        except BaseException:  # As above.
            return

    recursion, stack = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(max(recursion, _RECURSION))
    try:
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    except (RuntimeError, MemoryError):
        return None  # No room for such a stack.
    finally:
        sys.setrecursionlimit(recursion)
        threading.stack_size(stack)
    return result[0] if result else None


def _kept(text: str, written: str) -> str:
    """A text with blanks behind `!r` before it, in the lines that libcst would write without them."""
    lines, others = text.split("\n"), written.split("\n")
    if len(lines) != len(others):
        return text
    return "\n".join(
        line if line == other else _CONVERSION.sub(r"\2\1", line)
        for line, other in zip(lines, others, strict=True)
    )


def _lowered(text: str) -> str:
    """A whole program in the words of the running Python. Raises what libcst does."""
    # Slow to import, and most files are parsed without it.
    from libcst import parse_module

    from archlint.concrete.places import places_of

    module = parse_module(text)
    if module.code != text:
        text = _kept(text, module.code)
        module = parse_module(text)
    places = places_of(module)
    sheet = Sheet(text.encode(), places)
    if sheet.span(module) != (0, len(sheet.text)):
        raise ValueError("libcst does not keep all of this text")
    strings = []
    # Nodes come as they end, so that what lies in a node precedes it.
    for node in places:
        kind = type(node).__name__
        if kind in KINDS:
            strings.append(node)
        elif kind in _LOWERINGS:
            _LOWERINGS[kind](node, sheet)
    lower_strings(strings, sheet)
    return sheet.whole().decode()
