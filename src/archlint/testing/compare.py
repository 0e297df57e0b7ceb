"""What an example promises against what a run found."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.finding import Finding
from archlint.pages import Example, Expectation


def mismatches(example: Example, findings: Iterable[Finding]) -> list[str]:
    """A line for each expectation that was not met and each finding that was not expected."""
    unexpected = list(findings)
    missing = []
    for expectation in example.expectations:
        met = next((each for each in unexpected if _meets(each, expectation)), None)
        if met is None:
            missing.append(expectation)
        else:
            unexpected.remove(met)
    return [f"expected {each}" for each in missing] + [f"unexpected {_line(each)}" for each in unexpected]


def _meets(finding: Finding, expectation: Expectation) -> bool:
    return (
        finding.rule == expectation.rule
        and finding.severity is expectation.severity
        and finding.location.path == expectation.path
        and finding.location.line == expectation.line
        and expectation.message in finding.message
    )


def _line(finding: Finding) -> str:
    place = finding.location
    severity = finding.severity.value
    return f'{place.path}:{place.line}: {severity}: [{finding.rule}] "{finding.message}"'
