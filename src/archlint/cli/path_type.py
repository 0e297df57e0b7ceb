"""Paths among the arguments of a command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class PathType(click.Path):
    """A path as a `Path`, but not an empty text, which mostly is a variable without a value.

    `Path("")` is the current folder: a script that loses its argument would lint that instead.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- whatever click.Path takes
        super().__init__(path_type=Path, **options)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path. Fails, with the usage, for an empty text."""
        if not os.fspath(value):
            self.fail("the path is empty; the current folder is `.`", param, ctx)
        return super().convert(value, param, ctx)
