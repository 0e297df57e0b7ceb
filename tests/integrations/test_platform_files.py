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


@pytest.mark.parametrize("is_wanted", [True, False])
def test_sarif_is_written_where_it_is_wanted(shop: Path, tmp_path: Path, is_wanted: bool) -> None:
    (tmp_path / "archlint.sarif").write_text("of an earlier run")
    given = {
        "steps.install.outputs.python": sys.executable,
        "inputs.path": ".",
        "inputs.args": "--output-format concise",
        "inputs.sarif": str(is_wanted).lower(),
        "runner.temp": str(tmp_path),
    }
    ran = run("Lint", given, shop, tmp_path)
    assert ran.status == 1, ran.text
    assert "domain/orders.py:1:" in ran.text
    file = tmp_path / "archlint.sarif"
    assert ran.outputs == (f"sarif={file}\n" if is_wanted else "")
    assert file.exists() is is_wanted
    if is_wanted:
        (result,) = json.loads(file.read_text(encoding="utf-8"))["runs"][0]["results"]
        assert result["ruleId"] == "layers/upward-import"


def test_what_was_written_is_what_is_uploaded() -> None:
    upload = step("Upload SARIF")
    assert upload["with"]["sarif_file"] == "${{ steps.lint.outputs.sarif }}"
    assert "steps.lint.outputs.sarif != ''" in upload["if"]


def test_the_command_of_the_template(shop: Path) -> None:
    job = yaml.safe_load((ROOT / "templates/gitlab-ci.yml").read_text(encoding="utf-8"))["archlint"]
    (command,) = (line.replace("$ARCHLINT_ARGS", "").split() for line in job["script"])
    assert subprocess.run([sys.executable, "-m", *command], cwd=shop, capture_output=True).returncode == 1
    (finding,) = json.loads((shop / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert finding["check_name"] == "layers/upward-import"
