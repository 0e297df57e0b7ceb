"""The GitHub action and the GitLab template: their form, and what their commands do."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archlint import __version__

from .composite import action, run
from .places import BROKEN, MENDED, ROOT, write

_SCHEMAS = {
    "action.yml": ("vendor.github-actions",),
    "templates/gitlab-ci.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}


@pytest.mark.parametrize("file", _SCHEMAS)
def test_the_file_fits_the_published_schema(file: str) -> None:
    schema, *more = _SCHEMAS[file]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *more, str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_input_is_pasted_into_a_script() -> None:
    scripts = [each["run"] for each in action()["runs"]["steps"] if "run" in each]
    assert len(scripts) == 2
    assert [script for script in scripts if "${{" in script] == []


def test_other_actions_are_pinned_to_a_commit() -> None:
    used = [each["uses"] for each in action()["runs"]["steps"] if "uses" in each]
    assert [each for each in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each)] == []
    assert any(each.startswith("github/codeql-action/upload-sarif@") for each in used)


def asked(path: str = ".", args: str = "", scratch: Path = Path()) -> dict[str, str]:
    return {
        "steps.install.outputs.python": sys.executable,
        "inputs.path": path,
        "inputs.args": args,
        "inputs.sarif": "false",
        "runner.temp": str(scratch),
    }


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "my shop").mkdir()
    return write(tmp_path / "my shop", BROKEN)


@pytest.mark.parametrize(
    ("path", "args", "status"),
    [
        (".", "", 1),
        ("web\n", "", 0),
        ("web\ndomain", "", 1),
        (".", "--output-format  concise\n--no-cache", 1),
        ("nowhere", "", 2),
        (".", "--no-such-option", 2),
    ],
)
def test_linting(shop: Path, tmp_path: Path, path: str, args: str, status: int) -> None:
    ran = run("Lint", asked(path, args, tmp_path), shop, tmp_path)
    assert ran.status == status, ran.text
    assert ("layers/upward-import" in ran.text) is (status == 1)


def test_linting_what_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    assert run("Lint", asked(scratch=tmp_path), write(tmp_path / "work", MENDED), tmp_path).status == 0


@pytest.mark.parametrize(
    "bad", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "' ; touch pwned ; '", "*"]
)
def test_inputs_run_nothing(shop: Path, tmp_path: Path, bad: str) -> None:
    for given in (asked(path=bad, scratch=tmp_path), asked(args=bad, scratch=tmp_path)):
        assert run("Lint", given, shop, tmp_path).status == 2
    assert not (shop / "pwned").exists()


def test_it_installs_what_it_comes_with(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    given = {
        "steps.python.outputs.python-path": sys.executable,
        "inputs.version": "",
        "github.action_path": str(source),
        "runner.temp": str(tmp_path),
    }
    ran = run("Install archlint", given, tmp_path, tmp_path)
    assert ran.status == 0, ran.text
    name, _, python = ran.outputs.strip().partition("=")
    assert name == "python"
    told = subprocess.run(
        [python, "-m", "archlint", "--version"], capture_output=True, text=True, cwd=tmp_path
    )
    assert told.stdout == f"archlint {__version__}\n"


def test_a_version_that_is_none_is_refused(tmp_path: Path) -> None:
    given = {
        "steps.python.outputs.python-path": sys.executable,
        "inputs.version": "1 --index-url=http://localhost/",
        "github.action_path": str(ROOT),
        "runner.temp": str(tmp_path),
    }
    ran = run("Install archlint", given, tmp_path, tmp_path)
    assert (ran.status, ran.outputs) == (2, "")
    assert "no version" in ran.text


def test_the_checkout_cannot_stand_in_for_a_module(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    foreign = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
    shadows = {f"{name}.py": foreign for name in ("archlint", "click", "msgspec", "json", "sitecustomize")}
    work = write(tmp_path / "work", {**MENDED, **shadows})
    run("Lint", asked(scratch=tmp_path), work, tmp_path)
    assert not (work / "ran").exists()


def test_every_step_keeps_the_checkout_out_of_its_imports() -> None:
    scripts = "\n".join(each["run"] for each in action()["runs"]["steps"] if "run" in each)
    assert re.findall(r'" ((?:-\w )*)-m \w+', scripts) == ["-I "] * 3
