"""A project folder to write configuration files into, and the way to load them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archlint.config.loading import load
from archlint.config.model import Config
from archlint.errors import ConfigError

from .sample import CARDS, PACKS


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file below the temporary folder."""

    def write(text: str, name: str = "archlint.toml") -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def config(tmp_path: Path, write) -> Callable[..., Config]:
    """The configuration that a text makes, at the temporary folder or the root below it."""

    def config(text: str, name: str = "archlint.toml", root: str = ".") -> Config:
        return load(write(text, name), tmp_path / root, CARDS, PACKS)

    return config


@pytest.fixture
def mistakes(config) -> Callable[..., list[str]]:
    """The mistakes of a text as they are printed."""

    def mistakes(text: str, name: str = "archlint.toml") -> list[str]:
        with pytest.raises(ConfigError) as caught:
            config(text, name)
        return str(caught.value).splitlines()

    return mistakes
