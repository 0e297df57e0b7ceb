"""`--fix`, `--diff`, `--fix-only` and `--unsafe-fixes`, with their exit statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MODELS = """from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)
    town = models.ForeignKey("shop.Town")


class Town(models.Model):
    mayor = models.CharField(max_length=100)
"""
SELECTORS = """from shop.models import Customer


def of(name):
    return Customer.objects.filter(nam=name, town__mayr=name)


def nobody():
    return Customer.objects.filter(zzz=1)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "archlint.toml").write_text('packs = ["django"]\n')
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "models.py").write_text(MODELS)
    (tmp_path / "shop" / "selectors.py").write_text(SELECTORS)
    return tmp_path


def archlint(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archlint", "check", "--output-format", "concise", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_the_safe_fixes_are_written_and_the_rest_is_reported(project: Path) -> None:
    done = archlint(project, "--fix")
    assert done.returncode == 1
    assert "Fixed 2 findings in 1 file." in done.stderr
    assert "on_delete" in done.stdout
    assert "zzz" in done.stdout
    assert "nam`" not in done.stdout
    text = (project / "shop" / "selectors.py").read_text()
    assert text == SELECTORS.replace("nam=name, town__mayr=", "name=name, town__mayor=")
    assert (project / "shop" / "models.py").read_text() == MODELS


def test_a_second_run_changes_nothing(project: Path) -> None:
    archlint(project, "--fix", "--unsafe-fixes")
    before = {file: file.read_bytes() for file in project.rglob("*.py")}
    done = archlint(project, "--fix", "--unsafe-fixes")
    assert "Fixed" not in done.stderr
    assert {file: file.read_bytes() for file in project.rglob("*.py")} == before


def test_unsafe_fixes_are_asked_for(project: Path) -> None:
    done = archlint(project, "--fix", "--unsafe-fixes")
    assert "Fixed 3 findings in 2 files." in done.stderr
    assert (
        'models.ForeignKey("shop.Town", on_delete=models.CASCADE)'
        in (project / "shop" / "models.py").read_text()
    )


def test_a_diff_writes_nothing(project: Path) -> None:
    done = archlint(project, "--diff")
    assert done.returncode == 1
    assert done.stdout.startswith("--- a/shop/selectors.py\n+++ b/shop/selectors.py\n")
    assert "Would have fixed 2 findings in 1 file." in done.stderr
    assert (project / "shop" / "selectors.py").read_text() == SELECTORS
    subprocess.run(["git", "apply", "-"], cwd=project, input=done.stdout, text=True, check=True)
    again = archlint(project, "--diff")
    assert (again.returncode, again.stdout) == (0, "")


def test_fixes_only(project: Path) -> None:
    done = archlint(project, "--fix-only")
    assert (done.returncode, done.stdout) == (0, "")
    assert (project / "shop" / "selectors.py").read_text() != SELECTORS


def test_a_read_only_file_is_told(project: Path) -> None:
    file = project / "shop" / "selectors.py"
    file.chmod(0o444)
    done = archlint(project, "--fix")
    assert done.returncode == 1
    assert "selectors.py is left as it is: it is read-only" in done.stderr
    assert file.read_text() == SELECTORS


def test_exact_edits_in_json(project: Path) -> None:
    done = archlint(project, "--output-format", "json")
    fixes = [finding["fix"] for finding in json.loads(done.stdout)["findings"]]
    assert [fix and fix["safe"] for fix in fixes] == [False, True, True, None]


LOOPS = """from shop.models import Town


def names():
    return [town.mayr for town in Town.objects.all()]


def rows():
    return [town.mayor.nme for town in Town.objects.all()]
"""


def test_a_diff_shows_what_all_passes_come_to(project: Path) -> None:
    models = MODELS.replace("mayor = models.CharField(max_length=100)", MAYOR)
    (project / "shop" / "models.py").write_text(models)
    (project / "shop" / "selectors.py").write_text(LOOPS)
    shown = archlint(project, "--diff").stdout
    before = {file: file.read_bytes() for file in project.rglob("*.py")}
    archlint(project, "--fix")
    after = {file: file.read_bytes() for file in before}
    for file, data in before.items():
        file.write_bytes(data)
    subprocess.run(["git", "apply", "-"], cwd=project, input=shown, text=True, check=True)
    assert {file: file.read_bytes() for file in before} == after
    assert b'select_related("mayor")' in after[project / "shop" / "selectors.py"]


def test_a_diff_leaves_no_trace_in_the_cache(project: Path) -> None:
    first = archlint(project)
    archlint(project, "--diff")
    assert archlint(project).stdout == first.stdout


MAYOR = 'mayor = models.ForeignKey("shop.Customer", models.CASCADE, related_name="+")'
