"""The files that GitHub and GitLab show, written by the commands of the action and of the template."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .composite import run, step
from .places import BROKEN, ROOT, write


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    return write(tmp_path / "shop", BROKEN)


def test_the_sarif_file_is_the_one_that_is_uploaded(shop: Path, tmp_path: Path) -> None:
    given = {
        "steps.install.outputs.python": sys.executable,
        "inputs.path": ".",
        "inputs.args": "",
        "runner.temp": str(tmp_path),
    }
    ran = run("Write SARIF", given, shop, tmp_path)
    assert ran.status == 0, ran.text
    (file,) = tmp_path.glob("*.sarif")
    assert step("Upload SARIF")["with"]["sarif_file"] == f"${{{{ runner.temp }}}}/{file.name}"
    assert json.loads(file.read_text(encoding="utf-8"))["runs"][0]["results"]


def test_the_commands_of_the_template(shop: Path) -> None:
    job = yaml.safe_load((ROOT / "templates/gitlab-ci.yml").read_text(encoding="utf-8"))["archlint"]
    report, gate = (command.replace("$ARCHLINT_ARGS", "").split() for command in job["script"])
    statuses = [
        subprocess.run([sys.executable, "-m", *each], cwd=shop, capture_output=True).returncode
        for each in (report, gate)
    ]
    assert statuses == [0, 1]
    file = shop / job["artifacts"]["reports"]["codequality"]
    (finding,) = json.loads(file.read_text(encoding="utf-8"))
    assert finding["check_name"] == "layers/upward-import"
