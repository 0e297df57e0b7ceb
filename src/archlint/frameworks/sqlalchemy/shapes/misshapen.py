"""One use of a result, a row or what was in it that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.places.expressions import place

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.flow.trace import Trace


class Misshapen(msgspec.Struct, frozen=True):
    """One use that fails."""

    trace: Trace
    form: Expression
    what: str
    hint: str

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells places from each other, in however many runs they are met."""
        return self.trace.module.path, *place(self.form), self.what
