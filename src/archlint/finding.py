"""What a rule reports, and the vocabulary it uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import total_ordering


@total_ordering
class Severity(Enum):
    """How bad a finding is."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    def __lt__(self, other: Severity) -> bool:
        order = list(Severity)
        return order.index(self) < order.index(other)


class Confidence(Enum):
    """How sure the rule is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch of a file. The path is relative to the project's root, with `/`.

    Lines and columns start at 1 and count characters; the end column is the one after the last.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding: the definition, a link of the chain."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One exact replacement of the text at a location."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding. A safe fix keeps what the code means."""

    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports at a place.

    `symbol` is the qualified name inside the module of the innermost class or function around the
    place (empty at module level); `text` is the code at the place. Both are filled in by the engine
    and, with the rule, make the fingerprint. `because` is the user's reason from the configuration.
    """

    rule: str
    severity: Severity
    location: Location
    message: str
    hint: str
    confidence: Confidence = Confidence.HIGH
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    because: str = ""
    symbol: str = ""
    fingerprint: str = ""

    @property
    def order(self) -> tuple[Location, str, str]:
        """What findings are sorted by: place and rule."""
        return self.location, self.rule, self.message


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that is not reported because somebody has said so, in a comment or in the baseline."""

    finding: Finding
    reason: str = ""
