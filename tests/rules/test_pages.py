"""Every example of every rule's page and of the edge cases beside this file keeps its word."""

from pathlib import Path

import pytest

from archlint.pages import Example
from archlint.registry import load
from archlint.testing import check_example, examples

REGISTRY = load()


@pytest.mark.parametrize("example", examples(REGISTRY, edge_cases=Path(__file__).parent), ids=str)
def test_example(example: Example) -> None:
    assert check_example(example, REGISTRY) == []
