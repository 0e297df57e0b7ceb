"""One JSON object a line for each finding, for programs that read while it is written."""

from __future__ import annotations

import json
from typing import Final

from archlint.report import Report
from archlint.reporters.json import readable, record
from archlint.reporters.surroundings import Surroundings

# Some readers end a line at these too; JSON lets them stand as they are.
_ENDS: Final = {ord(end): json.dumps(end)[1:-1] for end in "\x85\u2028\u2029"}


def render(report: Report, around: Surroundings) -> str:
    """The findings as `json` has them, each on a line of its own."""
    return "".join(f"{_line(record(finding))}\n" for finding in report.findings)


def _line(value: object) -> str:
    return readable(json.dumps(value, ensure_ascii=False)).translate(_ENDS)
