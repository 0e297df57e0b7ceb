"""What a project says of how it is started: `uvicorn shop.main:app` in a README, a Dockerfile, a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_TELLING = re.compile(
    r"(?:^|/)(?:README[^/]*|[^/]*Dockerfile[^/]*|Procfile|Makefile|justfile|[^/]+\.(?:sh|ya?ml|service|toml|cfg))$"
)
_SERVERS = r"\b(?:uvicorn|gunicorn|hypercorn|granian|daphne|waitress-serve)\b[^\n]*[\s\"',]"
_MOST = 50
"""Files that are looked into."""


def is_served_by_name(project: Project, module: Module) -> bool:
    """Whether any file tells a server to import a module."""
    return _is_told(project, rf"{_SERVERS}{re.escape(module.name)}:")


def is_run_by_name(project: Project, module: Module) -> bool:
    """Whether any file tells somebody to run a module, by its name or its path."""
    name, path = re.escape(module.name), re.escape(module.path)
    return _is_told(project, rf"\bpython[\d.]*\b[^\n]*[\s\"',/](?:{name}|{path})(?![\w.:/])")


def is_told_of(project: Project, name: str) -> bool:
    """Whether any file tells somebody to run a function: `python -c "from shop.db import init_db; …"`."""
    return _is_told(project, rf"\b{re.escape(name)}\b")


def _is_told(project: Project, what: str) -> bool:
    called = re.compile(what)
    telling = [path for path in project.files if _TELLING.search(path)]
    return any(called.search(project.text(path).text) for path in telling[:_MOST])
