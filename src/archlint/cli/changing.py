"""Lints a project against an earlier state of it: `--since` and `--staged`."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archlint.changes.comparison import lint_against
from archlint.changes.earlier import lenient
from archlint.changes.git_base import last_commit, since, staged
from archlint.changes.outlying import outlying
from archlint.config.lookup import find
from archlint.engine import Request
from archlint.facts.cache import FactsCache
from archlint.registry import Registry
from archlint.registry.opening import Opened, opened
from archlint.report import Report

_STAGED = "staged"


class Changing(msgspec.Struct, frozen=True):
    """What a project is compared with, and which state of it."""

    since: str = ""
    """A commit; empty for the last one."""

    is_staged: bool = False
    """Whether what the next commit would hold is linted, instead of the files as they are."""

    copies: ExitStack = msgspec.field(default_factory=ExitStack)
    """Keeps the files of that until the report is written; whoever made it has to close it."""


def lint_change(
    root: Path, file: Path | None, registry: Registry, request: Request, changing: Changing
) -> Report:
    """The report on a change. Its root is where the files are that were linted.

    Raises ArchlintError for what git cannot tell, and as the engine does.
    """
    relied_on = outlying(root, file)
    base = since(root, changing.since, relied_on) if changing.since else last_commit(root, relied_on)
    if not changing.is_staged:
        config, registry = opened(file, root, registry)
        # Of a layer, all may be in what a sparse checkout leaves out.
        fitting = lenient(config, root) if base.is_sparse else config
        return lint_against(fitting, registry, request, base, written=config)
    copy = changing.copies.enter_context(staged(root, relied_on))
    config, registry = _opened(root, file, copy, registry)
    store = request.store
    if store is not None:
        request = replace(request, known=FactsCache(store).load(), store=store.below(_STAGED), snapshot=None)
    return lint_against(config, registry, request, base)


def _opened(root: Path, file: Path | None, copy: Path, registry: Registry) -> Opened:
    """The configuration as it is staged; one from outside the project, as it is where it is not."""
    if file is None:
        return opened(file, copy, registry)
    there = Path(os.path.normpath(copy / os.path.relpath(file, root)))
    if there.is_file():
        return opened(there, copy, registry)
    if not file.is_relative_to(root):
        return opened(file, copy, registry)
    found = find(copy)
    return opened(found if found is not None and found.is_relative_to(copy) else None, copy, registry)
