"""How a file knows a name from elsewhere, and the import that it needs where it does not."""

from __future__ import annotations

import sys
from bisect import bisect
from collections.abc import Iterator

import libcst as cst

from archlint.concrete.fixes.arguments import after
from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.manuscript import Manuscript


class Imports:
    """The imports at the top level of one file, and those that its fix adds."""

    def __init__(self, script: Manuscript) -> None:
        self._script = script
        self.changes: list[Change] = []
        self._lines = [line for line in script.tree.body if isinstance(line, cst.SimpleStatementLine)]

    def local(self, dotted: str, comment: str = "") -> str:
        """What the file calls a name, after an import is added where there is none.

        One with a comment gets a line of its own. Raises Unfit where the name stands for something else in
        the file.
        """
        known = self._known(dotted)
        if known:
            return known
        module, _, name = dotted.rpartition(".")
        if self._is_taken(name):
            raise Unfit(f"`{name}` is something else here")
        extended = None if comment else self._extended(module, name)
        self.changes.append(extended or self._written(module, name, comment))
        return name

    def filled(self, text: str, names: tuple[str, ...]) -> str:
        """A text with the names in the places that it leaves for them."""
        for number, name in enumerate(names):
            text = text.replace(f"{{{number}}}", self.local(name))
        return text

    def replace(self, module: str, name: str, other: str) -> None:
        """Take a name from another module than now. Raises Unfit where it is not taken from there."""
        for imported in self._of(module):
            names = imported.names
            alias = next((each for each in _aliases(imported) if each.evaluated_name == name), None)
            if alias is None or isinstance(names, cst.ImportStar):
                continue
            if len(names) == 1:
                start, end = self._script.span(imported.module or imported)
                self.changes.append(Change(start, end, other))
                return
            self.changes.append(self._without(alias, names))
            self.changes.append(self._extended(other, name) or self._written(other, name))
            return
        raise Unfit(f"`{name}` is not imported from `{module}`")

    def _without(self, alias: cst.ImportAlias, names: object) -> Change:
        assert isinstance(names, (list, tuple))
        at = names.index(alias)
        if at + 1 < len(names):
            return Change(self._script.span(alias)[0], self._script.span(names[at + 1])[0], "")
        return Change(self._script.span(names[at - 1])[1], self._script.span(alias)[1], "")

    def _all(self) -> Iterator[tuple[cst.SimpleStatementLine, cst.Import | cst.ImportFrom]]:
        for line in self._lines:
            for statement in line.body:
                if isinstance(statement, (cst.Import, cst.ImportFrom)):
                    yield line, statement

    def _of(self, module: str) -> Iterator[cst.ImportFrom]:
        for _, each in self._all():
            if isinstance(each, cst.ImportFrom) and _module(each) == module:
                yield each

    def _known(self, dotted: str) -> str:
        """How the file can already write a name: itself, or through the module that it is in."""
        for _, each in self._all():
            for alias in _aliases(each):
                whole = alias.evaluated_name
                if isinstance(each, cst.ImportFrom):
                    whole = f"{_module(each)}.{whole}"
                elif alias.asname is None and not dotted.startswith(f"{whole}."):
                    continue
                name = alias.evaluated_alias or (
                    alias.evaluated_name if isinstance(each, cst.ImportFrom) else whole
                )
                if dotted == whole:
                    return name
                # One step only: a module need not have its submodules as attributes.
                if dotted.rpartition(".")[0] == whole and "{" not in name:
                    return f"{name}.{dotted.rpartition('.')[2]}"
        return ""

    def _is_taken(self, name: str) -> bool:
        return any(
            node.value == name for node, _, _ in self._script.all(cst.Name) if self._script.binds(node)
        )

    def _extended(self, module: str, name: str) -> Change | None:
        """The name among others that come from its module already."""
        for each in self._of(module):
            names = each.names
            if isinstance(names, cst.ImportStar):
                continue
            written = [alias.evaluated_name for alias in names]
            at = _place(written, name)
            if at == len(written):
                return after(self._script, names, name)
            start = self._script.span(names[at])[0]
            return Change(start, start, f"{name},{self._gap(names, at)}")
        return None

    def _gap(self, names: object, at: int) -> str:
        """What stands between an imported name and the next."""
        assert isinstance(names, (list, tuple))
        start = self._script.span(names[at])[0]
        begin = self._script.line_start(start)
        is_own_line = not self._script.text[begin:start].strip()
        return self._script.newline + self._script.text[begin:start] if is_own_line else " "

    def _written(self, module: str, name: str, comment: str = "") -> Change:
        """A line of its own, where the file has its like."""
        statement = f"from {module} import {name}{comment}"
        found = [(line, _named(each)) for line, each in self._all() if _named(each) != "__future__"]
        if not found:
            return self._first(statement)
        block = self._block(found, module)
        package = module.partition(".")[0]
        kin = [line for line, other in block if other.partition(".")[0] == package and other < module]
        later = next((line for line, other in block if other > module), None)
        if later is not None and not kin:
            start = self._script.span(later)[0]
            return Change(start, start, f"{statement}{self._script.newline}")
        end = self._script.line_end(self._script.span(kin[-1] if kin else block[-1][0])[1])
        begin = "" if self._script.text[end - 1 : end] in ("\n", "\r") else self._script.newline
        return Change(end, end, f"{begin}{statement}{self._script.newline}")

    def _block(
        self, found: list[tuple[cst.SimpleStatementLine, str]], module: str
    ) -> list[tuple[cst.SimpleStatementLine, str]]:
        """Those imports that stand together with others of the same package, or of other packages."""
        blocks: list[list[tuple[cst.SimpleStatementLine, str]]] = []
        for line, name in found:
            follows = blocks and self._follows(blocks[-1][-1][0], line)
            if follows:
                blocks[-1].append((line, name))
            else:
                blocks.append([(line, name)])
        package = module.partition(".")[0]
        for block in blocks:
            if any(name.partition(".")[0] == package for _, name in block):
                return block
        outside = [block for block in blocks if not any(_is_standard(name) for _, name in block)]
        return (outside or blocks[::-1])[0]

    def _follows(self, line: cst.SimpleStatementLine, other: cst.SimpleStatementLine) -> bool:
        between = self._script.text[self._script.span(line)[1] : self._script.span(other)[0]]
        return not between.strip() and between.count("\n") + between.count("\r") <= len(self._script.newline)

    def _first(self, statement: str) -> Change:
        """The first import of a file: after its docstring and `__future__`."""
        newline = self._script.newline
        last = None
        for line in self._lines:
            if line is not self._script.tree.body[0] and not _is_future(line):
                break
            if not _is_future(line) and not _is_docstring(line):
                break
            last = line
        if last is not None:
            end = self._script.line_end(self._script.span(last)[1])
            return Change(end, end, f"{newline}{statement}{newline}")
        body = self._script.tree.body
        start = self._script.begin(body[0]) if body else len(self._script.text)
        return Change(start, start, f"{statement}{newline}{newline}")


