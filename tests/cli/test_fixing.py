"""`--fix`, `--diff`, `--fix-only` and `--unsafe-fixes`, with their exit statuses."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from .conftest import Result

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
def project(tree) -> Path:
    files = {"archlint.toml": 'packs = ["django"]\n', "shop/__init__.py": ""}
    return tree({**files, "shop/models.py": MODELS, "shop/selectors.py": SELECTORS})


@pytest.fixture
def check(archlint) -> Callable[..., Result]:
    return partial(archlint, "check", "--output-format", "concise")


def test_the_safe_fixes_are_written_and_the_rest_is_reported(project: Path, check) -> None:
    done = check("--fix")
    assert done.status == 1
    assert "Fixed 2 findings in 1 file." in done.err
    assert "on_delete" in done.out
    assert "zzz" in done.out
    assert "nam`" not in done.out
    text = (project / "shop" / "selectors.py").read_text()
    assert text == SELECTORS.replace("nam=name, town__mayr=", "name=name, town__mayor=")
    assert (project / "shop" / "models.py").read_text() == MODELS


def test_a_second_run_changes_nothing(project: Path, check) -> None:
    check("--fix", "--unsafe-fixes")
    before = {file: file.read_bytes() for file in project.rglob("*.py")}
    done = check("--fix", "--unsafe-fixes")
    assert "Fixed" not in done.err
    assert {file: file.read_bytes() for file in project.rglob("*.py")} == before


def test_unsafe_fixes_are_asked_for(project: Path, check) -> None:
    done = check("--fix", "--unsafe-fixes")
    assert "Fixed 3 findings in 2 files." in done.err
    assert (
        'models.ForeignKey("shop.Town", on_delete=models.CASCADE)'
        in (project / "shop" / "models.py").read_text()
    )


def test_a_diff_writes_nothing(project: Path, check) -> None:
    done = check("--diff")
    assert done.status == 1
    assert done.out.startswith("--- a/shop/selectors.py\n+++ b/shop/selectors.py\n")
    assert "Would have fixed 2 findings in 1 file." in done.err
    assert (project / "shop" / "selectors.py").read_text() == SELECTORS
    subprocess.run(["git", "apply", "-"], cwd=project, input=done.out, text=True, check=True)
    again = check("--diff")
    assert (again.status, again.out) == (0, "")


def test_fixes_only(project: Path, check) -> None:
    done = check("--fix-only")
    assert (done.status, done.out) == (0, "")
    assert (project / "shop" / "selectors.py").read_text() != SELECTORS


def test_a_read_only_file_is_told(project: Path, check) -> None:
    file = project / "shop" / "selectors.py"
    file.chmod(0o444)
    done = check("--fix")
    assert done.status == 1
    assert "selectors.py is left as it is: it is read-only" in done.err
    assert file.read_text() == SELECTORS


def test_exact_edits_in_json(project: Path, check) -> None:
    done = check("--output-format", "json")
    fixes = [finding["fix"] for finding in json.loads(done.out)["findings"]]
    assert [fix and fix["safe"] for fix in fixes] == [False, True, True, None]


LOOPS = """from shop.models import Town


def names():
    return [town.mayr for town in Town.objects.all()]


def rows():
    return [town.mayor.nme for town in Town.objects.all()]
"""


def test_a_diff_shows_what_all_passes_come_to(project: Path, check) -> None:
    models = MODELS.replace("mayor = models.CharField(max_length=100)", MAYOR)
    (project / "shop" / "models.py").write_text(models)
    (project / "shop" / "selectors.py").write_text(LOOPS)
    shown = check("--diff").out
    before = {file: file.read_bytes() for file in project.rglob("*.py")}
    check("--fix")
    after = {file: file.read_bytes() for file in before}
    for file, data in before.items():
        file.write_bytes(data)
    subprocess.run(["git", "apply", "-"], cwd=project, input=shown, text=True, check=True)
    assert {file: file.read_bytes() for file in before} == after
    assert b'select_related("mayor")' in after[project / "shop" / "selectors.py"]


def test_a_diff_leaves_no_trace_in_the_cache(project: Path, check) -> None:
    first = check()
    check("--diff")
    assert check().out == first.out


MAYOR = 'mayor = models.ForeignKey("shop.Customer", models.CASCADE, related_name="+")'
