"""What a rule reports, and the vocabulary it uses."""

from __future__ import annotations

from enum import Enum
from functools import total_ordering

import msgspec


def pack_of(rule: str) -> str:
    """The pack of a rule: the first half of its id."""
    return rule.partition("/")[0]


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


class Location(msgspec.Struct, frozen=True, order=True):
    """A stretch of a file. The path is relative to the project's root, with `/`.

    Lines and columns start at 1 and count characters; the end column is the one after the last.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def is_file(self) -> bool:
        """Whether the file as such is meant, by convention at its very first character."""
        return (self.line, self.column, self.end_line, self.end_column) == (1, 1, 1, 1)


class Related(msgspec.Struct, frozen=True):
    """Another place that explains a finding: the definition, a link of the chain."""

    location: Location
    message: str


class Course(Enum):
    """How the related places of a finding hang together."""

    NONE = "none"
    """They do not: each explains the finding by itself."""

    FROM_HERE = "from here"
    """They go on from the finding, one after the other, as imports do."""

    TO_HERE = "to here"
    """They lead to the finding, one after the other, as a value comes there."""


class Edit(msgspec.Struct, frozen=True):
    """One exact replacement of the text at a location."""

    location: Location
    text: str


class Fix(msgspec.Struct, frozen=True):
    """Edits that mend a finding. A safe fix keeps what the code means."""

    edits: tuple[Edit, ...]
    safe: bool


class Act(Enum):
    """What one step of a remedy does to the concrete source."""

    ARGUMENT = "argument"
    """Gives a call one more argument, `text`."""

    ASYNC = "async"
    """Lets a loop over `at` be an `async for`."""

    AWAIT = "await"
    """Awaits the call that ends where `at` ends."""

    BRING_IN = "bring in"
    """Imports a name for what its module does; `text` is the comment on that line."""

    CHAIN = "chain"
    """Calls the method `old` with `text` on what ends where `at` ends, or gives `text` to such a call."""

    COMMIT = "commit"
    """Commits behind the last use of the session that the statement at `at` tells something."""

    CONDITION = "condition"
    """Turns the Python operator `old` around `at` into what makes SQL of it."""

    DECLARE = "declare"
    """Adds the distribution `text` to those that the manifest at `at` declares."""

    DECORATE = "decorate"
    """Decorates the function around `at` with `text`."""

    DEFER = "defer"
    """Makes a function of the name of the module that is bound at `at`, and calls it where it is read."""

    DELETE = "delete"
    """Takes out a comment, or one of the names in it."""

    ENLIST = "enlist"
    """Adds the text `text` to the list that holds the one at `at`."""

    ENTER = "enter"
    """Opens what the call that ends there gives in a `with`, `async` if `old` says so."""

    FOLLOW = "follow"
    """Gives the attribute `text` of the keyword's value at `at`, or of the only argument of the call."""

    INSERT = "insert"
    """Writes `text` where `at` starts."""

    LOAD = "load"
    """Loads the relationships `text` of the class `old` with the statement that ends where `at` ends."""

    OMIT = "omit"
    """Takes the keyword argument `old` from the call that ends or is assigned there."""

    MOVE = "move"
    """Moves the item or definition around `at` before the one around `to`."""

    PARAMETRIZE = "parametrize"
    """Gives the values in the f-string at `at` as parameters; `text` is `bindparams` or the placeholder."""

    REPLACE = "replace"
    """Replaces the expression at `at` by `text`."""

    RESPELL = "respell"
    """Writes the name `text` instead of `old`, which is found in `at` or its statement once."""

    RETARGET = "retarget"
    """Lets the name `old` in the statement at `at` stand for what is imported."""

    REWRITE = "rewrite"
    """Writes `text` at exactly `at`, where `\\0` and a number stand for the imported names."""

    SUGGEST = "suggest"
    """Writes instead of `old` that one of the names in `text` of which the code beside it speaks."""

    THROUGH = "through"
    """Asks the relationship, with `text` (`has`, `any`), for what is asked of an attribute of it."""

    UNAWAIT = "unawait"
    """Takes away the `await` before the call that ends where `at` ends."""

    UNCALL = "uncall"
    """Leaves the function of a call without arguments."""


class Step(msgspec.Struct, frozen=True):
    """One thing to do, said without the tree that it is done to.

    In `text`, `{0}` and so on stand for the imported names as the file comes to know them.
    """

    act: Act
    at: Location
    text: str = ""
    old: str = ""
    imports: tuple[str, ...] = ()
    to: Location | None = None


class Remedy(msgspec.Struct, frozen=True):
    """How a finding is mended, from which the exact edits are made only where somebody wants them.

    A safe remedy keeps what the code means.
    """

    steps: tuple[Step, ...]
    safe: bool = True
    otherwise: Remedy | None = None
    """What else to do where the source does not bear this."""


class Finding(msgspec.Struct, frozen=True):
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
    remedy: Remedy | None = None
    because: str = ""
    symbol: str = ""
    fingerprint: str = ""
    identity: tuple[str, ...] = ()
    """What it is about, sorted, where that is not the code at its place: the modules of a cycle, which is
    the same wherever it begins. Paths where there are some. It then makes the fingerprint, with the rule."""

    course: Course = Course.NONE

    @property
    def order(self) -> tuple[Location, str, str]:
        """What findings are sorted by: place and rule."""
        return self.location, self.rule, self.message


class Accepted(msgspec.Struct, frozen=True):
    """A finding that is not reported because somebody has said so, in a comment or in the baseline."""

    finding: Finding
    reason: str = ""
