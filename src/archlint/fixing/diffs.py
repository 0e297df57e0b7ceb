"""What a pass would change, as a unified diff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import unified_diff

from archlint.fixing.mending import Rewritten
from archlint.source import Text

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def diff(files: Mapping[str, Rewritten]) -> str:
    """The diff of all files, as `patch` and `git apply` read it."""
    return "".join(line for path in sorted(files) for line in _lines(path, files[path]))


def _lines(path: str, file: Rewritten) -> Iterator[str]:
    old, new = (_LINE.findall(Text.decode(data).text) for data in (file.old, file.new))
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
