"""What is known of a rule without importing it, as a library's catalogue knows a book by its card.

Rules, and the knowledge of frameworks behind them, are dear to import, and most runs have nothing to ask
most of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import fields

from archlint.errors import ArchlintError
from archlint.finding import Severity

if TYPE_CHECKING:
    from archlint.rule import Rule


class Card(msgspec.Struct, frozen=True, array_like=True):
    """One rule, as it was when its pack was read."""

    id: str
    module: str
    name: str
    """Of its class."""

    severity: Severity
    recommended: bool
    required: tuple[str, ...]
    """The fields of the options that have no default."""

    is_of_modules: bool
    """Whether it looks at one module after the other."""

    @classmethod
    def of(cls, rule: type[Rule]) -> Card:
        """The card of a rule that is imported."""
        from archlint.rule import ModuleRule

        return cls(
            id=rule.id,
            module=rule.__module__,
            name=rule.__qualname__,
            severity=rule.severity,
            recommended=rule.recommended,
            required=required(rule),
            is_of_modules=issubclass(rule, ModuleRule),
        )

    def load(self) -> type[Rule]:
        """The rule itself, imported now. Raises ArchlintError where that is not possible any more."""
        try:
            rule: type[Rule] = getattr(import_module(self.module), self.name)
        except (
            Exception
        ) as problem:  # whatever a stranger's module raises, the user needs to know whose it is
            reason = f"{type(problem).__name__}: {problem}"
            raise ArchlintError(
                f"rule `{self.id}` cannot be loaded: `{self.module}` raised {reason}"
            ) from problem
        return rule


def required(rule: type[Rule]) -> tuple[str, ...]:
    """The options of a rule that have no default, by the names of their fields."""
    return tuple(field.name for field in fields(rule) if field.required)
