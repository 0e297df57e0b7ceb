"""What the configuration of a project relies on that lies outside of the project.

A folder of a larger repository may extend a file at the top of it, and a file that is shared by several
repositories is part of none. An earlier state needs both where they were.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from archlint.baseline.document import NAME
from archlint.config.chain import chain
from archlint.config.packs import folders


def outlying(root: Path, file: Path | None) -> tuple[Path, ...]:
    """The files and folders, as the file system knows them; those that are not there are left out."""
    if file is None:
        return ()
    inside = os.path.realpath(root)
    found = dict.fromkeys(map(_real, (*_files(file), *map(Path, folders(file)))))
    return tuple(path for path in found if not path.is_relative_to(inside) and os.path.exists(path))


def _files(file: Path) -> Iterator[Path]:
    for link in chain(file):
        yield link.file
        baseline = link.table.get("baseline")
        yield link.file.parent / (baseline if isinstance(baseline, str) else NAME)


def _real(path: Path) -> Path:
    """The same path without links on the way; it may be one itself."""
    return Path(os.path.realpath(path.parent), path.name)
