"""Parsing files of any Python, newer than the running one included."""

from __future__ import annotations

import sys

from archlint import source
from archlint.source import Tree, Unparsable


def parse(data: bytes) -> Tree:
    """The tree of a file; what is newer than the running Python is in it in older words.

    Raises:
        Unparsable: if it is no Python, or has no older words; only of the latter is the running
            Python's age to blame, and the message says so.
    """
    try:
        return source.parse(data)
    except Unparsable as error:
        problem = error
    # Needed for few files, and libcst takes its time to import.
    from archlint.concrete.lowering import lower

    lowered = lower(data)
    if lowered is None:
        raise problem
    try:
        return source.parse(lowered)
    except Unparsable:
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        message = f"{problem.message} (archlint runs on Python {python} here)"
        raise Unparsable(message, problem.line, problem.column) from problem
