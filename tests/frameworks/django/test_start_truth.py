"""What the edge cases say of the start of Django happens in the real one."""

from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real

EDGES = Path(__file__).parents[2] / "rules"


def _of(rule, *beginnings):
    found = [one for one in examples(load(), edge_cases=EDGES) if one.rule == rule]
    return {begun: one.files for begun in beginnings for one in found if one.title.startswith(begun)}


def test_an_app_that_asks_when_it_is_ready_needs_its_tables(tmp_path):
    bad, good = "Bad: an app that asks as soon", "Good: an app that waits"
    found = real(_of("django/query-at-import", bad, good), tmp_path, "said = 'started'")
    assert found == {bad: ["OperationalError"], good: ["started"]}
