"""A file that is to be edited: its text, the concrete tree over it, and where each node is.

Offsets count characters. Imports libcst: to be imported where it is used.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

import libcst as cst

from archlint.concrete.fixes.change import Unfit
from archlint.concrete.nesting import bearable
from archlint.concrete.places import character_places_of
from archlint.finding import Location

N = TypeVar("N", bound=cst.CSTNode)

_LINE_END = re.compile(r"\r\n|\r|\n")
_PRIMARY = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)
_DISPLAYED = (
    cst.Name,
    cst.SimpleString,
    cst.ConcatenatedString,
    cst.FormattedString,
    cst.Integer,
    cst.Float,
    cst.List,
    cst.Set,
    cst.Dict,
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
)
"""What facts keep the start of."""


class Manuscript:
    """One file. Raises Unfit where libcst cannot read it, or would not write it as it is."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        if not bearable(text):
            raise Unfit("it nests too deeply")
        try:
            self.tree = cst.parse_module(text)
        except (cst.ParserSyntaxError, RecursionError) as problem:
            raise Unfit("it cannot be parsed") from problem
        if self.tree.code != text:
            raise Unfit("it would not be written as it is")
        self._spans = {
            node: (span.start, span.start + span.length)
            for node, span in character_places_of(self.tree).items()
        }
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
        self._parents: dict[cst.CSTNode, cst.CSTNode] = {}
        waiting: list[cst.CSTNode] = [self.tree]
        while waiting:
            node = waiting.pop()
            for child in node.children:
                self._parents[child] = node
                waiting.append(child)

    @property
    def newline(self) -> str:
        """How its lines end."""
        return self.tree.default_newline

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, which start at 1."""
        if not 0 < line <= len(self._lines):
            raise Unfit("there is no such line")
        return min(self._lines[line - 1] + column - 1, len(self.text))

    def start(self, at: Location) -> int:
        """Where a location starts."""
        return self.offset(at.line, at.column)

    def end(self, at: Location) -> int:
        """Where a location ends."""
        return self.offset(at.end_line, at.end_column)

    def location(self, start: int, end: int) -> Location:
        """The location between two offsets."""
        first, last = bisect_right(self._lines, start), bisect_right(self._lines, end)
        return Location(
            self.path, first, start - self._lines[first - 1] + 1, last, end - self._lines[last - 1] + 1
        )

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        return self._lines[bisect_right(self._lines, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the next line starts."""
        number = bisect_right(self._lines, offset)
        return self._lines[number] if number < len(self._lines) else len(self.text)

    def indent(self, offset: int) -> str:
        """The blanks that the line of an offset starts with."""
        found = re.compile(r"[ \t\f]*").match(self.text, self.line_start(offset))
        return found[0] if found else ""

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """From where to where a node goes, without parentheses around it."""
        return self._spans[node]

    def outer(self, node: cst.CSTNode) -> tuple[int, int]:
        """From where to where a node goes, with the parentheses around it."""
        start, end = self.span(node)
        left: object = getattr(node, "lpar", ())
        if not left or not isinstance(left, Sequence):  # those of `with` and `class` belong to what is inside
            return start, end
        right: Sequence[cst.CSTNode] = getattr(node, "rpar", ())
        return self.span(left[0])[0], self.span(right[-1])[1]

    def code(self, node: cst.CSTNode) -> str:
        """A node as it is written, parentheses and all."""
        start, end = self.outer(node)
        return self.text[start:end]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node around a node."""
        return self._parents.get(node)

    def around(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around a node, the nearest first."""
        found = self._parents.get(node)
        while found is not None:
            yield found
            found = self._parents.get(found)

    def nodes(self) -> Iterator[tuple[cst.CSTNode, int, int]]:
        """All nodes with their spans, inner ones first."""
        for node, (start, end) in self._spans.items():
            if node is self.tree or node in self._parents:
                yield node, start, end

    def all(self, *kinds: type[N]) -> Iterator[tuple[N, int, int]]:
        """The nodes of some kinds with their spans, inner ones first."""
        found = [each for kind, nodes in self._by_kind.items() if issubclass(kind, kinds) for each in nodes]
        found.sort(key=itemgetter(0))
        for _, node, start, end in found:
            yield node, start, end  # type: ignore[misc]

    @cached_property
    def _by_kind(self) -> dict[type[cst.CSTNode], list[tuple[int, cst.CSTNode, int, int]]]:
        """All nodes with their places in the order, by what they are: many fixes look into one file."""
        table: dict[type[cst.CSTNode], list[tuple[int, cst.CSTNode, int, int]]] = {}
        for number, (node, start, end) in enumerate(self.nodes()):
            table.setdefault(type(node), []).append((number, node, start, end))
        return table

    @cached_property
    def quote(self) -> str:
        """The quotes that the file prefers."""
        quotes = Counter(node.quote for node, _, _ in self.all(cst.SimpleString) if len(node.quote) == 1)
        return "'" if quotes["'"] > quotes['"'] else '"'

    def begin(self, node: cst.CSTNode) -> int:
        """Where a definition or any other node starts, with what decorates it."""
        decorators: Sequence[cst.CSTNode] = getattr(node, "decorators", ())
        return self.span((*decorators, node)[0])[0]

    def statement(self, offset: int) -> cst.BaseStatement | None:
        """The smallest statement that holds an offset."""
        holding = [
            (end - self.begin(node), at, node)
            for at, (node, _, end) in enumerate(self.all(cst.BaseStatement))  # type: ignore[type-abstract]
            if self.begin(node) <= offset <= end
        ]
        return min(holding, key=lambda each: each[:2])[2] if holding else None

    def assignment(self, offset: int) -> cst.Assign | cst.AnnAssign | None:
        """The smallest assignment that holds an offset."""
        holding: list[tuple[int, cst.Assign | cst.AnnAssign]] = [
            *[(end - start, node) for node, start, end in self.all(cst.Assign) if start <= offset <= end],
            *[(end - start, node) for node, start, end in self.all(cst.AnnAssign) if start <= offset <= end],
        ]
        return min(holding, key=lambda each: each[0])[1] if holding else None

    def assigned(self, offset: int) -> cst.BaseExpression | None:
        """The value of the assignment that holds an offset."""
        found = self.assignment(offset)
        return found.value if found is not None else None

    def ending_at(self, offset: int) -> cst.BaseExpression:
        """The chain of names and calls that ends there. Raises Unfit where there is none."""
        found = self._ending.get(offset)
        if found is None:
            raise Unfit("no expression ends there")
        return found

    @cached_property
    def _ending(self) -> dict[int, cst.BaseExpression]:
        """The longest chain that ends at each offset."""
        spans = ((end, end - start, node) for node, start, end in self.nodes() if isinstance(node, _PRIMARY))
        return _longest(spans)

    def expression(self, at: Location) -> cst.BaseExpression:
        """The expression at a location; one that is a point is where it starts. Raises Unfit."""
        start, end = self.start(at), self.end(at)
        if start != end:
            return self.ending_at(end)
        found = self._starting.get(start)
        if found is None:
            raise Unfit("no expression starts there")
        return found

    @cached_property
    def _starting(self) -> dict[int, cst.BaseExpression]:
        """The longest expression of those that facts keep the start of, by where it starts."""
        spans = (
            (start, end - start, node) for node, start, end in self.nodes() if isinstance(node, _DISPLAYED)
        )
        return _longest(spans)

    def called(self, at: Location) -> cst.Call:
        """The call that ends there, or that the statement there assigns. Raises Unfit."""
        try:
            node: cst.CSTNode | None = self.ending_at(self.end(at))
        except Unfit:
            node = None
        if not isinstance(node, cst.Call):
            node = self.assigned(self.start(at))
        if not isinstance(node, cst.Call):
            raise Unfit("there is no call")
        return node

    def keyword(self, at: Location) -> cst.Arg | None:
        """The argument whose keyword stands at a location."""
        start = self.start(at)
        for node, _, _ in self.all(cst.Arg):
            if node.keyword is not None and self.span(node.keyword)[0] == start:
                return node
        return None

    def keyword_around(self, at: Location) -> cst.Arg | None:
        """The smallest keyword argument that holds a location."""
        start = self.start(at)
        holding = [
            (last - first, node)
            for node, first, last in self.all(cst.Arg)
            if node.keyword is not None and first <= start <= last
        ]
        return min(holding, key=lambda each: each[0])[1] if holding else None

    def binds(self, node: cst.Name) -> bool:
        """Whether a name is bound where it stands."""
        around = self.parent(node)
        if isinstance(around, (cst.FunctionDef, cst.ClassDef)):
            return around.name is node
        return isinstance(
            around, (cst.AssignTarget, cst.AnnAssign, cst.Param, cst.ImportAlias, cst.AsName)
        ) or (isinstance(around, (cst.For, cst.CompFor)) and around.target is node)


def _longest(
    spans: Iterable[tuple[int, int, cst.BaseExpression]],
) -> dict[int, cst.BaseExpression]:
    """Of expressions given with an offset and a length, the longest by offset; the first of equal ones."""
    kept: dict[int, tuple[int, cst.BaseExpression]] = {}
    for offset, length, node in spans:
        if offset not in kept or length > kept[offset][0]:
            kept[offset] = (length, node)
    return {offset: node for offset, (_, node) in kept.items()}
