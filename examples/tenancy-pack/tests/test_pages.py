"""The examples in the pages keep their word."""

import pytest
from archlint.registry import load
from archlint.testing import check_example, examples

REGISTRY = load()


@pytest.mark.parametrize("example", examples(REGISTRY, "tenancy"), ids=str)
def test_example(example):
    assert check_example(example, REGISTRY) == []
