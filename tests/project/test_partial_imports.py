"""What is said of a cycle is what Python does with it."""

import random
import subprocess
import sys

import pytest

from archlint.project.imports.execution import Execution
from archlint.project.imports.partial_imports import PartialImports

MODULES = ("p", "p.a", "p.b", "q", "q.c")


def statement(chance: random.Random, module: str) -> str:
    other = chance.choice([name for name in MODULES if name != module])
    taken = f"{other.replace('.', '_')}_{chance.randint(0, 1)}"
    package, _, last = other.rpartition(".")
    return chance.choice(
        [
            f"from {other} import {taken}",
            f"from {other} import {taken}",
            f"import {other}",
            f"from {package} import {last}" if package else f"from {other} import *",
            f"def late():\n    from {other} import {taken}",
            f"try:\n    from {other} import {taken}\nexcept ImportError:\n    pass",
        ]
    )


def sources(seed: int) -> dict[str, str]:
    """Five modules that import each other at random, each with two names of its own."""
    chance = random.Random(seed)
    files = {}
    for module in MODULES:
        lines = [statement(chance, module) for _ in range(chance.randint(1, 3))]
        for number in (0, 1):
            lines.insert(chance.randint(0, len(lines)), f"{module.replace('.', '_')}_{number} = {number}")
        path = module.replace(".", "/")
        files[f"{path}.py" if "." in module else f"{path}/__init__.py"] = "\n".join(lines)
    return files


def import_alone(folder, module: str) -> str:
    """The error of importing one module in a fresh interpreter; empty where it works."""
    command = [sys.executable, "-S", "-B", "-c", f"import {module}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("seed", range(24))
def test_a_failure_that_is_foreseen_is_a_failure(seed, make_project, tmp_path):
    project = make_project(sources(seed))
    cycles = [c for c in project.view(Execution).components if len(c) > 1]
    for cycle in cycles:
        for entry in cycle:
            failure = project.view(PartialImports).failure(frozenset(cycle), entry)
            if failure is not None:
                assert "partially initialized module" in import_alone(tmp_path, entry.name)


def test_the_failure_is_the_one_that_python_meets(make_project, tmp_path):
    files = {
        "main.py": "import p",
        "p/__init__.py": "from p.a import one\ntwo = 2",
        "p/a.py": "from q import three\none = 1",
        "q.py": "from p import two\nthree = 3",
    }
    project = make_project(files)
    (cycle,) = (c for c in project.view(Execution).components if len(c) > 1)
    failure = project.view(PartialImports).failure(frozenset(cycle), project.module_at("p/__init__.py"))
    assert failure is not None
    assert (failure.importer.path, failure.source.path, failure.bound[0]) == ("q.py", "p/__init__.py", 2)
    assert [(module.path, fact.line) for module, fact in failure.way] == [("p/__init__.py", 1), ("p/a.py", 1)]
    assert "cannot import name 'two' from partially initialized module 'p'" in import_alone(tmp_path, "main")


def test_some_of_the_random_cycles_fail(make_project):
    failures = 0
    for seed in range(24):
        project = make_project(sources(seed))
        for cycle in (c for c in project.view(Execution).components if len(c) > 1):
            failures += sum(
                project.view(PartialImports).failure(frozenset(cycle), m) is not None for m in cycle
            )
    assert failures >= 10
