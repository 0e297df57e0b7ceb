"""What a file imports, one fact a name."""

from __future__ import annotations

import msgspec


class Import(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`import module as alias`, or `from module import name as alias`.

    `module` is absolute: a relative import is resolved against the file's own package, and is empty
    where it climbs out of the topmost one. `name` is empty for a plain import and `*` for a star.
    `alias` is the name it binds, empty for a star and for `importlib.import_module("module")`.
    """

    module: str
    name: str
    alias: str
    level: int
    """Leading dots of a relative import."""

    written: str
    """The module as it is written behind these dots; empty for an absolute import."""

    scope: str
    """Qualified name of the class around it, with `()` behind it of the function; empty at module level."""

    typing: bool
    """Only type checkers see it: `if TYPE_CHECKING:`."""

    guarded: bool
    """Its failure is expected: `try`/`except ImportError`, `suppress(ImportError)`, `raises(...)`;
    or code asks before whether there is a file."""

    conditional: bool
    """It stands in an `if`, a `try`, a loop or a `case`."""

    platform: bool
    """It runs only on some Python or some system: `if sys.version_info < …`."""

    dynamic: bool
    """`importlib.import_module("literal")` or `__import__("literal")`."""

    is_renamed: bool
    """A module under another name: `import shop.views as shop`."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def binds_top(self) -> bool:
        """Whether it binds the topmost package, and not the module that it loads: `import shop.views`."""
        top = self.module.partition(".")[0]
        return not (self.name or self.dynamic or self.is_renamed) and self.alias == top != self.module

    @property
    def target(self) -> str:
        """The dotted name that is asked for: the module, or the name inside it."""
        if not self.name or self.name == "*":
            return self.module
        return f"{self.module}.{self.name}"

    @property
    def span(self) -> tuple[int, int, int, int]:
        """Line and column of its start and of its end."""
        return self.line, self.column, self.end_line, self.end_column

    @property
    def deferred(self) -> bool:
        """Whether it runs only when a function is called. (Class bodies run at import.)"""
        return "()" in self.scope


def absolute(module: str, package: str, level: int) -> str | None:
    """The absolute name of a relative import, or None where it climbs out of the topmost package."""
    if not level:
        return module
    parts = package.split(".") if package else []
    kept = len(parts) - (level - 1)
    if kept < 0 or (kept == 0 and not module):
        return None
    base = ".".join(parts[:kept])
    return f"{base}.{module}" if base and module else base or module
