"""The applications in `examples/` bring about what their `expected.txt` says, to the letter.

After a change that is meant, write them anew with `just expected`.
"""

from pathlib import Path

import pytest

from archlint import engine
from archlint.config.loading import load as load_config
from archlint.config.lookup import find
from archlint.registry import load
from archlint.report import Report
from archlint.reporters import Surroundings, reporter

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = sorted(file.parent.name for file in EXAMPLES.glob("*/expected.txt"))


def lint(root: Path) -> Report:
    registry = load()
    found = load_config(find(root), root, registry.rules, registry.packs)
    return engine.run(found, registry)


def test_there_are_examples() -> None:
    assert {"bookshop", "helpdesk"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_and_its_expected_output(name: str) -> None:
    root = EXAMPLES / name
    report = lint(root)
    output = reporter("concise")(report, Surroundings())
    assert output == (root / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_has_a_hint_and_no_rule_fails(name: str) -> None:
    report = lint(EXAMPLES / name)
    assert report.findings
    assert all(finding.hint for finding in report.findings)
    assert report.failures == ()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_unknown(name: str) -> None:
    assert {
        rule: tally.unknown for rule, tally in lint(EXAMPLES / name).tallies.items() if tally.unknown
    } == {}