def _aliases(statement: cst.Import | cst.ImportFrom) -> Iterator[cst.ImportAlias]:
    if not isinstance(statement.names, cst.ImportStar):
        yield from statement.names


def _module(statement: cst.ImportFrom) -> str:
    dots = "." * len(statement.relative)
    return dots + (cst.helpers.get_full_name_for_node(statement.module) or "" if statement.module else "")


def _named(statement: cst.Import | cst.ImportFrom) -> str:
    if isinstance(statement, cst.ImportFrom):
        return _module(statement)
    return statement.names[0].evaluated_name


def _place(names: list[str], name: str) -> int:
    """Where a name belongs among others; after them all where they are in no order."""
    for key in (_order, lambda each: (0, each), lambda each: (0, each.lower())):
        if names == sorted(names, key=key):
            return bisect([key(each) for each in names], key(name))
    return len(names)


def _order(name: str) -> tuple[int, str]:
    """Constants, classes, the rest, as isort has it."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def _is_future(line: cst.SimpleStatementLine) -> bool:
    return any(isinstance(each, cst.ImportFrom) and _module(each) == "__future__" for each in line.body)


def _is_docstring(line: cst.SimpleStatementLine) -> bool:
    first = line.body[0]
    return isinstance(first, cst.Expr) and isinstance(first.value, (cst.SimpleString, cst.ConcatenatedString))
