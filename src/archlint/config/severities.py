"""The words for how bad a finding is, as a configuration spells them."""

from __future__ import annotations

from typing import Final

from archlint.config.scalars import Choice
from archlint.finding import Severity

OFF: Final = "off"
_MEANINGS: Final = {each.value: each for each in Severity}

THRESHOLD: Final = Choice("severity", tuple(_MEANINGS), _MEANINGS)
"""A severity that a finding can have."""

SEVERITY: Final = Choice("severity", (OFF, *_MEANINGS), _MEANINGS)
"""A severity that a rule can be given; `off` stays the word."""
