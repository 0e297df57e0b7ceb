"""A backend with findings in some of its services, in a repository of its own, and the program beside it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archlint.cli.program import run

SERVICES = 60
ROUTE = """\
from fastapi import APIRouter
from shop.services.s{n} import total

router = APIRouter()


@router.get("/s{n}")
def read() -> int:
    return total()
"""
SERVICE = "from shop.models.m{n} import Order{n}\n\n\ndef total() -> int:\n    return Order{n}.tax\n"
UPWARD = """\
from shop.models.m{n} import Order{n}


def total() -> int:
    from shop.routes import r{n}

    return r{n}.router or Order{n}.tax
"""
MODEL = "class Order{n}:\n    tax = 19\n"


def code() -> dict[str, str]:
    """The files of the backend by path."""
    files = {f"shop/{folder}/__init__.py": "" for folder in ("routes", "services", "models")}
    files["shop/__init__.py"] = ""
    files["pyproject.toml"] = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastapi"]\n'
    for n in range(SERVICES):
        files[f"shop/routes/r{n}.py"] = ROUTE.format(n=n)
        files[f"shop/services/s{n}.py"] = (UPWARD if n % 20 == 0 else SERVICE).format(n=n)
        files[f"shop/models/m{n}.py"] = MODEL.format(n=n)
    return files


@dataclass(frozen=True)
class Done:
    """How a command went."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Backend:
    """The repository, and the program run in it."""

    root: Path
    archlint: Callable[..., Done]

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)


@pytest.fixture
def backend(tmp_path, monkeypatch, capsys) -> Backend:
    def archlint(*arguments: str) -> Done:
        status = run(arguments)
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    for name in tuple(os.environ):
        if name.startswith(("GIT_", "GITHUB_", "CI_", "ARCHLINT_", "FORCE_COLOR")):
            monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "somebody@example.org")
    made = Backend(tmp_path / "backend", archlint)
    made.write(code())
    monkeypatch.chdir(made.root)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.commit("A shop")
    return made
