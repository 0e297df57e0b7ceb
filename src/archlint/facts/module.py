"""Everything one file says: the bundle that crosses process borders and lies in the cache."""

from __future__ import annotations

import msgspec

from archlint.facts.bindings import Binding
from archlint.facts.definitions import Definitions, decode_definitions
from archlint.facts.digests import Digests
from archlint.facts.imports import Import
from archlint.facts.sql import SqlText
from archlint.facts.statements import Statement, decode_statements
from archlint.facts.unbound import UnboundRead
from archlint.suppressions.model import Suppression

FACTS_VERSION = 13
"""Raised with every change to what is extracted or how it is written down."""


class Fault(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Why a file has no facts: it cannot be read (line 0) or does not parse. Columns start at 1."""

    message: str
    line: int
    column: int


class ModuleFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The facts of one file.

    What views over all files need is here; the classes, functions and statements are blobs inside,
    decoded when a rule looks at them.
    """

    lines: int
    ascii: bool
    """Whether bytes and characters count alike, so that columns need no second look."""

    fault: Fault | None
    imports: tuple[Import, ...]
    bindings: tuple[Binding, ...]
    exports: tuple[str, ...] | None
    """The names in `__all__`, or None where the module has none."""

    exports_open: bool
    """`__all__` holds more than its literal names."""

    dynamic_names: bool
    """It binds names that no reader sees: `globals()`, `sys.modules[__name__]`, `exec`."""

    dynamic_path: bool
    """It changes its `__path__`, so that its submodules may lie anywhere."""

    suppressions: tuple[Suppression, ...]
    sql: tuple[SqlText, ...]
    definitions: msgspec.Raw
    """Encoded `Definitions`."""

    body: msgspec.Raw
    """Encoded `tuple[Statement, ...]` of the module level."""

    digests: Digests = Digests()

    unbound: tuple[UnboundRead, ...] = ()
    """Ask `Module.unbound` for them."""

    def defined(self) -> Definitions:
        """Its classes and functions. Decoded anew at each call."""
        return decode_definitions(self.definitions)

    def statements(self) -> tuple[Statement, ...]:
        """The statements of the module level. Decoded anew at each call."""
        return decode_statements(self.body)


decode_facts = msgspec.msgpack.Decoder(ModuleFacts).decode
