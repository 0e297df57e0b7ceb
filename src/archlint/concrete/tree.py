"""The concrete tree of a file or of one definition: its nodes, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from libcst import (
    ClassDef,
    CSTNode,
    FunctionDef,
    Module,
    ParserSyntaxError,
    parse_module,
)
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from archlint.concrete.anatomy import parts
from archlint.concrete.nesting import bearable
from archlint.finding import Location
from archlint.source import Text

__all__ = ["Node", "Tree", "tree_of", "tree_of_lines"]

Node: TypeAlias = CSTNode
"""A node of a tree, for those who need not know whose trees they are."""


class Tree:
    """A parsed stretch of a file. Nodes are known by identity; places are worked out when asked for."""

    def __init__(self, path: str, module: Module, line: int = 1, around: str = "") -> None:
        self.path = path
        self.module = module
        self._around = around
        self._line = line
        """The line of the file that the module's first one is."""

    @cached_property
    def _order(self) -> tuple[dict[type[CSTNode], list[CSTNode]], dict[CSTNode, CSTNode]]:
        by_type: dict[type[CSTNode], list[CSTNode]] = defaultdict(list)
        parents: dict[CSTNode, CSTNode] = {}
        pending: list[CSTNode] = [self.module]
        while pending:
            node = pending.pop()
            by_type[type(node)].append(node)
            below = list(parts(node))
            for each in below:
                parents[each] = node
            pending.extend(reversed(below))
        return dict(by_type), parents

    def nodes(self, *kinds: type[CSTNode]) -> Iterator[CSTNode]:
        """All nodes of some exact kinds, kind by kind in the order of the source."""
        by_type, _ = self._order
        for kind in kinds:
            yield from by_type.get(kind, ())

    @property
    def kinds(self) -> tuple[type[CSTNode], ...]:
        """The kinds of nodes that occur."""
        return tuple(self._order[0])

    def around(self, node: CSTNode) -> Iterator[CSTNode]:
        """The nodes that a node lies in, the nearest first."""
        _, parents = self._order
        while node in parents:
            node = parents[node]
            yield node

    def within(self, node: CSTNode) -> Iterator[CSTNode]:
        """The nodes that lie in a node, each before those in it."""
        for each in parts(node):
            yield each
            yield from self.within(each)

    def scope(self, node: CSTNode) -> str:
        """The classes and functions whose body a node stands in, as facts write it: `Cart.total()`."""
        names: list[str] = []
        inner = node
        for outer in self.around(node):
            if isinstance(outer, (ClassDef, FunctionDef)) and inner is outer.body:
                names.append(f"{outer.name.value}()" if isinstance(outer, FunctionDef) else outer.name.value)
            inner = outer
        return ".".join(filter(None, (self._around, *reversed(names))))

    def code(self, node: CSTNode) -> str:
        """The source of a node, its own parentheses included."""
        return self.module.code_for_node(node)

    def code_of(self, nodes: Sequence[CSTNode]) -> str:
        """The source of nodes that follow one another, without what separates the last from more."""
        return "".join(map(self.code, nodes)).strip().rstrip(",").rstrip()

    def location(self, first: CSTNode, last: CSTNode | None = None) -> Location:
        """Where a node stands, or a run of nodes, without the parentheses around it."""
        start, end = self._positions[first].start, self._positions[last or first].end
        shift = self._line - 1
        return Location(self.path, start.line + shift, start.column + 1, end.line + shift, end.column + 1)

    @cached_property
    def _positions(self) -> dict[CSTNode, CodeRange]:
        wrapper = MetadataWrapper(self.module, unsafe_skip_copy=True)
        return dict(wrapper.resolve(PositionProvider))


def tree_of(path: str, text: Text) -> Tree | None:
    """The tree of a file; None where libcst cannot parse it."""
    module = _parsed(text.text)
    return None if module is None else Tree(path, module)


def tree_of_lines(path: str, text: Text, first: int, last: int, around: str = "") -> Tree | None:
    """The tree of the lines of one definition, by itself: cheaper than that of the whole file.

    Columns stay what they are in the file; `around` is the scope that the definition stands in. None where
    the lines alone are no Python.
    """
    lines = text.lines[first - 1 : last]
    if not lines:
        return None
    code = "\n".join(lines) + "\n"
    is_inner = lines[0][:1] in (" ", "\t")
    module = _parsed(f"if True:\n{code}" if is_inner else code)
    return None if module is None else Tree(path, module, first - 1 if is_inner else first, around)


def _parsed(text: str) -> Module | None:
    if not bearable(text):
        return None  # the parser would follow it down the stack, or never come back
    try:
        return parse_module(text)
    except (ParserSyntaxError, RecursionError, ValueError):
        return None
