"""One JSON object a line for each finding, for programs that read while it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from archlint.report import Report
from archlint.reporters import changes, lapsed
from archlint.reporters.json import readable, record
from archlint.reporters.surroundings import Surroundings

# Some readers end a line at these too; JSON lets them stand as they are.
_ENDS: Final = {ord(end): json.dumps(end)[1:-1] for end in "\x85\u2028\u2029"}


def render(report: Report, around: Surroundings) -> str:
    """The findings as `json` has them, each on a line of its own, and what else there is to tell."""
    told = [*map(record, report.findings), *_besides(report)]
    return "".join(f"{_line(each)}\n" for each in told)


def _besides(report: Report) -> Iterator[dict[str, Any]]:
    """Lines of another shape, known by their only key. Where nothing is to be told, there are none."""
    if report.stale or report.expired:
        yield {"baseline": lapsed.record(report)}
    if report.delta is not None and not report.delta.is_empty:
        yield {"change": changes.record(report.delta)}


def _line(value: object) -> str:
    return readable(json.dumps(value, ensure_ascii=False)).translate(_ENDS)
