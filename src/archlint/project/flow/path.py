"""One way through a body: what names stand for, and what is remembered, at one point of it."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.project.flow.remembered import met
from archlint.project.flow.values import Value, joined


class Path:
    """Copied where code branches, joined where it meets again."""

    __slots__ = ("names", "state")

    def __init__(self, names: dict[str, Value], state: Mapping[object, object]) -> None:
        self.names = names
        self.state = state

    def copy(self) -> Path:
        """This way once more, to be changed on its own."""
        return Path(dict(self.names), self.state)

    def remember(self, key: object, state: object) -> None:
        """Remember something. What was handed out before stays as it is."""
        if self.state.get(key) is not state:
            self.state = {**self.state, key: state}

    def joined(self, other: Path | None) -> Path:
        """Where this way and another meet. A name that only one of them has is what it is there."""
        if other is None or other is self:
            return self
        names = dict(self.names)
        for name, value in other.names.items():
            mine = names.get(name)
            names[name] = value if mine is None else joined(mine, value)
        return Path(names, met(self.state, other.state))


def meeting(*paths: Path | None) -> Path | None:
    """Where several ways meet; None where none of them goes on."""
    found: Path | None = None
    for path in paths:
        if path is not None:
            found = path if found is None else found.joined(path)
    return found
