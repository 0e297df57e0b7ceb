"""Runs the shell steps of a composite action, as far as a test needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from .places import ROOT

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


def step(name: str) -> dict[str, Any]:
    (found,) = (each for each in action()["runs"]["steps"] if each["name"] == name)
    return dict(found)


@dataclass(frozen=True)
class Ran:
    status: int
    text: str
    outputs: str


def run(name: str, given: Mapping[str, str], folder: Path, scratch: Path) -> Ran:
    """Run a step in a folder; `given` has the value of each expression that its environment uses."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("the action's steps are written for bash, which GitHub's machines all have")
    found = step(name)
    env = {key: _EXPRESSION.sub(lambda each: given[each[1]], value) for key, value in found["env"].items()}
    outputs = scratch / "outputs"
    outputs.write_text("")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
    # As the runner calls it: `shell: bash` in a composite action.
    done = subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
        cwd=folder,
        env={**kept, **env, "GITHUB_OUTPUT": str(outputs), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    return Ran(done.returncode, done.stdout + done.stderr, outputs.read_text())
