"""Which configuration holds for a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from archlint.config.document import PYPROJECT, has_section

OWN_FILE: Final = "archlint.toml"


def find(start: Path) -> Path | None:
    """The nearest `archlint.toml`, or `pyproject.toml` with a `[tool.archlint]`, from a path upward.

    In one folder `archlint.toml` wins. A file that may speak to archlint but cannot be read or parsed
    is returned as well, so that loading it tells what is wrong instead of silence.
    """
    folder = Path(os.path.abspath(start))
    return next((file for each in (folder, *folder.parents) if (file := _in_folder(each))), None)


def _in_folder(folder: Path) -> Path | None:
    own = folder / OWN_FILE
    if os.path.lexists(own):
        return own
    shared = folder / PYPROJECT
    return shared if os.path.isfile(shared) and has_section(shared) else None
