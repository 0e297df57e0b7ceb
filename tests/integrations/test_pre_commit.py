"""The hook, run by the real pre-commit on a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .places import BROKEN, MENDED, ROOT, committed, git, write

_OF_THE_PACKAGE = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This checkout as pre-commit would clone it, and its commit."""
    folder = tmp_path_factory.mktemp("archlint")
    for name in _OF_THE_PACKAGE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder, committed(folder)


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    return {
        **kept,
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "t",
        "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t",
        "GIT_COMMITTER_EMAIL": "t@example.org",
        "NO_COLOR": "1",
    }


def test_the_manifest_is_valid() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)],
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_a_commit_is_stopped_until_the_architecture_is_kept(
    hooks: tuple[Path, str], surroundings: dict[str, str], tmp_path: Path
) -> None:
    repository, revision = hooks
    config = f"repos:\n  - repo: {repository}\n    rev: {revision}\n    hooks:\n      - id: archlint\n"
    work = write(tmp_path, {**MENDED, ".pre-commit-config.yaml": config})
    committed(work)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=work, env=surroundings, capture_output=True, text=True)

    installed = run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    assert installed.returncode == 0, installed.stdout + installed.stderr

    write(work, BROKEN)
    git(work, "add", "--all")
    refused = run("git", "commit", "--message", "breaks a layer")
    assert refused.returncode == 1
    assert "layers/upward-import" in refused.stderr + refused.stdout

    write(work, MENDED)
    git(work, "add", "--all")
    taken = run("git", "commit", "--allow-empty", "--message", "keeps it")
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert "Passed" in taken.stderr + taken.stdout

    # What only deletes has no file to hand to a hook, and breaks what is left.
    write(work, {"web/views.py": "from web.schemas import OrderIn\n", "web/app.py": "import web.views\n"})
    git(work, "add", "--all")
    assert run("git", "commit", "--message", "a view").returncode == 0
    git(work, "rm", "--quiet", "web/schemas.py")
    deleted = run("git", "commit", "--message", "deletes what is needed")
    assert deleted.returncode == 1
    assert "imports/unresolved" in deleted.stderr + deleted.stdout
