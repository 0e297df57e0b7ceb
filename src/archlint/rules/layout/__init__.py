"""Where things live: which files and folders there are, what they are called, what stands in them."""

from __future__ import annotations

from typing import Final

from archlint.level import Level

LEVELS: Final = {"module-package-collision": Level.NONE}
