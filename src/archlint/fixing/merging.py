"""Which fixes can be made in one go."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.finding import Edit, Finding, Fix, Location


class Merged(msgspec.Struct):
    """Fixes that do not get in each other's way, the first come first."""

    fixes: list[tuple[Finding, Fix]] = msgspec.field(default_factory=list)
    _edits: dict[str, list[Edit]] = msgspec.field(default_factory=dict)

    def add(self, finding: Finding, fix: Fix) -> bool:
        """Take a fix in, all of it, if it fits those before; an edit that several share is made once."""
        new = [edit for edit in fix.edits if edit not in self._edits.get(edit.location.path, ())]
        if not new:
            self.fixes.append((finding, fix))  # another fix mends it too
            return True
        for edit in new:
            before = self._edits.get(edit.location.path, ())
            if any(_meet(edit.location, other.location) for other in before):
                return False
        for edit in new:
            self._edits.setdefault(edit.location.path, []).append(edit)
        self.fixes.append((finding, fix))
        return True

    def __iter__(self) -> Iterator[tuple[str, tuple[Edit, ...]]]:
        """The files with all their edits."""
        for path in sorted(self._edits):
            yield path, tuple(self._edits[path])


def _meet(one: Location, other: Location) -> bool:
    """Whether two places overlap, or start or end together."""
    start, end = (one.line, one.column), (one.end_line, one.end_column)
    begin, stop = (other.line, other.column), (other.end_line, other.end_column)
    return start <= stop and begin <= end if start == end or begin == stop else start < stop and begin < end
