"""Findings that the code itself asks to leave out: `# archlint: ignore[pack/rule] -- reason`."""

from archlint.suppressions.application import REPORTS, Applied, apply
from archlint.suppressions.model import Name, Suppression
from archlint.suppressions.scan import parse

__all__ = ["REPORTS", "Applied", "Name", "Suppression", "apply", "parse"]
