"""Projects of a few inline files, read by the real engine."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.project import Project

MakeProject = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    def make(files: dict[str, str], **config: Any) -> Project:
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text), encoding="utf-8")
        return open_project(Config(root=tmp_path, **config))

    return make
