"""Runs the examples of rule pages, for archlint's own tests and for those of any other pack.

registry = load()

@pytest.mark.parametrize("example", examples(registry, "acme"), ids=str)
def test_example(example):
    assert check_example(example, registry) == []
"""

from __future__ import annotations

from archlint.testing.collect import examples
from archlint.testing.compare import mismatches
from archlint.testing.run import check_example

__all__ = ["check_example", "examples", "mismatches"]
