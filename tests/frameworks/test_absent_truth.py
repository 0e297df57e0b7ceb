"""What is told of as absent is absent from the frameworks that are installed."""

from __future__ import annotations

from importlib import import_module

import pytest

from archlint.frameworks.absent import ABSENT


@pytest.mark.parametrize("name", sorted(ABSENT))
def test_it_is_not_there(name: str) -> None:
    owner, _, attribute = name.rpartition(".")
    module, _, cls = owner.rpartition(".")
    assert not hasattr(getattr(import_module(module), cls), attribute)
